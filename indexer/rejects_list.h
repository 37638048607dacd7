/* --rejects and --retry-rejects: what was read and not taken. */
#ifndef INDEXER_REJECTS_LIST_H
#define INDEXER_REJECTS_LIST_H

#include <stdio.h>

#include "common/compiler.h"
#include "common/error.h"
#include "common/message.h"
#include "indexer/cli.h"
#include "indexer/summary.h"

/* A line each, oldest first: "REASON: MESSAGE", or, if the settings' format is
 * JSON, the object that was kept. `*count` becomes their number. */
enum status rejects_list_print(uint64_t *count,
                               const struct indexer_settings *settings,
                               FILE *out, struct error *err) NODISCARD;

/* Reads all files again that have rejected articles and are still there, and
 * what came through a pipe, where it was kept whole (kept_rejects.h). What is
 * rejected now takes the place of what was kept of it. */
enum status rejects_list_retry(struct summary *out,
                               const struct indexer_settings *settings,
                               struct messages *messages, struct error *err)
    NODISCARD;

#endif
