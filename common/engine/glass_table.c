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
#include "common/engine/glass_table.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

#include "common/error.h"
#include "common/mapped_file.h"
#include "common/mem.h"

enum {
    BLOCK_MIN = 2048,
    BLOCK_MAX = 65536,
    LEVELS_MAX = 10,
    HEADER = 11, /* bytes of a block before its directory */
    ENTRY = 2,
    FLAG_DEFLATED = 0x80,
    FLAG_LAST = 0x40,
    FLAG_FIRST = 0x20,
    PARTS_MAX = 65535,
    PACKED_MAX = 1 << 30,
    ROOM_MIN = 256,
    RATIO = 4 /* what a deflated tag is expected to grow by */
};

struct glass_table {
    struct mapped_file file;
    uint32_t block_size;
    uint64_t root;
    unsigned level;
    struct libdeflate_decompressor *inflate; /* from its first use on */
    struct strbuf packed;                    /* a tag in several parts */
};

/* Entries are split in parts, numbered from 1. */
struct key {
    struct text bytes;
    unsigned part;
};

struct block {
    const uint8_t *bytes;
    size_t items, size;
};

/* An item of a leaf: key and tag; of a branch: key and child. */
struct item {
    struct key key;
    struct text tag;
    uint8_t flags;
    uint64_t child;
};

static unsigned get16(const uint8_t *at)
{
    return (unsigned)at[0] << 8 | at[1];
}

static uint64_t get32(const uint8_t *at)
{
    return (uint64_t)get16(at) << 16 | get16(at + 2);
}

/* --- life cycle ---------------------------------------------------------- */

struct glass_table *glass_table_open(const char *path,
                                     const struct glass_root *root)
{
    struct error ignored = ERROR_NONE;
    bool known = root->written && root->level < LEVELS_MAX &&
                 root->block_size >= BLOCK_MIN && root->block_size <= BLOCK_MAX;
    if (!known)
        return NULL;
    AUTO(glass_table) t = mem_zeroed(1, sizeof *t);
    t->block_size = (uint32_t)root->block_size;
    t->root = root->block;
    t->level = (unsigned)root->level;
    strbuf_init(&t->packed, PACKED_MAX);
    if (mapped_file_open(&t->file, path, &ignored) != STATUS_OK)
        return NULL;
    return TAKE(t);
}

void glass_table_free(struct glass_table *t)
{
    if (!t)
        return;
    mapped_file_done(&t->file);
    strbuf_done(&t->packed);
    libdeflate_free_decompressor(t->inflate);
    free(t);
}

/* --- blocks and items ---------------------------------------------------- */

static bool read_block(const struct glass_table *t, uint64_t number,
                       unsigned level, struct block *out)
{
    if (number >= t->file.size / t->block_size)
        return false;
    const uint8_t *bytes = t->file.data + number * t->block_size;
    size_t directory_end = get16(bytes + 9);
    if (bytes[4] != level || directory_end < HEADER ||
        directory_end > t->block_size)
        return false;
    *out =
        (struct block){bytes, (directory_end - HEADER) / ENTRY, t->block_size};
    return true;
}

static struct text bytes_at(const uint8_t *at, size_t len)
{
    return text_make((const char *)at, len);
}

static bool read_branch_item(const struct block *b, size_t number,
                             struct item *out)
{
    size_t offset = get16(b->bytes + HEADER + ENTRY * number);
    const uint8_t *at = b->bytes + offset;
    if (offset + 7 > b->size || offset + 7 + at[4] > b->size)
        return false;
    size_t len = at[4];
    *out = (struct item){.key = {bytes_at(at + 5, len), get16(at + 5 + len)},
                         .child = get32(at)};
    return true;
}

