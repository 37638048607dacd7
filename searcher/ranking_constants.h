/* Every number that ranking by relevance depends on, in one table.
 * docs/ranking.md has the formulas, and what each part is worth. */
#ifndef SEARCHER_RANKING_CONSTANTS_H
#define SEARCHER_RANKING_CONSTANTS_H

#include <stddef.h>
#include <stdint.h>

struct ranking_constants {
    /* BM25 over the words of title and body. */
    double k1, b;
    double title_mentions; /* what a mention in the title counts */
    double lead_bonus;     /* share of a word's weight, once, if it stands in
                              the lead */
    uint32_t lead;         /* the first words of the body */

    /* BM25 over pairs of words that were typed next to each other. */
    double pair_weight;   /* of each pair ... */
    double pair_emphasis; /* ... and this more by the square of their number */
    double pair_k1, pair_b;
    uint32_t pair_near; /* words apart, in any order */

    /* What other words say of two articles. */
    size_t vector_words; /* read of an article */
    double vector_most;  /* share of the articles that have a word, at most */

    /* Neighbours: the most similar articles. */
    double neighbour_share; /* of their scores in an article's */
    size_t neighbours;

    /* Leaders: the best articles. */
    double leader_weight; /* of being like them, against the best score */
    double leader_power;  /* of a leader's score */
    size_t leaders;

    /* Expansion: the leaders' words. */
    size_t expansion_words;
    double expansion_weight; /* of all of them, against the query's words */
};

extern const struct ranking_constants ranking;

#endif
