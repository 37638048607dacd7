/* Removes what no generation needs any more.
 *
 * What the manifest on disk does not name is either of the generation before,
 * which a reader may be opening for another SWEEP_DELAY_S seconds, or was left
 * by a run that was killed. The two look alike, so nothing goes until the
 * manifest is that old, and then all of it does. Before the first publication
 * there are no readers, and everything goes at once.
 *
 * Only files and folders whose names archive_folder_name() made are touched,
 * only where they belong, and no link is ever followed. */
#ifndef INDEXER_SWEEP_H
#define INDEXER_SWEEP_H

#include <stddef.h>
#include <stdint.h>

#include "common/compiler.h"
#include "common/error.h"
#include "common/manifest.h"
#include "common/timestamp.h"

enum { SWEEP_DELAY_S = 60 };

struct sweep_result {
    size_t removed; /* segments, lists and other files */
    uint64_t bytes;
};

/* Needs the lock. `m` is the manifest as it is on disk (generation 0 if there
 * is none). What this run has made and not published yet goes too: call it
 * before or after that. `*out` counts what was removed also on failure. */
enum status sweep_run(struct sweep_result *out, const char *archive,
                      const struct manifest *m, timestamp now,
                      struct error *err) NODISCARD;

#endif
