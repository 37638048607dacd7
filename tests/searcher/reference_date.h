/* Whether a moment lies within a limit such as date:2022-02..7d, decided by
 * comparing written days. */
#ifndef TESTS_SEARCHER_REFERENCE_DATE_H
#define TESTS_SEARCHER_REFERENCE_DATE_H

#include <stdbool.h>

#include "common/timestamp.h"
#include "searcher/query.h"

/* Whether there is no such day, or the end is before the beginning. */
bool reference_date_refuses(const struct query_node *node, timestamp now);

bool reference_date_matches(const struct query_node *node, timestamp now,
                            timestamp moment);

#endif
