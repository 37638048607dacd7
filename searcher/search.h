/* Runs a planned query over an archive and ranks what matches.
 *
 * Ranking by relevance has two passes: the engine's BM25 over all matches, and
 * over the best of them a bonus for words that were typed next to each other
 * and stand so in the article; among those of one score the newest come first.
 * Beyond the second pass the first one's order holds, in which equals are in
 * the order of their docids. A query without words to rank by gives the newest
 * first. Orders by date go by score, then docid, where dates are equal.
 *
 * An order is a function of the generation: pages fit together however they
 * are cut. */
#ifndef SEARCHER_SEARCH_H
#define SEARCHER_SEARCH_H

#include <stddef.h>
#include <stdint.h>

#include "common/archive.h"
#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/engine/search.h"
#include "common/error.h"
#include "searcher/plan.h"

enum {
    SEARCH_SECOND_PASS = 100, /* how many of the best it looks at */
    SEARCH_CHEAP_TOTAL = 1000 /* a total is exact if finding that out takes
                                 looking at no more matches */
};

enum search_total { SEARCH_TOTAL_ABOUT, SEARCH_TOTAL_EXACT };

struct search_request {
    const struct plan *plan;
    struct archive *archive;
    size_t first, count;
    enum engine_sort sort;
    enum search_total total; /* exact whatever it costs, or if it is cheap */
    const struct engine_tally *tally; /* or NULL; only with an exact total and a
                                         count of 0 */
    double deadline_s;                /* of clock_now_s(); 0: none */
};

enum search_end { SEARCH_COMPLETE, SEARCH_TIMED_OUT };

struct search_hit {
    struct engine_document document;
    double score, bonus; /* the bonus is part of the score */
};

struct search_result {
    struct search_hit *hits;
    size_t count;
    uint64_t total;
    enum search_total exactness;
    enum search_end end; /* timed out: of some of the articles only */
};

/* At the deadline it ends with what has been found. */
enum status search_run(struct search_result *out,
                       const struct search_request *request, struct error *err)
    NODISCARD;
void search_result_done(struct search_result *result);
DEFINE_AUTO_DONE(search_result);

#endif
