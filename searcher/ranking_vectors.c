#include "searcher/ranking_vectors.h"

#include <math.h>
#include <stdlib.h>

#include "common/mem.h"
#include "searcher/ranking_bm25.h"
#include "searcher/ranking_constants.h"

/* The vectors in the making: a stem's note is the number of these in its high
 * half and its term in the low half. */
struct builder {
    struct ranking_vectors *vectors;
    struct ranking_stems *stems;
    uint32_t note;
};

static uint32_t term_of(struct builder *b, uint32_t stem)
{
    struct ranking_vectors *v = b->vectors;
    uint64_t *note = ranking_stems_note(b->stems, stem);
    if (*note >> 32 == b->note)
        return (uint32_t)*note;
    *note = (uint64_t)b->note << 32 | v->term_count;
    MEM_GROW(v->terms, v->term_count, v->term_capacity);
    v->terms[v->term_count] = (struct ranking_term){.stem = stem};
    return (uint32_t)v->term_count++;
}

static void add_mention(struct ranking_vectors *v, uint32_t article,
                        uint32_t term, float mentions)
{
    struct ranking_term *t = &v->terms[term];
    if (t->last == article) {
        v->components[t->at].weight += mentions;
        return;
    }
    t->articles++;
    t->last = article;
    t->at = (uint32_t)v->component_count;
    MEM_GROW(v->components, v->component_count, v->component_capacity);
    v->components[v->component_count++] =
        (struct ranking_component){term, mentions};
}

/* `article`: from 1. */
static void read_article(struct builder *b, uint32_t article, size_t segment,
                         struct token_cursor cursor)
{
    struct stream_word word;
    for (size_t left = ranking.vector_words;
         left > 0 && token_cursor_next(&cursor, &word); left--) {
        if (word.span > 1)
            continue;
        const uint32_t stem = ranking_stems_find(b->stems, segment, word.id);
        if (stem != RANKING_NO_STEM)
            add_mention(b->vectors, article, term_of(b, stem),
                        word.body ? 1 : (float)ranking.title_mentions);
    }
}

/* --- weights -------------------------------------------------------------- */

/* By the number of articles that have a term, which many terms share. */
static double *weigh_frequencies(size_t all)
{
    double *idf = mem_zeroed(all + 1, sizeof *idf);
    for (size_t articles = 2;
         articles <= all &&
         (double)articles <= ranking.vector_most * (double)all;
         articles++)
        idf[articles] = ranking_idf((double)all, (double)articles);
    return idf;
}

static void weigh_article(struct ranking_vectors *v, size_t i, double length,
                          const double *idf)
{
    double squares = 0;
    for (size_t k = v->from[i]; k < v->from[i + 1]; k++) {
        struct ranking_component *c = &v->components[k];
        double weight = idf[v->terms[c->term].articles];
        if (weight > 0)
            weight *= ranking_saturate((double)c->weight, length, ranking.k1,
                                       ranking.b);
        c->weight = (float)weight;
        squares += weight * weight;
    }
    const float norm = (float)sqrt(squares);
    for (size_t k = v->from[i]; norm > 0 && k < v->from[i + 1]; k++)
        v->components[k].weight /= norm;
}

/* --- the whole ------------------------------------------------------------ */

void ranking_vectors_init(struct ranking_vectors *out,
                          struct ranking_stems *stems,
                          const struct search_result *result,
                          const struct ranking_streams *streams)
{
    const size_t count = streams->count;
    *out = (struct ranking_vectors){
        .article_count = count, .from = mem_zeroed(count + 1, sizeof(size_t))};
    struct builder b = {out, stems, ranking_stems_next_note(stems)};
    for (size_t i = 0; i < count; i++) {
        read_article(&b, (uint32_t)i + 1, result->hits[i].document.segment,
                     streams->articles[i]);
        out->from[i + 1] = out->component_count;
    }
    double *idf = weigh_frequencies(count);
    for (size_t i = 0; i < count; i++)
        weigh_article(out, i, result->hits[i].length / result->average_length,
                      idf);
    free(idf);
}

void ranking_vectors_done(struct ranking_vectors *v)
{
    free(v->terms);
    free(v->components);
    free(v->from);
    *v = (struct ranking_vectors){0};
}
