/* What of a query ranks: its words, each once, and the pairs of words that were
 * typed next to each other; with what the index knows of them. Operators and
 * positions decide what matches and are forgotten here.
 *
 * Life cycle: ranking_query_new() of a plan that outlives it,
 * ranking_query_free(). */
#ifndef SEARCHER_RANKING_QUERY_H
#define SEARCHER_RANKING_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "searcher/condition.h"
#include "searcher/plan.h"
#include "searcher/stream_scan.h"

struct ranking_word {
    const struct condition *condition; /* a CONDITION_WORD */
    struct scan_region region;         /* where it counts */
    double typed; /* how often; an expansion's words are so in parts */
    double idf;
    double weight; /* by which what the mentions make is multiplied */
};

struct ranking_pair {
    uint32_t left, right; /* words */
    uint32_t apart;       /* positions from the one to the other, as typed */
    double weight;
};

struct ranking_query {
    struct ranking_word *words;
    size_t word_count, word_capacity;
    struct ranking_pair *pairs; /* in the order typed */
    size_t pair_count, pair_capacity;
};

enum ranking_pairs { RANKING_WITHOUT_PAIRS, RANKING_WITH_PAIRS };

enum status ranking_query_new(struct ranking_query **out,
                              const struct plan *plan, struct archive *archive,
                              enum ranking_pairs pairs, struct error *err)
    NODISCARD;
void ranking_query_free(struct ranking_query *q);
DEFINE_AUTO(ranking_query);

#endif
