/* Writes iamglass, the version file: the root of a glass database, without
 * which a folder is none. */
#ifndef INDEXER_SEGMENT_VERSION_FILE_H
#define INDEXER_SEGMENT_VERSION_FILE_H

#include <stdint.h>

#include "common/compiler.h"
#include "common/error.h"
#include "common/uuid.h"
#include "indexer/segment/btree_table.h"

struct version_facts {
    uint8_t uuid[UUID_BYTES];
    struct btree_root postlist, docdata; /* entries 0: the table is absent */
    uint32_t documents, last_docid;
    uint32_t shortest, longest; /* document lengths; the shortest not zero */
    uint32_t wdf_upper_bound;   /* the largest wdf of any posting */
    uint64_t total_length;
};

/* Durable, and `file` (but its name) filled in. */
enum status version_file_write(const struct version_facts *facts,
                               const char *path, struct manifest_file *file,
                               struct error *err) NODISCARD;

#endif
