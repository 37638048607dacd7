/* The next generation of an archive in the making: what it adds, hides and
 * drops compared with the one that is published. Nothing is visible until
 * generation_publish(), and then all of it at once.
 *
 * The caller holds the archive's lock. Life cycle: generation_begin(),
 * changes, generation_publish(), generation_done(). Without publish, files
 * that were written for it are named by nobody and swept away later. */
#ifndef INDEXER_GENERATION_H
#define INDEXER_GENERATION_H

#include <stddef.h>
#include <stdint.h>

#include "common/archive.h"
#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/deleted_list.h"
#include "common/error.h"
#include "common/manifest.h"

struct generation {
    const char *archive; /* its path; borrowed */
    struct manifest manifest;
};

/* Loads the published manifest and counts its generation up. `archive` must
 * live as long. `*out` need not be initialised. */
enum status generation_begin(struct generation *out, const char *archive,
                             struct error *err) NODISCARD;
void generation_done(struct generation *g);
DEFINE_AUTO_DONE(generation);

/* Writes `deleted`, all that is hidden of the segment from now on, as its new
 * deleted list. A segment that is hidden whole must be dropped instead. */
enum status generation_hide(struct generation *g,
                            struct manifest_segment *segment,
                            const struct deleted_list *deleted,
                            struct error *err) NODISCARD;

void generation_add_segment(struct generation *g,
                            const struct manifest_segment *segment);

/* Segments of which nothing is left to show are named no more. */
void generation_drop_empty(struct generation *g);

/* That the segment is not named any more. */
void generation_drop(struct generation *g, const char *name);

enum status generation_publish(struct generation *g, timestamp now,
                               struct error *err) NODISCARD;

#endif
