/* When write-once files are merged: by tiers of size, so that a file of a night
 * is small however large the archive, there are never many files, and each
 * byte is written again only about once for every eightfold growth. */
#ifndef INDEXER_TIERS_H
#define INDEXER_TIERS_H

#include <stddef.h>
#include <stdint.h>

#include "common/manifest.h"

/* How many of the last of `files` (oldest first) a new file of `size` bytes
 * takes the place of, by holding what they hold. */
size_t tiers_merge_count(const struct manifest_file *files, size_t count,
                         uint64_t size);

#endif
