/* A table is a file of blocks that form a B-tree. A block: its revision (4
 * bytes), level (1), free space (2 + 2), the end of its directory (2), the
 * directory, which is the offsets (2) of the items in key order, and somewhere
 * behind it the items. Numbers are big-endian.
 *
 * A leaf's item is flags and size without these three bytes (2), the length of
 * the key (1), the key, which part of the entry it is unless it is the first
 * (2), and the tag. A branch's item is a block's number (4), the length of the
 * key (1), the key and part (2) that this block begins with or that come before
 * them, but behind the block before. */
#include "common/engine/glass_tree.h"

#include <stdlib.h>

#include "common/error.h"
#include "common/mem.h"

enum {
    BLOCK_MIN = 2048,
    BLOCK_MAX = 65536,
    HEADER = 11, /* bytes of a block before its directory */
    ENTRY = 2
};

enum side { FIRST, LAST };

static unsigned get16(const uint8_t *at)
{
    return (unsigned)at[0] << 8 | at[1];
}

static uint64_t get32(const uint8_t *at)
{
    return (uint64_t)get16(at) << 16 | get16(at + 2);
}

/* --- life cycle ---------------------------------------------------------- */

bool glass_tree_open(struct glass_tree *out, const char *path,
                     const struct glass_root *root)
{
    struct error ignored = ERROR_NONE;
    bool known = root->written && root->level < GLASS_LEVELS_MAX &&
                 root->block_size >= BLOCK_MIN && root->block_size <= BLOCK_MAX;
    struct glass_tree t = {.root = root->block};
    if (!known || mapped_file_open(&t.file, path, &ignored) != STATUS_OK)
        return false;
    t.block_size = (uint32_t)root->block_size;
    t.level = (unsigned)root->level;
    t.inflater = mem_zeroed(1, sizeof *t.inflater);
    *out = t;
    return true;
}

void glass_tree_done(struct glass_tree *t)
{
    mapped_file_done(&t->file);
    if (t->inflater)
        glass_inflater_done(t->inflater);
    free(t->inflater);
    t->inflater = NULL;
}

/* --- blocks and items ---------------------------------------------------- */

static bool read_block(const struct glass_tree *t, uint64_t number,
                       unsigned level, struct glass_block *out)
{
    if (number >= t->file.size / t->block_size)
        return false;
    const uint8_t *bytes = t->file.data + number * t->block_size;
    size_t directory_end = get16(bytes + 9);
    if (bytes[4] != level || directory_end < HEADER ||
        directory_end > t->block_size)
        return false;
    *out = (struct glass_block){bytes, (directory_end - HEADER) / ENTRY,
                                t->block_size};
    return true;
}

static struct text bytes_at(const uint8_t *at, size_t len)
{
    return text_make((const char *)at, len);
}

static bool read_branch_item(const struct glass_block *b, size_t number,
                             struct glass_item *out)
{
    size_t offset = get16(b->bytes + HEADER + ENTRY * number);
    const uint8_t *at = b->bytes + offset;
    if (offset + 7 > b->size || offset + 7 + at[4] > b->size)
        return false;
    size_t len = at[4];
    *out =
        (struct glass_item){.key = {bytes_at(at + 5, len), get16(at + 5 + len)},
                            .child = get32(at)};
    return true;
}

static bool read_leaf_item(const struct glass_block *b, size_t number,
                           struct glass_item *out)
{
    size_t offset = get16(b->bytes + HEADER + ENTRY * number);
    const uint8_t *at = b->bytes + offset;
    if (offset + 3 > b->size)
        return false;
    uint8_t flags =
        at[0] & (GLASS_FLAG_DEFLATED | GLASS_FLAG_LAST | GLASS_FLAG_FIRST);
    size_t size = 3 + (get16(at) & 0x1fff), len = at[2];
    size_t before_tag = 3 + len + (flags & GLASS_FLAG_FIRST ? 0 : 2);
    if (offset + size > b->size || before_tag > size)
        return false;
    unsigned part = flags & GLASS_FLAG_FIRST ? 1 : get16(at + 3 + len);
    *out =
        (struct glass_item){.key = {bytes_at(at + 3, len), part},
                            .tag = bytes_at(at + before_tag, size - before_tag),
                            .flags = flags};
    return true;
}

