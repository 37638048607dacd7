/* Words typed in a row: pairs those that stand next to each other in the query,
 * or with nothing but stop words between. Part of the plan.
 *
 *     plan_row_init(&row, arena, most)
 *     plan_row_add() for a leaf, plan_row_pass() for a stop word that is passed
 *     over, plan_row_break() for anything else */
#ifndef SEARCHER_PLAN_ROW_H
#define SEARCHER_PLAN_ROW_H

#include <stddef.h>

#include "common/arena.h"
#include "searcher/plan.h"

struct plan_pairs {
    struct plan_pair *pairs; /* the owner's to free */
    size_t count, capacity;
};

struct plan_row {
    struct arena *arena;
    const struct condition **steps; /* the last leaf, stop words behind it */
    size_t count;
    double idf; /* of the last leaf */
};

/* `most` leaves and stop words at most. */
void plan_row_init(struct plan_row *row, struct arena *arena, size_t most);
void plan_row_add(struct plan_row *row, const struct plan_leaf *leaf,
                  struct plan_pairs *pairs);
void plan_row_pass(struct plan_row *row, struct text stop_word);
void plan_row_break(struct plan_row *row);

#endif
