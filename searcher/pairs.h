/* The pairs of spans that a joining condition allows: each span of one list
 * with each span of another that stands as the condition's kind demands.
 *
 *     struct pairs pairs;
 *     pairs_start(&pairs, &join, left, right);
 *     while (pairs_next(&pairs))
 *         ... pairs.x of the left, pairs.y of the right ... */
#ifndef SEARCHER_PAIRS_H
#define SEARCHER_PAIRS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "searcher/condition.h"
#include "searcher/span.h"
#include "searcher/stream_scan.h"

/* Candidates looked at for one join in one article, at most: the same kind of
 * limit as SPAN_LIST_MAX. */
enum { PAIRS_MAX = 1 << 22 };

struct join {
    enum condition_kind kind; /* PHRASE to PARAGRAPH */
    uint32_t n;
    const struct scan_starts *starts; /* of its sentences or paragraphs */
    const struct span_pool *pool;
};

struct pairs {
    struct join join;
    struct span_list *left, *right;
    size_t left_next, right_next; /* indices */
    int64_t from, to;             /* where the right span may begin */
    size_t budget;                /* candidates */
    struct span *x, *y;
};

void pairs_start(struct pairs *p, const struct join *join,
                 struct span_list *left, struct span_list *right);
bool pairs_next(struct pairs *p);

#endif
