/* Articles that are about the same speak for each other: the score of an
 * article is blended with those of the most similar ones among the best found
 * (its neighbours: Diaz, Regularizing ad hoc retrieval scores, 2005), and grows
 * with how much it is like the very best (the leaders: Rocchio 1971). */
#ifndef SEARCHER_RANKING_NEIGHBOURS_H
#define SEARCHER_RANKING_NEIGHBOURS_H

#include <stddef.h>

#include "common/cleanup.h"
#include "searcher/ranking_vectors.h"

/* The cosine of every two of the vectors. */
struct ranking_similarity {
    size_t count;
    float *cosines; /* [a * count + b] and [b * count + a] */
};

void ranking_similarity_init(struct ranking_similarity *out,
                             const struct ranking_vectors *vectors);
void ranking_similarity_done(struct ranking_similarity *s);
DEFINE_AUTO_DONE(ranking_similarity);

/* 1 of an article with itself, unless nothing is known of it. */
double ranking_similarity_of(const struct ranking_similarity *s, size_t a,
                             size_t b);

/* `out` gets the blended scores; both have s->count elements. */
void ranking_neighbours_blend(double *out, const double *scores,
                              const struct ranking_similarity *s);

/* The best, descending, and what each weighs, which sums to 1; how many. */
struct ranking_leader {
    size_t article;
    double weight;
};
enum { RANKING_LEADERS_MAX = 16 };
size_t ranking_leaders(struct ranking_leader out[RANKING_LEADERS_MAX],
                       const double *scores, size_t count);

/* What is added to each score for being like the leaders. */
void ranking_leaders_bonus(double *out, const double *scores,
                           const struct ranking_similarity *s);

#endif
