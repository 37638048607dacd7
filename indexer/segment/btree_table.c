#include "indexer/segment/btree_table.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "common/atomic_file.h"
#include "common/mem.h"

/* A table file is an array of blocks. A block:
 *
 *     0  4  revision        7  2  total_free     11  directory: 2-byte offsets
 *     4  1  level           9  2  dir_end            of the items, in key order
 *     5  2  max_free                             then a gap, then the items,
 *                                                filled from the end downwards
 * Numbers are big-endian. A leaf's item: 2 bytes of flags and size, key length,
 * key, part number unless it is a tag's first part, tag. A branch's item:
 * 4 bytes block number, key length, key, 2 bytes part number. Leaves are
 * written in key order with branch blocks strewn between. */
enum {
    HEADER = 11,
    ENTRY = 2,
    LEVELS_MAX = 10,
    ITEM_LIMIT = 8194,
    FLAG_DEFLATED = 0x80,
    FLAG_LAST = 0x40,
    FLAG_FIRST = 0x20,
    REVISION = 1,
    PART_MIN = 32, /* bytes of a tag that are cut off to fill a leaf */
    PARTS_MAX = 65534
};

/* The shortest key that tells a block from the one before it. */
struct separator {
    uint8_t key[BTREE_KEY_MAX];
    uint8_t len;
    uint16_t part; /* 0 with an empty key: the first block of its level */
};

struct level {
    uint8_t *block;
    size_t dir_end, low;  /* the lowest item's offset */
    struct separator own; /* what the parent will say of this block */
};

struct btree_table {
    struct atomic_file *file;
    uint32_t block_size;
    size_t item_max;
    struct level levels[LEVELS_MAX];
    unsigned level_count;
    uint32_t blocks;
    uint64_t entries;
    uint8_t last_key[BTREE_KEY_MAX];
    size_t last_len;
};

