/* Where in an article a condition stands (see condition.h): spans, and sorted
 * lists of them. All belongs to one article and is forgotten with it.
 *
 * A span is contiguous unless joining left holes in it; then it lists the
 * stretches that it really takes, its pieces, which live in a pool. */
#ifndef SEARCHER_SPAN_H
#define SEARCHER_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/compiler.h"

/* A limit for texts made to be expensive. Past it a list is cut: spans of an
 * article of millions of equal words may be overlooked. */
enum { SPAN_LIST_MAX = 1 << 20 };

struct stretch {
    uint32_t first, last; /* positions */
};

struct span {
    struct stretch hull;
    uint32_t ref;         /* index of its pieces in the pool; of a leaf's span,
                             the word's ordinal in the title or body */
    uint32_t pieces : 31; /* 0 if contiguous, else 2 or more */
    uint32_t used : 1;    /* takes part in what the whole condition matched */
};

struct span_pool {
    struct stretch *stretches;
    size_t count, capacity;
};

/* Sorted by first, then by last position. */
struct span_list {
    struct span *spans;
    size_t count, capacity;
    uint32_t longest; /* positions from first to last, at most */
};

void span_pool_done(struct span_pool *pool);
void span_list_done(struct span_list *list);
void span_list_clear(struct span_list *list);

/* Adds at the end; false if the list is full. */
bool span_list_add(struct span_list *list, struct span span) NODISCARD;

/* Adds a contiguous span at its place, which is near the end. */
void span_list_insert(struct span_list *list, struct span span);

/* Sorts, and drops what is there twice. */
void span_list_sort(struct span_list *list, const struct span_pool *pool);

/* Index of the first span that begins at `position` or behind it. */
size_t span_list_from(const struct span_list *list, uint32_t position);

/* Marks all spans that take the same positions as `span`. */
void span_list_use(struct span_list *list, const struct span_pool *pool,
                   const struct span *span);
/* Whether one that takes the same positions is marked. */
bool span_list_uses(const struct span_list *list, const struct span_pool *pool,
                    const struct span *span);

/* Whether they share no position. */
bool span_disjoint(const struct span_pool *pool, const struct span *a,
                   const struct span *b);

/* The span that takes the positions of both, which must be disjoint. Its
 * pieces are added to the pool. */
struct span span_unite(struct span_pool *pool, const struct span *a,
                       const struct span *b);

#endif
