#include "searcher/ranking_neighbours.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "common/mem.h"
#include "searcher/ranking_constants.h"

enum { NEIGHBOURS_MAX = 32 };

/* --- similarity ----------------------------------------------------------- */

/* The vectors by term: which articles have it, ascending. */
struct postings {
    size_t *from; /* a term's first; one more at the end */
    struct posting {
        uint32_t article;
        float weight;
    } * list;
};

static void postings_init(struct postings *p, const struct ranking_vectors *v)
{
    const size_t total = v->from[v->article_count];
    p->from = mem_zeroed(v->term_count + 2, sizeof *p->from);
    p->list = mem_zeroed(total, sizeof *p->list);
    for (size_t k = 0; k < total; k++)
        p->from[v->components[k].term + 2]++;
    for (size_t t = 2; t < v->term_count + 2; t++)
        p->from[t] += p->from[t - 1];
    for (size_t i = 0; i < v->article_count; i++)
        for (size_t k = v->from[i]; k < v->from[i + 1]; k++) {
            const struct ranking_component c = v->components[k];
            p->list[p->from[c.term + 1]++] =
                (struct posting){(uint32_t)i, c.weight};
        }
}

static void postings_done(struct postings *p)
{
    free(p->from);
    free(p->list);
}

void ranking_similarity_init(struct ranking_similarity *out,
                             const struct ranking_vectors *v)
{
    const size_t count = v->article_count;
    struct postings p;
    postings_init(&p, v);
    *out = (struct ranking_similarity){
        count, mem_zeroed(count * count, sizeof *out->cosines)};
    for (size_t t = 0; t < v->term_count; t++) {
        if (p.from[t] == p.from[t + 1] || p.list[p.from[t]].weight <= 0)
            continue;
        for (size_t a = p.from[t]; a < p.from[t + 1]; a++) {
            float *row = out->cosines + p.list[a].article * count;
            for (size_t b = p.from[t]; b <= a; b++)
                row[p.list[b].article] += p.list[a].weight * p.list[b].weight;
        }
    }
    postings_done(&p);
    for (size_t a = 0; a < count; a++)
        for (size_t b = 0; b < a; b++)
            out->cosines[b * count + a] = out->cosines[a * count + b];
}

void ranking_similarity_done(struct ranking_similarity *s)
{
    free(s->cosines);
    *s = (struct ranking_similarity){0, NULL};
}

double ranking_similarity_of(const struct ranking_similarity *s, size_t a,
                             size_t b)
{
    return (double)s->cosines[a * s->count + b];
}

/* --- the greatest --------------------------------------------------------- */

struct greatest {
    size_t which[NEIGHBOURS_MAX];
    double values[NEIGHBOURS_MAX]; /* descending, equals as they came */
    size_t count, wanted;
};

static void greatest_add(struct greatest *g, size_t which, double value)
{
    size_t at = g->count;
    if (g->count == g->wanted) {
        if (value <= g->values[--at])
            return;
    } else {
        g->count++;
    }
    for (; at > 0 && g->values[at - 1] < value; at--) {
        g->values[at] = g->values[at - 1];
        g->which[at] = g->which[at - 1];
    }
    g->values[at] = value;
    g->which[at] = which;
}

/* --- neighbours ----------------------------------------------------------- */

void ranking_neighbours_blend(double *out, const double *scores,
                              const struct ranking_similarity *s)
{
    assert(ranking.neighbours > 0 && ranking.neighbours <= NEIGHBOURS_MAX);
    for (size_t i = 0; i < s->count; i++) {
        struct greatest nearest = {.wanted = ranking.neighbours};
        for (size_t k = 0; k < s->count; k++)
            if (k != i && ranking_similarity_of(s, i, k) > 0)
                greatest_add(&nearest, k, ranking_similarity_of(s, i, k));
        double sum = 0, weights = 0;
        for (size_t k = 0; k < nearest.count; k++) {
            sum += nearest.values[k] * scores[nearest.which[k]];
            weights += nearest.values[k];
        }
        out[i] = scores[i];
        if (weights > 0)
            out[i] += ranking.neighbour_share * (sum / weights - scores[i]);
    }
}

/* --- leaders -------------------------------------------------------------- */

size_t ranking_leaders(struct ranking_leader out[RANKING_LEADERS_MAX],
                       const double *scores, size_t count)
{
    assert(ranking.leaders > 0 && ranking.leaders <= RANKING_LEADERS_MAX);
    struct greatest best = {.wanted = ranking.leaders};
    for (size_t i = 0; i < count; i++)
        greatest_add(&best, i, scores[i]);
    if (best.count == 0 || best.values[0] <= 0)
        return 0;
    double sum = 0;
    for (size_t i = 0; i < best.count; i++) {
        out[i].article = best.which[i];
        out[i].weight =
            pow(best.values[i] / best.values[0], ranking.leader_power);
        sum += out[i].weight;
    }
    for (size_t i = 0; i < best.count; i++)
        out[i].weight /= sum;
    return best.count;
}

void ranking_leaders_bonus(double *out, const double *scores,
                           const struct ranking_similarity *s)
{
    struct ranking_leader leaders[RANKING_LEADERS_MAX];
    const size_t count = ranking_leaders(leaders, scores, s->count);
    for (size_t i = 0; i < s->count; i++) {
        out[i] = 0;
        for (size_t k = 0; k < count; k++)
            out[i] += ranking.leader_weight * scores[leaders[0].article] *
                      leaders[k].weight *
                      ranking_similarity_of(s, i, leaders[k].article);
    }
}
