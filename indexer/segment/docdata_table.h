/* Writes docdata.glass: the stored record of each document, deflated.
 *
 * Life cycle: docdata_table_new(), adds in ascending docid,
 * docdata_table_finish(), docdata_table_free(). */
#ifndef INDEXER_SEGMENT_DOCDATA_TABLE_H
#define INDEXER_SEGMENT_DOCDATA_TABLE_H

#include <stdint.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "indexer/segment/btree_table.h"

struct docdata_table;

enum status docdata_table_new(struct docdata_table **out, const char *path,
                              struct error *err) NODISCARD;

/* Empty data is passed over: the engine reads an absent entry as empty. */
enum status docdata_table_add(struct docdata_table *t, uint32_t docid,
                              struct text data, struct error *err) NODISCARD;

/* The same for what a deflater made of the data. */
enum status docdata_table_add_deflated(struct docdata_table *t, uint32_t docid,
                                       struct text deflated, struct error *err)
    NODISCARD;

enum status docdata_table_finish(struct docdata_table *t,
                                 struct btree_root *root,
                                 struct manifest_file *file, struct error *err)
    NODISCARD;
void docdata_table_free(struct docdata_table *t);
DEFINE_AUTO(docdata_table);

#endif
