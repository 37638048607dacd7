/* Conditions that the engine asks about one article at a time, because its
 * terms cannot tell: positions, and words next to each other in a name. Part of
 * the plan.
 *
 * Life cycle: plan_checks_new(), queries made of it and run,
 * plan_checks_free(), when no such query is left. */
#ifndef SEARCHER_PLAN_CHECKS_H
#define SEARCHER_PLAN_CHECKS_H

#include "common/analyzer.h"
#include "common/archive.h"
#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/engine/query.h"
#include "common/error.h"
#include "common/fields.h"
#include "searcher/condition.h"
#include "searcher/evaluator.h"
#include "searcher/words.h"

struct plan_checks;

/* Both are borrowed. */
struct plan_checks *plan_checks_new(struct archive *archive,
                                    struct analyzer *analyzer);
void plan_checks_free(struct plan_checks *checks);
DEFINE_AUTO(plan_checks);

/* To stand in an AND beside the condition's words. The evaluator behind it is
 * borrowed; `evaluator` may be NULL. */
struct engine_query *plan_checks_positions(struct plan_checks *checks,
                                           const struct condition *condition,
                                           struct evaluator **evaluator);

/* That the words stand next to each other in the article's author (one of
 * them), source or section. What `words` points to must live as long as the
 * query. */
struct engine_query *plan_checks_name(struct plan_checks *checks,
                                      enum field field,
                                      const struct words *words);

/* STATUS_CORRUPT if an article could not be read that was asked about. Such an
 * article counts as not matching. */
enum status plan_checks_intact(const struct plan_checks *checks,
                               struct error *err) NODISCARD;

#endif
