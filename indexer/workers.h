/* Threads that analyse articles and build segments, each its own, and another
 * when one is full.
 *
 * Life cycle: workers_new(), workers_push() for each batch, workers_finish(),
 * which gives the segments, workers_free(). A free without a finish that
 * succeeded removes what was built. Articles keep their input order within a
 * segment. The first error of any worker stops all and is what push or finish
 * return. */
#ifndef INDEXER_WORKERS_H
#define INDEXER_WORKERS_H

#include <stddef.h>
#include <stdint.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/manifest.h"
#include "indexer/batch.h"

struct workers;
struct tables_format;

struct workers_settings {
    const struct tables_format *tables;
    const char *archive;  /* its path */
    const char *language; /* of its analyzer */
    uint64_t generation;  /* that the segments are built for */
    unsigned count;       /* of threads, 1 or more */
    size_t memory;        /* bytes, for all of them together */
};

/* A segment that was built, and the sequence of each of its documents. */
struct built_segment {
    struct manifest_segment segment;
    uint64_t *sequences; /* of docid 1, 2, ...; ascending */
};

enum status workers_new(struct workers **out,
                        const struct workers_settings *settings,
                        struct error *err) NODISCARD;
void workers_free(struct workers *w);
DEFINE_AUTO(workers);

/* Takes the batch over, also on failure; waits while all are busy. Entries
 * that are unchanged are passed over. */
enum status workers_push(struct workers *w, struct batch *batch,
                         struct error *err) NODISCARD;

/* Segments without documents are not among them. Owned by `w`. */
enum status workers_finish(struct workers *w, const struct built_segment **out,
                           size_t *count, struct error *err) NODISCARD;

#endif
