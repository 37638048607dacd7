/* Rejected articles that came through a pipe and can be tried once more from
 * what was kept of them: all their bytes, and a format in which a record does
 * not depend on what stands before it.
 *
 * Life cycle: starts as all zero, kept_rejects_add(), reading, done. */
#ifndef INDEXER_KEPT_REJECTS_H
#define INDEXER_KEPT_REJECTS_H

#include <stddef.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/cleanup.h"
#include "common/digest.h"
#include "common/text.h"
#include "indexer/reader.h"

struct kept_reject {
    struct text bytes;
    const struct reader_format *format;
    struct reader_place place; /* where it was */
    struct digest line;        /* of the line that tells of it */
};

struct kept_rejects {
    struct kept_reject *list;
    size_t count, capacity;
    struct arena arena; /* the bytes */
};

void kept_rejects_done(struct kept_rejects *k);
DEFINE_AUTO_DONE(kept_rejects);

/* A line of a file of rejects (rejects.h), to be read as `format`, or, if that
 * is NULL, as what it was read as. False if it cannot be tried again. */
bool kept_rejects_add(struct kept_rejects *k, struct text line,
                      const struct reader_format *format);

#endif
