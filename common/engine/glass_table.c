#include "common/engine/glass_table.h"

#include <stdlib.h>

#include "common/mem.h"

enum { PARTS_MAX = 65535, PACKED_MAX = 1 << 30 };

struct glass_table {
    struct glass_tree tree;
    struct strbuf packed; /* a tag in several parts */
};

struct glass_table *glass_table_open(const char *path,
                                     const struct glass_root *root)
{
    AUTO(glass_table) t = mem_zeroed(1, sizeof *t);
    strbuf_init(&t->packed, PACKED_MAX);
    return glass_tree_open(&t->tree, path, root) ? TAKE(t) : NULL;
}

void glass_table_free(struct glass_table *t)
{
    if (!t)
        return;
    glass_tree_done(&t->tree);
    strbuf_done(&t->packed);
    free(t);
}

static bool find(const struct glass_table *t, struct text key, unsigned part,
                 struct glass_item *out)
{
    struct glass_place place;
    const struct glass_key wanted = {key, part};
    return glass_tree_find(&t->tree, &wanted, &place, out) &&
           glass_item_has_key(out, &wanted);
}

/* All parts of a tag as one; in place if it is one. */
static bool gather(struct glass_table *t, struct text key,
                   const struct glass_item *first, struct text *out)
{
    struct glass_item item = *first;
    *out = item.tag;
    if (item.flags & GLASS_FLAG_LAST)
        return true;
    strbuf_reset(&t->packed);
    strbuf_append(&t->packed, item.tag);
    for (unsigned part = 2; !(item.flags & GLASS_FLAG_LAST); part++) {
        if (part > PARTS_MAX || !find(t, key, part, &item))
            return false;
        strbuf_append(&t->packed, item.tag);
    }
    *out = strbuf_text(&t->packed);
    return !t->packed.overflowed;
}

bool glass_table_get(struct glass_table *t, struct text key, struct strbuf *out)
{
    struct glass_item item;
    struct text tag;
    if (key.len == 0 || out->overflowed || !find(t, key, 1, &item) ||
        !(item.flags & GLASS_FLAG_FIRST) || !gather(t, key, &item, &tag))
        return false;
    if (item.flags & GLASS_FLAG_DEFLATED)
        return glass_inflate(t->tree.inflater, tag, out);
    if (tag.len > out->max - out->len)
        return false;
    strbuf_append(out, tag);
    return true;
}
