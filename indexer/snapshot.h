/* --snapshot: a copy of an archive as it is now, in a folder that is not there
 * yet, to be copied elsewhere at leisure. Published files never change, so they
 * are linked, and cost nothing; on another disk they are copied.
 *
 * The manifest comes last: without it the folder is no archive. */
#ifndef INDEXER_SNAPSHOT_H
#define INDEXER_SNAPSHOT_H

#include "common/compiler.h"
#include "common/error.h"
#include "common/message.h"
#include "indexer/cli.h"

struct snapshot_result {
    uint64_t articles, generation;
    unsigned linked, copied; /* files */
};

/* The settings' first operand is the folder. On failure there is none. */
enum status snapshot_run(struct snapshot_result *out,
                         const struct indexer_settings *settings,
                         struct messages *messages, struct error *err)
    NODISCARD;

#endif
