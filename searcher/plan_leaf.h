/* One leaf of a query's tree for the engine: a word or phrase in a field. Part
 * of the plan. */
#ifndef SEARCHER_PLAN_LEAF_H
#define SEARCHER_PLAN_LEAF_H

#include "common/archive.h"
#include "common/arena.h"
#include "common/compiler.h"
#include "common/engine/query.h"
#include "searcher/condition.h"
#include "searcher/query.h"
#include "searcher/words.h"

/* A positional or stored condition that the engine asks about an article at a
 * time; the plan owns those that were made. */
struct plan_checks;

/* Whether the leaf's condition has to be checked beside its query, or the
 * query tells by itself. */
enum leaf_check { LEAF_COMPLETE, LEAF_NEEDS_CHECK };

/* What a leaf became. */
struct planned_leaf {
    struct engine_query *query;        /* the caller's; NULL: no word in it */
    const struct condition *condition; /* NULL: not in title or body */
    enum leaf_check check;
    struct text term; /* the main one */
};

struct leaf_planner {
    struct arena *arena;
    struct archive *archive;
    struct analyzer *analyzer; /* of the archive */
    struct plan_checks *checks;
};

struct planned_leaf plan_leaf(const struct leaf_planner *planner,
                              const struct query_node *node);

/* PREFIX + word, cut to what the engine takes, in `arena`. */
struct text plan_leaf_term(struct arena *arena, const char *prefix,
                           struct text word);

#endif
