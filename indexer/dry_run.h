/* What a run would do, without doing it: nothing is written, no lock is taken,
 * no archive is made. */
#ifndef INDEXER_DRY_RUN_H
#define INDEXER_DRY_RUN_H

#include "common/compiler.h"
#include "common/error.h"
#include "common/message.h"
#include "indexer/cli.h"
#include "indexer/summary.h"

/* As run_index(). Verbose messages say it article by article. */
enum status dry_run_index(struct summary *out,
                          const struct indexer_settings *settings,
                          struct messages *messages, struct error *err)
    NODISCARD;

#endif
