/* Makes a table while its entries are still being made: a second thread
 * deflates them and lays them into the B-tree. What is written does not depend
 * on it, and a small table is made without one.
 *
 * Life cycle: table_feed_new(), table_feed_add() in ascending byte order of
 * keys, table_feed_finish(), table_feed_free(). Without finish the file is
 * removed. */
#ifndef INDEXER_SEGMENT_TABLE_FEED_H
#define INDEXER_SEGMENT_TABLE_FEED_H

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "indexer/segment/btree_table.h"

enum {
    TABLE_FEED_BLOCK = 1 << 17, /* bytes that are handed over together */
    TABLE_FEED_TAG_MAX = 1 << 24
};

enum table_feed_packing {
    TABLE_FEED_PLAIN,
    TABLE_FEED_DEFLATE /* where that makes the tag shorter */
};

struct table_feed;

enum status table_feed_new(struct table_feed **out, const char *path,
                           struct error *err) NODISCARD;
void table_feed_free(struct table_feed *f);
DEFINE_AUTO(table_feed);

/* As btree_table_add(), but an error may come with a later call. */
enum status table_feed_add(struct table_feed *f, struct text key,
                           struct text tag, enum table_feed_packing packing,
                           struct error *err) NODISCARD;

/* As btree_table_finish(). */
enum status table_feed_finish(struct table_feed *f, struct btree_root *root,
                              struct manifest_file *file, struct error *err)
    NODISCARD;

#endif
