/* The articles of one segment that a generation no longer shows: a write-once
 * file of ascending docids.
 *
 * Format, version 1: the 16 bytes "morgue deleted 1", the count as 4 bytes
 * little-endian, then each docid minus the one before it as an LEB128 varint
 * (the first minus 0). */
#ifndef COMMON_DELETED_LIST_H
#define COMMON_DELETED_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/manifest.h"

struct deleted_list {
    uint32_t *docids; /* ascending, each once */
    size_t count, capacity;
};

void deleted_list_done(struct deleted_list *list);
DEFINE_AUTO_DONE(deleted_list);

/* Adds in any order, duplicates too; deleted_list_sort() makes it a list. */
void deleted_list_add(struct deleted_list *list, uint32_t docid);
void deleted_list_sort(struct deleted_list *list);
bool deleted_list_contains(const struct deleted_list *list, uint32_t docid);

/* `*out` need not be initialised. STATUS_STALE if the file is missing,
 * STATUS_CORRUPT if it is not a list of docids up to `last_docid`. */
enum status deleted_list_load(struct deleted_list *out, const char *path,
                              uint32_t last_docid, struct error *err) NODISCARD;

/* Writes ARCHIVE/NAME durably and fills in `file`. */
enum status deleted_list_save(const struct deleted_list *list,
                              const char *archive, const char *name,
                              struct manifest_file *file, struct error *err)
    NODISCARD;

#endif
