/* --optimize and --upgrade: writes all segments anew. */
#ifndef INDEXER_OPTIMIZE_H
#define INDEXER_OPTIMIZE_H

#include "common/compiler.h"
#include "common/error.h"
#include "common/message.h"
#include "indexer/cli.h"
#include "indexer/summary.h"

/* Into as few as the largest number of articles in one, and memory, allow; each
 * merge is a generation. */
enum status optimize_run(struct summary *out,
                         const struct indexer_settings *settings,
                         struct messages *messages, struct error *err)
    NODISCARD;

/* To the present version of the analysis and of stored records, in one
 * generation. Nothing if they are of it already; STATUS_VERSION if they are of
 * a later one. */
enum status upgrade_run(struct summary *out,
                        const struct indexer_settings *settings,
                        struct messages *messages, struct error *err) NODISCARD;

#endif
