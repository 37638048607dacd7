/* What one article's own words say of how well it answers a query: BM25 over
 * words and over pairs of words, with a little more for words in the lead.
 * docs/ranking.md has the formulas. */
#ifndef SEARCHER_RANKING_SCORE_H
#define SEARCHER_RANKING_SCORE_H

#include <stddef.h>
#include <stdint.h>

#include "searcher/ranking_article.h"
#include "searcher/ranking_query.h"

/* What a word of the query adds. */
struct ranking_word_score {
    uint32_t title, body; /* mentions */
    double mentions;      /* what these add, by BM25 */
    double lead;          /* what is added for standing in the lead */
};

/* What a pair adds. */
struct ranking_pair_score {
    uint32_t adjacent, near; /* how often they stand so */
    double score;
};

struct ranking_word_score
ranking_score_word(const struct ranking_word *word, const struct span_list *at,
                   const struct ranking_article *article,
                   double average_length);

struct ranking_pair_score
ranking_score_pair(const struct ranking_pair *pair,
                   const struct ranking_article *article,
                   double average_length);

/* The sum of all; without the pairs if the query has none. */
double ranking_score(const struct ranking_query *query,
                     const struct ranking_article *article,
                     double average_length);

#endif
