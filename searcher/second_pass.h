/* The second pass of ranking, over the best that the first one found: exact
 * scores from the token streams (ranking_score.h), blended with those of
 * similar articles (ranking_neighbours.h); among those of one score the newest
 * come first. Part of the search. */
#ifndef SEARCHER_SECOND_PASS_H
#define SEARCHER_SECOND_PASS_H

#include "common/compiler.h"
#include "common/error.h"
#include "searcher/search.h"

/* Orders the result, which is in the order of the first pass; scores descend
 * over all of it. STATUS_CORRUPT if an article's words cannot be read. */
enum status second_pass_run(struct search_result *result,
                            const struct search_request *request,
                            struct error *err) NODISCARD;

#endif
