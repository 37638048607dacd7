#include "searcher/expand.h"

#include <stdlib.h>

#include "common/fields.h"
#include "common/mem.h"
#include "searcher/plan_leaf.h"
#include "searcher/ranking_article.h"
#include "searcher/ranking_constants.h"
#include "searcher/ranking_neighbours.h"
#include "searcher/ranking_vectors.h"

enum { LEADERS_MIN = 2 };

struct candidate {
    uint32_t term;
    double weight;
    uint32_t leaders; /* that have it */
};

/* Descending. */
static int compare(const void *one, const void *other)
{
    const struct candidate *a = one, *b = other;
    if (a->weight != b->weight)
        return a->weight > b->weight ? -1 : 1;
    return (a->term > b->term) - (a->term < b->term);
}

/* The leaders' vectors added up, each as much as its article leads. */
static struct candidate *weigh_terms(const struct ranking_stems *stems,
                                     const struct ranking_vectors *vectors,
                                     const double *scores)
{
    struct candidate *terms = mem_zeroed(vectors->term_count, sizeof *terms);
    struct ranking_leader leaders[RANKING_LEADERS_MAX];
    const size_t count =
        ranking_leaders(leaders, scores, vectors->article_count);
    for (size_t t = 0; t < vectors->term_count; t++)
        terms[t].term = (uint32_t)t;
    for (size_t i = 0; i < count; i++) {
        const size_t *from = &vectors->from[leaders[i].article];
        for (size_t k = from[0]; k < from[1]; k++) {
            struct candidate *c = &terms[vectors->components[k].term];
            c->weight +=
                leaders[i].weight * (double)vectors->components[k].weight;
            c->leaders++;
        }
    }
    for (size_t t = 0; t < vectors->term_count; t++)
        if (terms[t].leaders < LEADERS_MIN ||
            ranking_stems_at(stems, vectors->terms[t].stem)->matcher.kind !=
                MATCHER_STEM)
            terms[t].weight = 0;
    qsort(terms, vectors->term_count, sizeof *terms, compare);
    return terms;
}

static struct expand_words make_words(const struct ranking_stems *stems,
                                      const struct ranking_vectors *vectors,
                                      const struct candidate *chosen,
                                      size_t count, double weight,
                                      struct arena *arena)
{
    struct plan_more *more = arena_zeroed(arena, count, sizeof *more);
    struct text *forms = arena_zeroed(arena, count, sizeof *forms);
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += chosen[i].weight;
    for (size_t i = 0; i < count; i++) {
        const struct ranking_stem *stem =
            ranking_stems_at(stems, vectors->terms[chosen[i].term].stem);
        struct matcher matcher = stem->matcher;
        matcher.text = arena_text(arena, matcher.text);
        more[i].condition = condition_word(arena, &matcher, 1);
        more[i].term = plan_leaf_term(arena, PREFIX_STEM, matcher.text);
        more[i].weight = weight * chosen[i].weight / sum;
        forms[i] = arena_text(arena, stem->form);
    }
    return (struct expand_words){more, forms, count};
}

/* What the words that were typed weigh together. */
static double typed_weight(const struct plan *plan)
{
    size_t count, words = 0;
    const struct plan_leaf *leaves = plan_leaves(plan, &count);
    for (size_t i = 0; i < count; i++)
        if (leaves[i].condition)
            words += condition_words(leaves[i].condition);
    return (double)words;
}

struct expand_words expand_words(const struct search_result *found,
                                 const struct search_request *request,
                                 struct arena *arena)
{
    const size_t compared =
        found->count < SEARCH_SECOND_PASS ? found->count : SEARCH_SECOND_PASS;
    double *scores = mem_zeroed(compared, sizeof *scores);
    AUTO_DONE(ranking_streams) streams = {.count = 0};
    AUTO_DONE(ranking_vectors) vectors = {0};
    ranking_streams_init(&streams, request->archive, found->hits, compared);
    ranking_vectors_init(&vectors, request->stems, found, &streams);
    for (size_t i = 0; i < compared; i++)
        scores[i] = found->hits[i].score;
    struct candidate *terms = weigh_terms(request->stems, &vectors, scores);
    size_t count = 0;
    while (count < vectors.term_count && count < ranking.expansion_words &&
           terms[count].weight > 0)
        count++;
    struct expand_words words = make_words(
        request->stems, &vectors, terms, count,
        ranking.expansion_weight * typed_weight(request->plan), arena);
    free(terms);
    free(scores);
    return words;
}
