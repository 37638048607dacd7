/* The two halves of BM25 (Robertson and Zaragoza, The Probabilistic Relevance
 * Framework, 2009). */
#ifndef SEARCHER_RANKING_BM25_H
#define SEARCHER_RANKING_BM25_H

#include <math.h>

/* How much rarer words say more: the inverse frequency of a word that
 * `frequency` of `articles` have, as Lucene keeps it positive. Where deleted
 * articles are still counted among the former, it may exceed the latter. */
static inline double ranking_idf(double articles, double frequency)
{
    const double ratio = (articles - frequency + 0.5) / (frequency + 0.5);
    return ratio > 0 ? log1p(ratio) : 0;
}

/* How much more mentions say more, and the less so the longer the article:
 * from 0 to k1 + 1. `length` is relative to the average. */
static inline double ranking_saturate(double mentions, double length, double k1,
                                      double b)
{
    return mentions * (k1 + 1) / (mentions + k1 * (1 - b + b * length));
}

#endif
