/* What a part of a query asks for: whether it has words of the title or the
 * body, and whether these are stop words. Part of the plan. */
#ifndef SEARCHER_PLAN_PART_H
#define SEARCHER_PLAN_PART_H

#include <stdbool.h>

#include "common/analyzer.h"
#include "common/arena.h"
#include "searcher/query.h"

/* Title and body, as opposed to the other fields. */
bool plan_part_is_text(const struct query_node *node);

/* A word so frequent that it is neither required nor weighed beside others,
 * unless it is quoted or marked with '='. */
bool plan_part_is_stop_word(const struct query_node *node,
                            struct analyzer *analyzer, struct arena *arena);

/* Whether it asks for words of title or body. What does not (source:x, "...")
 * can neither stand in for a stop word nor be one of several words of which any
 * is enough. */
bool plan_part_asks_for_words(const struct query_node *node,
                              struct analyzer *analyzer, struct arena *arena);

/* Whether words are left to ask for when the stop words of an AND are passed
 * over. */
bool plan_part_has_other_words(const struct query_node *and_node,
                               struct analyzer *analyzer, struct arena *arena);

#endif