static void put16(uint8_t *at, size_t value)
{
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

static void put32(uint8_t *at, uint32_t value)
{
    put16(at, value >> 16);
    put16(at + 2, value & 0xffff);
}

/* --- blocks -------------------------------------------------------------- */

static void open_block(struct btree_table *t, struct level *level)
{
    if (!level->block)
        level->block = mem_alloc(t->block_size);
    memset(level->block, 0, t->block_size);
    level->dir_end = HEADER;
    level->low = t->block_size;
}

static bool has_room(const struct level *level, size_t item)
{
    return level->low - level->dir_end >= item + ENTRY;
}

/* Room for an item of `size` bytes, entered in the directory. */
static uint8_t *add_item(struct level *level, size_t size)
{
    level->low -= size;
    put16(level->block + level->dir_end, level->low);
    level->dir_end += ENTRY;
    return level->block + level->low;
}

static uint32_t write_block(struct btree_table *t, unsigned number)
{
    struct level *level = &t->levels[number];
    size_t space = level->low - level->dir_end;
    put32(level->block, REVISION);
    level->block[4] = (uint8_t)number;
    put16(level->block + 5, space);
    put16(level->block + 7, space);
    put16(level->block + 9, level->dir_end);
    atomic_file_write(t->file,
                      text_make((const char *)level->block, t->block_size));
    return t->blocks++;
}

static void add_branch_item(struct level *level, uint32_t block,
                            const struct separator *s)
{
    uint8_t *at = add_item(level, 7u + s->len);
    put32(at, block);
    at[4] = s->len;
    memcpy(at + 5, s->key, s->len);
    put16(at + 5 + s->len, s->part);
}

/* Enters block number `child` with its separator in the level above it. */
static void enter(struct btree_table *t, unsigned number, uint32_t child,
                  const struct separator *separator)
{
    static const struct separator null_key = {.len = 0};
    assert(number < LEVELS_MAX);
    struct level *level = &t->levels[number];
    bool fresh = number == t->level_count;
    if (fresh)
        t->level_count++;
    else if (has_room(level, 7u + separator->len)) {
        add_branch_item(level, child, separator);
        return;
    } else
        enter(t, number + 1, write_block(t, number), &level->own);
    open_block(t, level);
    level->own = *separator;
    add_branch_item(level, child, &null_key);
}

/* --- leaf items ---------------------------------------------------------- */

/* The separator of a leaf that begins with this item. A first part needs only
 * as much of its key as differs from the last key of the leaf before. */
static struct separator separator_before(const struct btree_table *t,
                                         struct text key, uint16_t part)
{
    struct separator s = {.len = (uint8_t)key.len, .part = part};
    memcpy(s.key, key.ptr, key.len);
    if (part > 1)
        return s;
    size_t same = 0;
    while (same < key.len && same < t->last_len &&
           t->last_key[same] == s.key[same])
        same++;
    s.len = (uint8_t)(same + 1);
    return s;
}

static void close_leaf(struct btree_table *t, const struct separator *next)
{
    struct level *leaf = &t->levels[0];
    enter(t, 1, write_block(t, 0), &leaf->own);
    open_block(t, leaf);
    leaf->own = *next;
}

struct part {
    struct text key, tag;
    uint16_t number; /* from 1 */
    uint8_t flags;
};

static size_t part_size(const struct part *p)
{
    return 3 + p->key.len + (p->number > 1 ? 2 : 0) + p->tag.len;
}

static void add_part(struct btree_table *t, const struct part *p)
{
    size_t size = part_size(p);
    if (!has_room(&t->levels[0], size)) {
        struct separator next = separator_before(t, p->key, p->number);
        close_leaf(t, &next);
    }
    uint8_t *at = add_item(&t->levels[0], size);
    put16(at, size - 3);
    at[0] |= p->flags;
    at[2] = (uint8_t)p->key.len;
    memcpy(at + 3, p->key.ptr, p->key.len);
    at += 3 + p->key.len;
    if (p->number > 1) {
        put16(at, p->number);
        at += 2;
    }
    if (p->tag.len > 0)
        memcpy(at, p->tag.ptr, p->tag.len);
    memcpy(t->last_key, p->key.ptr, p->key.len);
    t->last_len = p->key.len;
}

/* How much of what is left of a tag its next part takes: as much as fits in
 * the present leaf, unless that is too little to be worth an item. */
static size_t part_length(const struct btree_table *t, size_t key,
                          uint16_t number, size_t left)
{
    const struct level *leaf = &t->levels[0];
    size_t head = 3 + key + (number > 1 ? 2 : 0);
    size_t most = t->item_max - head;
    size_t wanted = left < most ? left : most;
    size_t space = leaf->low - leaf->dir_end;
    if (space >= head + wanted + ENTRY || space < head + ENTRY + PART_MIN)
        return wanted;
    return space - head - ENTRY;
}

enum status btree_table_add(struct btree_table *t, struct text key,
                            struct text tag, enum btree_packing packing,
                            struct error *err)
{
    assert(key.len >= 1 && key.len <= BTREE_KEY_MAX);
    assert(text_compare(text_make((char *)t->last_key, t->last_len), key) < 0);
    const size_t size = tag.len;
    uint8_t flags = packing == BTREE_DEFLATED ? FLAG_DEFLATED : 0;
    for (uint16_t number = 1;; number++) {
        size_t len = part_length(t, key.len, number, tag.len);
        uint8_t first = number == 1 ? FLAG_FIRST : 0;
        uint8_t last = len == tag.len ? FLAG_LAST : 0;
        struct part part = {key, text_slice(tag, 0, len), number,
                            (uint8_t)(flags | first | last)};
        add_part(t, &part);
        if (last)
            break;
        if (number == PARTS_MAX)
            return error_set(err, STATUS_INTERNAL,
                             "an entry of %zu bytes is too long for the engine",
                             size);
        tag = text_slice(tag, len, tag.len);
    }
    t->entries++;
    return STATUS_OK;
}

/* --- life cycle ---------------------------------------------------------- */

enum status btree_table_new(struct btree_table **out, const char *path,
                            uint32_t block_size, struct error *err)
{
    AUTO(btree_table) t = mem_zeroed(1, sizeof *t);
    enum status status = atomic_file_new(&t->file, path, err);
    if (status != STATUS_OK)
        return status;
    t->block_size = block_size;
    t->item_max = (block_size - HEADER - 4 * ENTRY) / 4;
    if (t->item_max > ITEM_LIMIT)
        t->item_max = ITEM_LIMIT;
    t->level_count = 1;
    open_block(t, &t->levels[0]);
    /* The null item that begins every table's first leaf. */
    add_item(&t->levels[0], 3)[0] = FLAG_LAST | FLAG_FIRST;
    *out = TAKE(t);
    return STATUS_OK;
}

void btree_table_free(struct btree_table *t)
{
    if (!t)
        return;
    atomic_file_free(t->file);
    for (unsigned i = 0; i < LEVELS_MAX; i++)
        free(t->levels[i].block);
    free(t);
}

enum status btree_table_finish(struct btree_table *t, struct btree_root *root,
                               struct manifest_file *file, struct error *err)
{
    uint32_t block = 0;
    for (unsigned i = 0; i < t->level_count; i++) {
        block = write_block(t, i);
        if (i + 1 < t->level_count)
            enter(t, i + 1, block, &t->levels[i].own);
    }
    *root = (struct btree_root){block, t->level_count - 1, t->entries,
                                t->blocks, t->block_size};
    file->size = atomic_file_size(t->file);
    file->digest = atomic_file_digest(t->file);
    return atomic_file_commit(t->file, err);
}
