#include "searcher/second_pass.h"

#include <math.h>
#include <stdlib.h>

#include "common/fields.h"
#include "common/mem.h"
#include "searcher/ranking_article.h"
#include "searcher/ranking_neighbours.h"
#include "searcher/ranking_query.h"
#include "searcher/ranking_score.h"
#include "searcher/ranking_streams.h"

/* One of the best, while they are ordered. */
struct ranked {
    struct search_hit hit;
    struct search_rerank made;
};

struct pass {
    const struct search_request *request;
    struct search_result *result;
    struct ranked best[SEARCH_SECOND_PASS]; /* of the result */
    size_t count;
    double first_pass_worst;        /* score of the last of them */
    struct ranking_streams streams; /* theirs */
};

/* --- by their own words --------------------------------------------------- */

static enum status damaged(const struct pass *p, struct error *err)
{
    return error_set(err, STATUS_CORRUPT,
                     "archive '%s' is damaged: the words of an article cannot "
                     "be read",
                     archive_path(p->request->archive));
}

static enum status score_by_words(struct pass *p, struct error *err)
{
    AUTO(ranking_query) query = NULL;
    enum status status = ranking_query_new(
        &query, p->request->plan, p->request->archive,
        p->request->ranking == SEARCH_WORDS ? RANKING_WITHOUT_PAIRS
                                            : RANKING_WITH_PAIRS,
        err);
    if (status != STATUS_OK)
        return status;
    AUTO(ranking_reader)
    reader = ranking_reader_new(query, p->request->archive);
    for (size_t i = 0; i < p->count; i++) {
        struct ranking_article article;
        struct ranked *best = &p->best[i];
        if (!ranking_reader_read(reader, &best->hit, &p->streams.articles[i],
                                 &article))
            return damaged(p, err);
        best->made.own =
            ranking_score(query, &article, p->result->average_length);
        best->hit.score = best->made.own;
    }
    return STATUS_OK;
}

/* --- by similar articles -------------------------------------------------- */

static void score_by_neighbours(struct pass *p)
{
    AUTO_DONE(ranking_vectors) vectors = {0};
    AUTO_DONE(ranking_similarity) similarity = {0};
    ranking_vectors_init(&vectors, p->request->stems, p->result, &p->streams);
    ranking_similarity_init(&similarity, &vectors);
    double *own = mem_zeroed(p->count, sizeof *own);
    double *blended = mem_zeroed(p->count, sizeof *blended);
    double *bonus = mem_zeroed(p->count, sizeof *bonus);
    for (size_t i = 0; i < p->count; i++)
        own[i] = p->best[i].made.own;
    ranking_neighbours_blend(blended, own, &similarity);
    ranking_leaders_bonus(bonus, blended, &similarity);
    for (size_t i = 0; i < p->count; i++) {
        p->best[i].made.neighbours = blended[i] - own[i];
        p->best[i].made.leaders = bonus[i];
        p->best[i].hit.score = blended[i] + bonus[i];
    }
    free(own);
    free(blended);
    free(bonus);
}

/* --- order ---------------------------------------------------------------- */

/* Insertion keeps equals in their order, and they are nearly sorted. */
static void sort_by_score(struct ranked *best, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        const struct ranked one = best[i];
        size_t at = i;
        for (; at > 0 && best[at - 1].hit.score < one.hit.score; at--)
            best[at] = best[at - 1];
        best[at] = one;
    }
}

static void sort_by_date(struct ranked *best, double *dates, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        const struct ranked one = best[i];
        double date = dates[i];
        size_t at = i;
        for (; at > 0 && dates[at - 1] < date; at--) {
            best[at] = best[at - 1];
            dates[at] = dates[at - 1];
        }
        best[at] = one;
        dates[at] = date;
    }
}

