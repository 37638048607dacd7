#include "searcher/ranking_score.h"

#include "searcher/ranking_bm25.h"
#include "searcher/ranking_constants.h"

static double relative_length(const struct ranking_article *article,
                              double average_length)
{
    return average_length > 0 ? article->length / average_length : 1;
}

struct ranking_word_score
ranking_score_word(const struct ranking_word *word, const struct span_list *at,
                   const struct ranking_article *article, double average_length)
{
    struct ranking_word_score s = {0};
    uint32_t first = UINT32_MAX; /* position in the body */
    for (size_t i = 0; i < at->count; i++) {
        if (at->spans[i].hull.first < article->body_first) {
            s.title++;
        } else {
            if (s.body++ == 0)
                first = at->spans[i].hull.first - article->body_first;
        }
    }
    double mentions = ranking.title_mentions * s.title + s.body;
    s.mentions =
        word->weight *
        ranking_saturate(mentions, relative_length(article, average_length),
                         ranking.k1, ranking.b);
    if (first < ranking.lead)
        s.lead = ranking.lead_bonus * word->weight;
    return s;
}

/* Each mention of the left word once, if a mention of the right one is there.
 */
static struct ranking_pair_score count_pairs(const struct ranking_pair *pair,
                                             const struct span_list *left,
                                             const struct span_list *right)
{
    struct ranking_pair_score s = {0};
    size_t from = 0;
    for (size_t i = 0; i < left->count; i++) {
        const struct stretch x = left->spans[i].hull;
        bool adjacent = false, near = false;
        while (from < right->count &&
               right->spans[from].hull.last + ranking.pair_near < x.first)
            from++;
        for (size_t k = from; k < right->count && !adjacent; k++) {
            const struct stretch y = right->spans[k].hull;
            if (y.first > x.last + ranking.pair_near)
                break;
            near = true;
            adjacent = y.first > x.last && y.first - x.last == pair->apart;
        }
        s.adjacent += adjacent;
        s.near += near;
    }
    return s;
}

struct ranking_pair_score
ranking_score_pair(const struct ranking_pair *pair,
                   const struct ranking_article *article, double average_length)
{
    struct ranking_pair_score s = count_pairs(pair, &article->words[pair->left],
                                              &article->words[pair->right]);
    double length = relative_length(article, average_length);
    s.score =
        pair->weight *
        (ranking_saturate(s.adjacent, length, ranking.pair_k1, ranking.pair_b) +
         ranking_saturate(s.near, length, ranking.pair_k1, ranking.pair_b));
    return s;
}

double ranking_score(const struct ranking_query *query,
                     const struct ranking_article *article,
                     double average_length)
{
    double sum = 0;
    for (size_t i = 0; i < query->word_count; i++) {
        struct ranking_word_score s = ranking_score_word(
            &query->words[i], &article->words[i], article, average_length);
        sum += s.mentions + s.lead;
    }
    for (size_t i = 0; i < query->pair_count; i++)
        sum +=
            ranking_score_pair(&query->pairs[i], article, average_length).score;
    return sum;
}
