#include "searcher/ranking_vectors.h"

#include <endian.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"
#include "common/packed.h"
#include "searcher/ranking_bm25.h"
#include "searcher/ranking_constants.h"

enum { HANDFUL = 64 };

/* The vectors in the making: a stem's note is the number of these in its high
 * half and its term in the low half. */
struct builder {
    struct ranking_vectors *vectors;
    struct ranking_stems *stems;
    uint32_t note;
};

/* --- the words of an article ---------------------------------------------- */

/* How many bytes a code has, one to three of nearly all, is nothing to branch
 * on. */
static inline bool next_code(const uint8_t **at, const uint8_t *end,
                             uint64_t *out)
{
    uint32_t bytes;
    if (end - *at < (int)sizeof bytes)
        return packed_get_varint(at, end, out);
    memcpy(&bytes, *at, sizeof bytes);
    bytes = le32toh(bytes);
    const uint32_t last = ~bytes & 0x808080;
    if (last == 0)
        return packed_get_varint(at, end, out);
    const unsigned bits = (unsigned)__builtin_ctz(last) + 1;
    bytes &= (UINT32_C(1) << bits) - 1;
    *out =
        (bytes & 0x7f) | (bytes >> 1 & 0x7f << 7) | (bytes >> 2 & 0x7f << 14);
    *at += bits / 8;
    return true;
}

struct reading {
    const uint8_t *at, *end;
    bool body, joined; /* the word: where it is, whether it is of other words */
};

/* To the next word; only as much of its marks is read as matters here. */
static inline bool next_word(struct reading *r, uint32_t *id)
{
    uint64_t code, span;
    r->joined = false;
    while (next_code(&r->at, r->end, &code)) {
        if (code >= TOKENS_FIRST_WORD) {
            *id = (uint32_t)(code - TOKENS_FIRST_WORD);
            return code - TOKENS_FIRST_WORD <= UINT32_MAX;
        }
        if (code == TOKENS_BODY)
            r->body = true;
        else if (code == TOKENS_JOINED)
            r->joined = next_code(&r->at, r->end, &span);
        else if (code > TOKENS_JOINED)
            return false;
    }
    return false;
}

static inline uint32_t term_of(struct builder *b, uint32_t stem)
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

/* Whether the article has the term already is nothing to branch on. */
static inline void add_mention(struct ranking_vectors *v, uint32_t article,
                               uint32_t term, float mentions)
{
    struct ranking_term *t = &v->terms[term];
    const bool again = t->last == article;
    const uint32_t at = again ? t->at : (uint32_t)v->component_count;
    MEM_GROW(v->components, v->component_count, v->component_capacity);
    struct ranking_component *c = &v->components[at];
    *c = (struct ranking_component){term, (again ? c->weight : 0) + mentions};
    v->component_count += !again;
    t->articles += !again;
    t->last = article;
    t->at = at;
}

/* Some words of an article: what is looked up of one need not wait for what is
 * looked up of another. */
struct handful {
    uint32_t words[HANDFUL]; /* ids, then their stems */
    float mentions[HANDFUL];
    size_t count;
};

/* Of the next `most` words; how many are left of these. */
static size_t read_words(struct handful *h, struct reading *r, size_t most)
{
    uint32_t id;
    for (h->count = 0; most > 0 && h->count < HANDFUL && next_word(r, &id);
         most--) {
        h->words[h->count] = id;
        h->mentions[h->count] = r->body ? 1 : (float)ranking.title_mentions;
        h->count += !r->joined;
    }
    return most;
}

/* `article`: from 1. Words without a stem count as ones of the same. */
static void read_article(struct builder *b, uint32_t article, size_t segment,
                         const struct token_cursor *stream)
{
    struct reading r = {.at = stream->at, .end = stream->end};
    struct handful h = {.count = HANDFUL};
    for (size_t left = ranking.vector_words; left > 0 && h.count == HANDFUL;) {
        left = read_words(&h, &r, left);
        for (size_t i = 0; i < h.count; i++)
            h.words[i] = ranking_stems_find(b->stems, segment, h.words[i]);
        for (size_t i = 0; i < h.count; i++)
            add_mention(b->vectors, article, term_of(b, h.words[i]),
                        h.mentions[i]);
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
    const uint32_t nothing = term_of(&b, RANKING_NO_STEM);
    for (size_t i = 0; i < count; i++) {
        read_article(&b, (uint32_t)i + 1, result->hits[i].document.segment,
                     &streams->articles[i]);
        out->from[i + 1] = out->component_count;
    }
    out->terms[nothing].articles = 0;
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
