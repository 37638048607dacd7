/* What stands in title and body, for the engine: wildcards, variants, words in
 * capitals, and conditions on positions, nested as the query has them. Part of
 * the plan, beside plan_leaf.h. */
#ifndef SEARCHER_PLAN_TEXT_H
#define SEARCHER_PLAN_TEXT_H

#include <stdbool.h>

#include "common/compiler.h"
#include "common/error.h"
#include "searcher/plan_leaf.h"

/* Whether plan_text() is for it. */
bool plan_text_takes(const struct query_node *node);

/* A single character of a script that is indexed by pairs of neighbours, for
 * which it is as well: it stands for all pairs that it is part of. */
bool plan_text_is_character(const struct leaf_planner *planner,
                            const struct query_node *node);

/* A part in which the analyzer finds no word gives out->query NULL.
 * STATUS_QUERY, with the offset, for what has no positions or stands for too
 * many words. */
enum status plan_text(struct planned_leaf *out,
                      const struct leaf_planner *planner,
                      const struct query_node *node, struct error *err)
    NODISCARD;

#endif
