/* What articles are about, to compare them: the stems of each, with weights. A
 * word says the more the fewer of the compared articles have it, so that the
 * words of the query, which most of them have, say little; nothing is looked
 * up in the index. Weights are BM25's, each vector of length 1. Words that only
 * one of the articles has, or too many, weigh nothing. */
#ifndef SEARCHER_RANKING_VECTORS_H
#define SEARCHER_RANKING_VECTORS_H

#include <stddef.h>
#include <stdint.h>

#include "common/archive.h"
#include "common/cleanup.h"
#include "searcher/ranking_stems.h"
#include "searcher/ranking_streams.h"
#include "searcher/search.h"

struct ranking_component {
    uint32_t term;
    float weight;
};

struct ranking_term {
    uint32_t stem;     /* its number in the stems */
    uint32_t articles; /* of the compared ones, that have it */
    uint32_t last;     /* number of the last of them, from 1 */
    uint32_t at;       /* its component there */
};

struct ranking_vectors {
    size_t article_count, term_count, term_capacity;
    struct ranking_term *terms;
    struct ranking_component *components; /* an article after another */
    size_t component_count, component_capacity;
    size_t *from; /* an article's first component; one more at the end */
};

/* Of the first hits, those that the streams are of, with the lengths that the
 * result goes by. An article whose stream is damaged has the words before the
 * damage. */
void ranking_vectors_init(struct ranking_vectors *out,
                          struct ranking_stems *stems,
                          const struct search_result *result,
                          const struct ranking_streams *streams);
void ranking_vectors_done(struct ranking_vectors *v);
DEFINE_AUTO_DONE(ranking_vectors);

#endif
