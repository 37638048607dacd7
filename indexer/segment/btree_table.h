/* Writes one table of a glass database: a B-tree file built in one pass from
 * keys in ascending order, sequential writes only, nothing read again.
 *
 * Life cycle: btree_table_new(), btree_table_add() in ascending byte order of
 * keys, btree_table_finish(), which gives what the version file has to say of
 * it, btree_table_free(). Without finish the file is removed. */
#ifndef INDEXER_SEGMENT_BTREE_TABLE_H
#define INDEXER_SEGMENT_BTREE_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/manifest.h"
#include "common/text.h"

enum {
    BTREE_BLOCK_MIN = 2048,
    BTREE_BLOCK_DEFAULT = 8192,
    BTREE_BLOCK_MAX = 65536,
    BTREE_KEY_MAX = 255
};

struct btree_table;

/* What the version file says of a table. */
struct btree_root {
    uint32_t block;   /* number of the root block */
    uint32_t level;   /* 0: it is a leaf */
    uint64_t entries; /* keys */
    uint32_t blocks;  /* in the file */
    uint32_t block_size;
};

enum btree_packing { BTREE_PLAIN, BTREE_DEFLATED };

/* `block_size`: a power of two from BTREE_BLOCK_MIN to BTREE_BLOCK_MAX. */
enum status btree_table_new(struct btree_table **out, const char *path,
                            uint32_t block_size, struct error *err) NODISCARD;

/* A key of 1 to 255 bytes, greater than the one before (asserted); a tag of
 * any length, which was deflated by the caller if `packing` says so.
 * STATUS_INTERNAL if the tag has more than 65,534 parts. */
enum status btree_table_add(struct btree_table *t, struct text key,
                            struct text tag, enum btree_packing packing,
                            struct error *err) NODISCARD;

/* Closes and fsyncs; size and digest go to `file`, whose name is the
 * caller's. */
enum status btree_table_finish(struct btree_table *t, struct btree_root *root,
                               struct manifest_file *file, struct error *err)
    NODISCARD;
void btree_table_free(struct btree_table *t);
DEFINE_AUTO(btree_table);

#endif
