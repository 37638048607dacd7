/* Where terms and their postings go, in term order: a table or a sorted run. */
#ifndef INDEXER_SEGMENT_POSTING_SINK_H
#define INDEXER_SEGMENT_POSTING_SINK_H

#include <stddef.h>
#include <stdint.h>

#include "common/error.h"
#include "common/text.h"

struct posting {
    uint32_t docid, count;
};

struct term_statistics {
    struct text term;
    uint32_t frequency;   /* postings */
    uint64_t occurrences; /* sum of their counts */
    uint32_t first_docid;
};

/* Postings are of the term begun last, ascending, in any number of portions
 * that are not empty. The term's text is borrowed for the call. */
struct posting_sink {
    enum status (*begin_term)(void *context, const struct term_statistics *s,
                              struct error *err);
    enum status (*postings)(void *context, const struct posting *postings,
                            size_t count, struct error *err);
    void *context;
};

/* A good size of a portion. */
enum { POSTING_PORTION = 256 };

#endif
