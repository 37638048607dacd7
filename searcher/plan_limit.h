/* Limits on time and length, for the engine. Part of the plan. */
#ifndef SEARCHER_PLAN_LIMIT_H
#define SEARCHER_PLAN_LIMIT_H

#include "common/archive.h"
#include "common/compiler.h"
#include "common/engine/query.h"
#include "common/error.h"
#include "common/timestamp.h"
#include "searcher/query.h"
#include "searcher/zone.h"

/* What dates are read by. */
struct plan_clock {
    timestamp now; /* what 7d, today and yesterday are counted from */
    struct zone zone;
};

/* QUERY_DATE and QUERY_LENGTH; a weightless query. STATUS_QUERY for a day that
 * is not in the calendar and for a range that ends before it begins. */
enum status plan_limit(struct engine_query **out, const struct query_node *node,
                       const struct plan_clock *clock, struct archive *archive,
                       struct error *err) NODISCARD;

/* Limits that must hold together and never do, such as a since after an until
 * or length>500 with length<100, are STATUS_QUERY, with the offset of the last.
 */
enum status plan_limit_check(const struct query_node *and_node,
                             const struct plan_clock *clock, struct error *err)
    NODISCARD;

#endif
