#include "searcher/search.h"

#include <stdlib.h>

#include "common/fields.h"
#include "common/mem.h"
#include "searcher/archive_evaluator.h"

/* A total is counted out if that takes looking at no more matches. */
enum { CHEAP_TOTAL = 1000 };

/* What a pair of words that stand together adds, as a share of the sum of
 * their inverse frequencies. */
static const double pair_share = 0.3;

void search_result_done(struct search_result *result)
{
    free(result->hits);
    *result = (struct search_result){0};
}

/* --- the second pass ------------------------------------------------------ */

static void add_bonus(struct search_result *r, size_t looked_at,
                      const struct plan_pair *pair,
                      const struct archive *archive)
{
    AUTO(evaluator) e = archive_evaluator(archive, pair->adjacent);
    for (size_t i = 0; i < looked_at; i++) {
        struct search_hit *hit = &r->hits[i];
        if (evaluator_check(e, hit->document.segment, hit->document.docid))
            hit->bonus += pair_share * pair->idf;
    }
}

/* By score; what the first pass put in order stays so. */
static int compare(const void *a, const void *b)
{
    const struct search_hit *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if (x->document.docid != y->document.docid)
        return x->document.docid < y->document.docid ? -1 : 1;
    return (x->document.segment > y->document.segment) -
           (x->document.segment < y->document.segment);
}

static void rank_again(struct search_result *r,
                       const struct search_request *request)
{
    size_t pair_count;
    const struct plan_pair *pairs = plan_pairs(request->plan, &pair_count);
    size_t looked_at =
        r->count < SEARCH_SECOND_PASS ? r->count : SEARCH_SECOND_PASS;
    if (pair_count == 0 || looked_at < 2)
        return;
    for (size_t i = 0; i < pair_count; i++)
        add_bonus(r, looked_at, &pairs[i], request->archive);
    for (size_t i = 0; i < looked_at; i++)
        r->hits[i].score += r->hits[i].bonus;
    qsort(r->hits, looked_at, sizeof *r->hits, compare);
}

/* --- the whole ------------------------------------------------------------ */

static void take_hits(struct search_result *out, const struct engine_hits *hits)
{
    out->hits = mem_zeroed(hits->count, sizeof *out->hits);
    out->count = hits->count;
    for (size_t i = 0; i < hits->count; i++)
        out->hits[i] = (struct search_hit){hits->hits[i].document,
                                           hits->hits[i].weight, 0};
    out->total = hits->total_estimated;
    out->exactness = hits->total_lower == hits->total_upper
                         ? SEARCH_TOTAL_EXACT
                         : SEARCH_TOTAL_ABOUT;
}

static void keep_page(struct search_result *r, size_t first, size_t count)
{
    size_t from = first < r->count ? first : r->count;
    size_t kept = count < r->count - from ? count : r->count - from;
    for (size_t i = 0; i < kept; i++)
        r->hits[i] = r->hits[from + i];
    r->count = kept;
}

enum status search_run(struct search_result *out,
                       const struct search_request *request, struct error *err)
{
    bool two_passes = request->sort == ENGINE_RELEVANCE &&
                      request->first < SEARCH_SECOND_PASS && request->count > 0;
    size_t wanted = request->first + request->count;
    if (two_passes && wanted < SEARCH_SECOND_PASS)
        wanted = SEARCH_SECOND_PASS;
    const struct engine_request first_pass = {
        .query = plan_query(request->plan),
        .first = two_passes ? 0 : request->first,
        .count = two_passes ? wanted : request->count,
        .sort = request->sort,
        .sort_slot = SLOT_PUBLISHED,
        .check_at_least =
            request->total == SEARCH_TOTAL_EXACT ? UINT32_MAX : CHEAP_TOTAL,
    };
    AUTO_DONE(engine_hits) hits = {0};
    enum status status =
        engine_search(&hits, archive_index(request->archive), &first_pass, err);
    if (status != STATUS_OK)
        return status;
    take_hits(out, &hits);
    if (two_passes) {
        rank_again(out, request);
        keep_page(out, request->first, request->count);
    }
    return STATUS_OK;
}
