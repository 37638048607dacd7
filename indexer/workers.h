/* Threads that deflate articles' records and build segments. There are half as
 * many segments at a time as threads: adding to one takes about as long as
 * deflating, and fewer segments are smaller and searched faster. Each thread
 * does what is to be done next.
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
#include "indexer/batch.h"
#include "indexer/site.h"

struct workers;

struct workers_settings {
    const struct tables_format *tables;
    const char *archive;  /* its path */
    const char *language; /* of its analyzer */
    uint64_t generation;  /* that the segments are built for */
    unsigned count;       /* of threads, 1 or more */
    size_t memory;        /* bytes, for all of them together */
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
