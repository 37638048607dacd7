/* Runs a planned query over an archive and ranks what matches.
 *
 * Ranking by relevance has two passes: the engine's BM25 over all matches, and
 * over the best of them the second pass (second_pass.h). Behind these the first
 * one's order holds, in which equals are in the order of their docids. A query
 * without words to rank by gives the newest first. Orders by date go by score,
 * then docid, where dates are equal.
 *
 * An order is a function of the generation: pages fit together however they
 * are cut. */
#ifndef SEARCHER_SEARCH_H
#define SEARCHER_SEARCH_H

#include <stdbool.h>
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

/* What is looked at; each looks at all that those behind it look at. */
enum search_ranking {
    SEARCH_NEIGHBOURS, /* similar articles among the best */
    SEARCH_PAIRS,      /* words that were typed next to each other */
    SEARCH_WORDS,      /* exact counts, places and lengths */
    SEARCH_BM25        /* the engine's weights: the first pass alone */
};

/* Of one score; looking dates up takes its time. */
enum search_equals { SEARCH_EQUALS_NEWEST_FIRST, SEARCH_EQUALS_IN_ANY_ORDER };

struct ranking_stems;

struct search_request {
    const struct plan *plan;
    struct archive *archive;
    size_t first, count;
    enum engine_sort sort;
    enum search_ranking ranking; /* by relevance */
    enum search_equals equals;   /* by relevance */
    struct ranking_stems *stems; /* of the archive; for SEARCH_NEIGHBOURS */
    enum search_total total; /* exact whatever it costs, or if it is cheap */
    const struct engine_tally *tally; /* or NULL; only with an exact total and a
                                         count of 0 */
    double deadline_s;                /* of clock_now_s(); 0: none */
};

enum search_end { SEARCH_COMPLETE, SEARCH_TIMED_OUT };

/* There may be as many of them as there are articles. */
struct search_hit {
    struct engine_document document;
    double score;
    double length; /* words of title and body, and marks; of the best alone */
};

/* What the second pass made of one of the best hits. */
struct search_rerank {
    double own;        /* by its own words */
    double neighbours; /* more, or less, by those of similar articles */
    double leaders;    /* more, for being like the best */
};

struct search_result {
    struct search_hit *hits;
    size_t count;
    struct search_rerank *reranked; /* of the first hits */
    size_t reranked_count;
    uint64_t total;
    enum search_total exactness;
    enum search_end end;   /* timed out: of some of the articles only */
    double average_length; /* of an article, as the second pass counts */
};

/* At the deadline it ends with what has been found. */
enum status search_run(struct search_result *out,
                       const struct search_request *request, struct error *err)
    NODISCARD;
void search_result_done(struct search_result *result);
DEFINE_AUTO_DONE(search_result);

#endif
