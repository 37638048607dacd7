/* One run of the indexer over an archive, from lock to log: takes the lock,
 * opens or makes the archive, takes the sources in, publishes what came of it
 * as one generation, merges, sweeps, and appends to the run log. */
#ifndef INDEXER_RUN_H
#define INDEXER_RUN_H

#include <stddef.h>

#include "common/compiler.h"
#include "common/error.h"
#include "common/message.h"
#include "indexer/cli.h"
#include "indexer/summary.h"

/* STATUS_BUSY: another writer. On failure the archive is as it was. `*out` is
 * filled in as far as the run came. */
enum status run_index(struct summary *out,
                      const struct indexer_settings *settings,
                      struct messages *messages, struct error *err) NODISCARD;

#endif
