/* How the score of a hit came about: what each word and each pair adds, where
 * it stands, and what similar articles make of it. */
#ifndef SEARCHER_EXPLAIN_SCORES_H
#define SEARCHER_EXPLAIN_SCORES_H

#include "common/compiler.h"
#include "common/error.h"
#include "common/strbuf.h"
#include "searcher/search.h"

/* `hit` is of the result that the request led to. Lines without a break behind
 * the last; appended. */
enum status explain_scores(const struct search_request *request,
                           const struct search_result *result,
                           const struct search_hit *hit, struct strbuf *out,
                           struct error *err) NODISCARD;

#endif
