/* Puts together what a run brought, and publishes it as one generation: new
 * segments, deleted lists of what it superseded, ledger and rejects. */
#ifndef INDEXER_PUBLISH_H
#define INDEXER_PUBLISH_H

#include <stddef.h>

#include "common/archive.h"
#include "common/compiler.h"
#include "common/error.h"
#include "indexer/catalog.h"
#include "indexer/ledger.h"
#include "indexer/rejects.h"
#include "indexer/workers.h"

struct publication {
    struct archive *archive; /* the generation the run was built on */
    struct catalog *catalog;
    struct ledger *ledger;
    struct rejects *rejects;
    const struct built_segment *built;
    size_t built_count;
};

/* A run that brought nothing new publishes nothing. The caller holds the lock.
 */
enum status publish_run(const struct publication *publication,
                        struct error *err) NODISCARD;

#endif
