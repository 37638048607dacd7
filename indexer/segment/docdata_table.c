#include "indexer/segment/docdata_table.h"

#include <stdlib.h>

#include "common/mem.h"
#include "common/strbuf.h"
#include "indexer/segment/deflater.h"
#include "indexer/segment/packing.h"

struct docdata_table {
    struct btree_table *table;
    struct deflater *deflater;
    struct strbuf key;
};

enum status docdata_table_new(struct docdata_table **out, const char *path,
                              struct error *err)
{
    AUTO(docdata_table) t = mem_zeroed(1, sizeof *t);
    strbuf_init(&t->key, BTREE_KEY_MAX);
    t->deflater = deflater_new();
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
    deflater_free(t->deflater);
    strbuf_done(&t->key);
    free(t);
}

static enum status add(struct docdata_table *t, uint32_t docid, struct text tag,
                       enum btree_packing packing, struct error *err)
{
    strbuf_reset(&t->key);
    pack_sortuint(&t->key, docid);
    return btree_table_add(t->table, strbuf_text(&t->key), tag, packing, err);
}

enum status docdata_table_add(struct docdata_table *t, uint32_t docid,
                              struct text data, struct error *err)
{
    struct text deflated;
    if (data.len == 0)
        return STATUS_OK;
    return deflater_run(t->deflater, data, &deflated)
               ? add(t, docid, deflated, BTREE_DEFLATED, err)
               : add(t, docid, data, BTREE_PLAIN, err);
}

enum status docdata_table_add_deflated(struct docdata_table *t, uint32_t docid,
                                       struct text deflated, struct error *err)
{
    return add(t, docid, deflated, BTREE_DEFLATED, err);
}

enum status docdata_table_finish(struct docdata_table *t,
                                 struct btree_root *root,
                                 struct manifest_file *file, struct error *err)
{
    return btree_table_finish(t->table, root, file, err);
}
