/* How a query is understood: its tree, what each leaf became and how many
 * articles it has, and what the engine runs. */
#ifndef SEARCHER_EXPLAIN_H
#define SEARCHER_EXPLAIN_H

#include <stdio.h>

#include "common/compiler.h"
#include "common/error.h"
#include "searcher/plan.h"
#include "searcher/query.h"

enum status explain_query(const struct query *query, const struct plan *plan,
                          FILE *out, struct error *err) NODISCARD;

#endif