static enum status date_of(double *out, struct archive *archive,
                           struct engine_document document, struct error *err)
{
    AUTO_DONE(strbuf) packed = STRBUF_INIT(ENGINE_NUMBER_MAX);
    enum status status = engine_document_value(archive_index(archive), document,
                                               SLOT_PUBLISHED, &packed, err);
    *out =
        packed.len > 0 ? engine_number_unpack(strbuf_text(&packed)) : -INFINITY;
    return status;
}

/* Those of one score: the newest first, undated ones last; as far as it decides
 * which hits come first. */
static enum status order_equals(struct pass *p, struct error *err)
{
    double dates[SEARCH_SECOND_PASS];
    struct ranked *best = p->best;
    const size_t count = p->count;
    const size_t wanted = p->request->first + p->request->count;
    for (size_t from = 0, to; from < count && from < wanted; from = to) {
        const double score = best[from].hit.score;
        for (to = from + 1; to < count && best[to].hit.score == score;)
            to++;
        for (size_t i = from; to - from > 1 && i < to; i++) {
            enum status status = date_of(&dates[i], p->request->archive,
                                         best[i].hit.document, err);
            if (status != STATUS_OK)
                return status;
        }
        sort_by_date(best + from, dates + from, to - from);
    }
    return STATUS_OK;
}

/* --- the whole ------------------------------------------------------------ */

/* To what is printed, lest the order in which numbers were added up decide
 * between equals. */
static void round_scores(struct pass *p)
{
    const double unit = 1e-6;
    for (size_t i = 0; i < p->count; i++)
        p->best[i].hit.score = round(p->best[i].hit.score / unit) * unit;
}

/* Those behind keep their order and their distances, below the last. */
static void scale_rest(struct pass *p)
{
    const double last = p->best[p->count - 1].hit.score;
    if (p->first_pass_worst > last)
        for (size_t i = p->count; i < p->result->count; i++)
            p->result->hits[i].score *= last / p->first_pass_worst;
}

static enum status rank(struct pass *p, struct error *err)
{
    ranking_streams_init(&p->streams, p->request->archive, p->result->hits,
                         p->count);
    p->result->average_length =
        ranking_streams_lengths(&p->streams, p->result->hits);
    for (size_t i = 0; i < p->count; i++)
        p->best[i].hit.length = p->result->hits[i].length;
    enum status status = score_by_words(p, err);
    if (status != STATUS_OK)
        return status;
    if (p->request->ranking == SEARCH_NEIGHBOURS)
        score_by_neighbours(p);
    round_scores(p);
    sort_by_score(p->best, p->count);
    scale_rest(p);
    return STATUS_OK;
}

static void take_best(struct pass *p)
{
    for (size_t i = 0; i < p->count; i++)
        p->best[i].hit = p->result->hits[i];
    p->first_pass_worst = p->best[p->count - 1].hit.score;
}

static void give_best(const struct pass *p)
{
    struct search_result *result = p->result;
    for (size_t i = 0; i < p->count; i++)
        result->hits[i] = p->best[i].hit;
    if (p->request->ranking == SEARCH_BM25)
        return;
    result->reranked = mem_zeroed(p->count, sizeof *result->reranked);
    result->reranked_count = p->count;
    for (size_t i = 0; i < p->count; i++)
        result->reranked[i] = p->best[i].made;
}

enum status second_pass_run(struct search_result *result,
                            const struct search_request *request,
                            struct error *err)
{
    struct pass p = {
        .request = request,
        .result = result,
        .count = result->count < SEARCH_SECOND_PASS ? result->count
                                                    : SEARCH_SECOND_PASS,
    };
    enum status status = STATUS_OK;
    if (p.count == 0)
        return STATUS_OK;
    take_best(&p);
    if (request->ranking != SEARCH_BM25)
        status = rank(&p, err);
    if (status == STATUS_OK && request->equals == SEARCH_EQUALS_NEWEST_FIRST)
        status = order_equals(&p, err);
    if (status == STATUS_OK)
        give_best(&p);
    ranking_streams_done(&p.streams);
    return status;
}
