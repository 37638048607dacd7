/* Words of the best articles that a search found, for a wider search: Rocchio's
 * relevance feedback (1971), with the best articles in the place of those that
 * a person would mark. */
#ifndef SEARCHER_EXPAND_H
#define SEARCHER_EXPAND_H

#include <stddef.h>

#include "common/arena.h"
#include "common/text.h"
#include "searcher/plan.h"
#include "searcher/search.h"

struct expand_words {
    const struct plan_more *more; /* the weightiest first */
    const struct text *forms;     /* of each, as an article has it */
    size_t count;                 /* 0 if the articles have nothing in common */
};

/* `found` is what the request led to, from the first hit on. All is allocated
 * in `arena`.
 */
struct expand_words expand_words(const struct search_result *found,
                                 const struct search_request *request,
                                 struct arena *arena);

#endif
