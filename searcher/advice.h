/* What is told about a query beside its answer. */
#ifndef SEARCHER_ADVICE_H
#define SEARCHER_ADVICE_H

#include "common/compiler.h"
#include "common/error.h"
#include "common/message.h"
#include "searcher/plan.h"
#include "searcher/search.h"
#include "searcher/suggest.h"

/* Parts without a word in them, which were left out. */
void advice_ignored(struct messages *messages, const struct plan *plan);

/* Did you mean; fills `out` only if nothing was found, or a word is in no
 * article. What was typed is searched all the same. `request->found` is set
 * here. */
enum status advice_suggest(struct suggestion *out,
                           struct suggest_request *request,
                           const struct plan *plan,
                           const struct search_result *result,
                           struct error *err) NODISCARD;

#endif