static bool read_leaf_item(const struct block *b, size_t number,
                           struct item *out)
{
    size_t offset = get16(b->bytes + HEADER + ENTRY * number);
    const uint8_t *at = b->bytes + offset;
    if (offset + 3 > b->size)
        return false;
    uint8_t flags = at[0] & (FLAG_DEFLATED | FLAG_LAST | FLAG_FIRST);
    size_t size = 3 + (get16(at) & 0x1fff), len = at[2];
    size_t before_tag = 3 + len + (flags & FLAG_FIRST ? 0 : 2);
    if (offset + size > b->size || before_tag > size)
        return false;
    unsigned part = flags & FLAG_FIRST ? 1 : get16(at + 3 + len);
    *out = (struct item){.key = {bytes_at(at + 3, len), part},
                         .tag = bytes_at(at + before_tag, size - before_tag),
                         .flags = flags};
    return true;
}

static bool read_item(const struct block *b, size_t number, struct item *out)
{
    return b->bytes[4] ? read_branch_item(b, number, out)
                       : read_leaf_item(b, number, out);
}

/* --- searching ----------------------------------------------------------- */

static int compare(const struct key *a, const struct key *b)
{
    int order = text_compare(a->bytes, b->bytes);
    return order ? order : (a->part > b->part) - (a->part < b->part);
}

/* The last item that is not behind `key`; the first of a block is behind none.
 */
static bool find_in_block(const struct block *b, const struct key *key,
                          struct item *out)
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
    return low < b->items && read_item(b, low, out);
}

static bool find(const struct glass_table *t, const struct key *key,
                 struct item *out)
{
    struct block block;
    uint64_t number = t->root;
    for (unsigned level = t->level;; level--) {
        if (!read_block(t, number, level, &block) ||
            !find_in_block(&block, key, out))
            return false;
        if (level == 0)
            return compare(&out->key, key) == 0;
        number = out->child;
    }
}

/* --- tags ---------------------------------------------------------------- */

static bool inflate_tag(struct glass_table *t, struct text packed,
                        struct strbuf *out)
{
    if (!t->inflate)
        t->inflate = libdeflate_alloc_decompressor();
    if (!t->inflate)
        mem_exhausted(sizeof *t);
    enum libdeflate_result result;
    size_t most = out->max - out->len, room = packed.len * RATIO + ROOM_MIN,
           len = 0;
    do {
        room = room < most ? room : most;
        char *at = strbuf_reserve(out, room);
        if (!at)
            return false;
        result = libdeflate_deflate_decompress(t->inflate, packed.ptr,
                                               packed.len, at, room, &len);
        if (result == LIBDEFLATE_INSUFFICIENT_SPACE && room == most)
            break;
        room *= 2;
    } while (result == LIBDEFLATE_INSUFFICIENT_SPACE);
    if (result == LIBDEFLATE_SUCCESS)
        out->len += len;
    if (out->ptr)
        out->ptr[out->len] = '\0';
    return result == LIBDEFLATE_SUCCESS;
}

/* All parts of a tag as one; in place if it is one. */
static bool gather(struct glass_table *t, struct text key,
                   const struct item *first, struct text *out)
{
    struct item item = *first;
    *out = item.tag;
    if (item.flags & FLAG_LAST)
        return true;
    strbuf_reset(&t->packed);
    strbuf_append(&t->packed, item.tag);
    for (unsigned part = 2; !(item.flags & FLAG_LAST); part++) {
        struct key next = {key, part};
        if (part > PARTS_MAX || !find(t, &next, &item))
            return false;
        strbuf_append(&t->packed, item.tag);
    }
    *out = strbuf_text(&t->packed);
    return !t->packed.overflowed;
}

bool glass_table_get(struct glass_table *t, struct text key, struct strbuf *out)
{
    struct key wanted = {key, 1};
    struct item item;
    struct text tag;
    if (key.len == 0 || out->overflowed || !find(t, &wanted, &item) ||
        !(item.flags & FLAG_FIRST) || !gather(t, key, &item, &tag))
        return false;
    if (item.flags & FLAG_DEFLATED)
        return inflate_tag(t, tag, out);
    if (tag.len > out->max - out->len)
        return false;
    strbuf_append(out, tag);
    return true;
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