static bool read_item(const struct glass_block *b, size_t number,
                      struct glass_item *out)
{
    return b->bytes[4] ? read_branch_item(b, number, out)
                       : read_leaf_item(b, number, out);
}

/* --- walking ----------------------------------------------------------- */

static int compare(const struct glass_key *a, const struct glass_key *b)
{
    int order = text_compare(a->bytes, b->bytes);
    return order ? order : (a->part > b->part) - (a->part < b->part);
}

/* The last item that is not behind `key`; the first of a block is behind none.
 */
static bool find_in_block(const struct glass_block *b,
                          const struct glass_key *key, size_t *number,
                          struct glass_item *out)
{
    size_t low = 0, high = b->items;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (!read_item(b, middle, out))
            return false;
        if (compare(&out->key, key) <= 0)
            low = middle;
        else
            high = middle;
    }
    *number = low;
    return low < b->items && read_item(b, low, out);
}

/* From an item of that level down to the first or last item below it. */
static bool descend(const struct glass_tree *t, struct glass_place *place,
                    unsigned level, enum side side, struct glass_item *out)
{
    for (;; level--) {
        if (!read_item(&place->at[level].block, place->at[level].item, out))
            return false;
        if (level == 0)
            return true;
        struct glass_block *below = &place->at[level - 1].block;
        if (!read_block(t, out->child, level - 1, below) || below->items == 0)
            return false;
        place->at[level - 1].item = side == FIRST ? 0 : below->items - 1;
    }
}

bool glass_tree_next(const struct glass_tree *t, struct glass_place *place,
                     struct glass_item *out)
{
    unsigned level = 0;
    while (place->at[level].item + 1 >= place->at[level].block.items)
        if (++level > t->level)
            return false;
    place->at[level].item++;
    return descend(t, place, level, FIRST, out);
}

static bool previous(const struct glass_tree *t, struct glass_place *place,
                     struct glass_item *out)
{
    unsigned level = 0;
    while (place->at[level].item == 0)
        if (++level > t->level)
            return false;
    place->at[level].item--;
    return descend(t, place, level, LAST, out);
}

/* Where a branch's key is shorter than the first of its block, what belongs
 * between them is not in that block. */
bool glass_tree_find(const struct glass_tree *t, const struct glass_key *key,
                     struct glass_place *place, struct glass_item *out)
{
    uint64_t number = t->root;
    for (unsigned level = t->level;; level--) {
        struct glass_block *block = &place->at[level].block;
        if (!read_block(t, number, level, block) ||
            !find_in_block(block, key, &place->at[level].item, out))
            return false;
        if (level == 0)
            break;
        number = out->child;
    }
    return compare(&out->key, key) <= 0 || previous(t, place, out);
}

bool glass_item_has_key(const struct glass_item *item,
                        const struct glass_key *key)
{
    return item->key.part == key->part &&
           text_equal(item->key.bytes, key->bytes);
}

struct text glass_docid_key(uint32_t docid, char room[GLASS_DOCID_KEY_MAX])
{
    uint8_t *be = (uint8_t *)room;
    be[0] = 0xe0;
    for (unsigned i = 1; i < GLASS_DOCID_KEY_MAX; i++)
        be[i] = (uint8_t)(docid >> (32 - 8 * i));
    size_t from = 0;
    if (docid < 0x8000) {
        from = 3;
    } else if (docid < 0x400000) {
        from = 2;
        be[2] |= 0x80;
    } else if (docid < 0x20000000) {
        from = 1;
        be[1] |= 0xc0;
    }
    return text_make(room + from, GLASS_DOCID_KEY_MAX - from);
}
