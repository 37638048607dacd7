/* From sources to workers: finds the reader for each source, gives every
 * article its id, lets the catalog decide, and hands batches over. Counts all
 * it meets, keeps what it rejects, notes in the ledger what it has read. Stops
 * early, between two articles, when it is asked to (interrupt.h).
 *
 * Life cycle: fill in a struct, intake_run() once. */
#ifndef INDEXER_INTAKE_H
#define INDEXER_INTAKE_H

#include <stdbool.h>

#include "common/compiler.h"
#include "common/error.h"
#include "common/message.h"
#include "indexer/catalog.h"
#include "indexer/kept_rejects.h"
#include "indexer/ledger.h"
#include "indexer/progress.h"
#include "indexer/reader.h"
#include "indexer/rejects.h"
#include "indexer/summary.h"
#include "indexer/workers.h"

enum intake_extent {
    INTAKE_NEWS, /* passes unchanged files over, reads grown ones on */
    INTAKE_ALL
};

/* A place to publish what was read so far. `publish` may replace catalog,
 * workers and rejects by others, for what comes next. */
struct intake_checkpoint {
    bool (*is_due)(void *context);
    enum status (*publish)(void *context, struct error *err);
    void *context;
};

struct intake {
    char *const *sources;               /* NULL-ended */
    const struct kept_rejects *kept;    /* tried again after them; or NULL */
    const struct reader_format *format; /* NULL: by content */
    const char *map;  /* columns of tables; NULL: by their names */
    const char *base; /* canonical; NULL: absolute paths as ids */
    const struct reader_limits *limits; /* NULL: READER_LIMITS */
    struct catalog *catalog;
    struct ledger *ledger;
    struct rejects *rejects;
    struct workers *workers; /* NULL: only says what would be done */
    enum intake_extent extent;
    struct intake_checkpoint checkpoint; /* all NULL: none */
    struct messages *messages;
    struct progress *progress;
    struct summary *summary;
    uint64_t passed_bytes; /* of the sources that are done with */
};

/* A source or article that cannot be read is a message and a count; an error
 * is what makes going on senseless. */
enum status intake_run(struct intake *intake, struct error *err) NODISCARD;

#endif
