#include "indexer/segment/docdata_table.h"

#include <libdeflate.h>
#include <stdlib.h>

#include "common/mem.h"
#include "indexer/segment/packing.h"
#include "indexer/segment/stream_end.h"

enum {
    DEFLATE_LEVEL =
        6, /* 1 takes half the time, for records larger by 1 to 3% */
    COMPRESS_MIN = 18, /* libxapian's own threshold for this table */
    PACKED_MAX = 1 << 30
};

struct docdata_table {
    struct btree_table *table;
    struct libdeflate_compressor *deflate;
    struct strbuf key, packed;
};

enum status docdata_table_new(struct docdata_table **out, const char *path,
                              struct error *err)
{
    AUTO(docdata_table) t = mem_zeroed(1, sizeof *t);
    strbuf_init(&t->key, BTREE_KEY_MAX);
    strbuf_init(&t->packed, PACKED_MAX);
    t->deflate = libdeflate_alloc_compressor(DEFLATE_LEVEL);
    if (!t->deflate)
        mem_exhausted(sizeof *t);
    enum status status =
        btree_table_new(&t->table, path, BTREE_BLOCK_DEFAULT, err);
    if (status != STATUS_OK)
        return status;
    *out = TAKE(t);
    return STATUS_OK;
}

void docdata_table_free(struct docdata_table *t)
{
    if (!t)
        return;
    btree_table_free(t->table);
    libdeflate_free_compressor(t->deflate);
    strbuf_done(&t->key);
    strbuf_done(&t->packed);
    free(t);
}

/* The tag in the form to store; true if deflated. */
static bool deflate(struct docdata_table *t, struct text data,
                    struct text *packed)
{
    if (data.len <= COMPRESS_MIN)
        return false;
    strbuf_reset(&t->packed);
    char *room = strbuf_reserve(&t->packed, data.len + STREAM_END_ROOM);
    if (!room)
        return false;
    size_t len = libdeflate_deflate_compress(t->deflate, data.ptr, data.len,
                                             room, data.len - 1);
    if (len == 0 || (data.len > STREAM_END_WINDOW &&
                     !stream_end_make_safe((unsigned char *)room, &len)))
        return false;
    *packed = text_make(room, len);
    return len < data.len;
}

enum status docdata_table_add(struct docdata_table *t, uint32_t docid,
                              struct text data, struct error *err)
{
    if (data.len == 0)
        return STATUS_OK;
    struct text tag = data;
    enum btree_packing packing =
        deflate(t, data, &tag) ? BTREE_DEFLATED : BTREE_PLAIN;
    strbuf_reset(&t->key);
    pack_sortuint(&t->key, docid);
    return btree_table_add(t->table, strbuf_text(&t->key), tag, packing, err);
}

enum status docdata_table_finish(struct docdata_table *t,
                                 struct btree_root *root,
                                 struct manifest_file *file, struct error *err)
{
    return btree_table_finish(t->table, root, file, err);
}
