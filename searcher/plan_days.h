/* A stretch of time for the engine. Part of the plan. */
#ifndef SEARCHER_PLAN_DAYS_H
#define SEARCHER_PLAN_DAYS_H

#include "common/archive.h"
#include "common/compiler.h"
#include "common/engine/query.h"
#include "common/error.h"

/* Articles published from `from` to `to`, in seconds, both included; infinite
 * where it is open. Without weight. Where that is a smaller part of the
 * archive, by the terms of years, months and days, of which each dated article
 * has one of each: a range of values is asked of every article that has the
 * other words. */
enum status plan_days(struct engine_query **out, struct archive *archive,
                      double from, double to, struct error *err) NODISCARD;

#endif
