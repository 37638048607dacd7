#include "searcher/search.h"

#include <stdlib.h>

#include "common/fields.h"
#include "common/mem.h"
#include "searcher/rounds.h"
#include "searcher/second_pass.h"

void search_result_done(struct search_result *result)
{
    free(result->hits);
    free(result->reranked);
    *result = (struct search_result){0};
}

/* --- the first pass ------------------------------------------------------- */

static void take_hits(struct search_result *out, const struct engine_hits *hits)
{
    out->hits = mem_zeroed(hits->count, sizeof *out->hits);
    out->count = hits->count;
    for (size_t i = 0; i < hits->count; i++)
        out->hits[i] = (struct search_hit){.document = hits->hits[i].document,
                                           .score = hits->hits[i].weight};
    out->total = hits->total_estimated;
    out->end =
        hits->end == ENGINE_TIMED_OUT ? SEARCH_TIMED_OUT : SEARCH_COMPLETE;
    out->exactness =
        hits->total_lower == hits->total_upper && hits->end == ENGINE_COMPLETE
            ? SEARCH_TOTAL_EXACT
            : SEARCH_TOTAL_ABOUT;
}

static enum status ask_engine(struct search_result *out,
                              const struct search_request *request,
                              enum engine_sort sort, struct error *err)
{
    const struct engine_request ask = {
        .query = plan_query(request->plan),
        .first = request->first,
        .count = request->count,
        .sort = sort,
        .sort_slot = SLOT_PUBLISHED,
        .check_at_least = request->total == SEARCH_TOTAL_EXACT
                              ? UINT32_MAX
                              : SEARCH_CHEAP_TOTAL,
        .tally = request->tally,
        .deadline_s = request->deadline_s,
    };
    AUTO_DONE(engine_hits) hits = {0};
    enum status status =
        engine_search(&hits, archive_index(request->archive), &ask, err);
    if (status == STATUS_OK)
        take_hits(out, &hits);
    return status;
}

static void round_total(struct search_result *r)
{
    if (r->exactness == SEARCH_TOTAL_ABOUT && r->end == SEARCH_COMPLETE)
        r->total = rounds_guess((double)r->total);
    if (r->total < r->count)
        r->total = r->count;
}

/* Positional conditions that every match must satisfy are checked of the best
 * articles that have the words: by the engine where it can, else in rounds. */
static enum status find_best(struct search_result *out,
                             const struct search_request *request,
                             struct error *err)
{
    enum rounds_outcome outcome = ROUNDS_GIVEN_UP;
    const struct plan *plan = request->plan;
    const bool by_engine = engine_query_checks_best_first(plan_query(plan));
    enum status status = STATUS_OK;
    if (request->total == SEARCH_TOTAL_ABOUT && plan_loose_query(plan) &&
        !by_engine)
        status = rounds_run(&outcome, out, request, request->count, err);
    if (status != STATUS_OK || outcome == ROUNDS_FOUND)
        return status;
    status = ask_engine(out, request, ENGINE_RELEVANCE, err);
    if (status == STATUS_OK && by_engine)
        round_total(out);
    return status;
}

/* --- the whole ------------------------------------------------------------ */

static void keep_page(struct search_result *r, size_t first, size_t count)
{
    size_t from = first < r->count ? first : r->count;
    size_t kept = count < r->count - from ? count : r->count - from;
    for (size_t i = 0; i < kept; i++)
        r->hits[i] = r->hits[from + i];
    r->count = kept;
    const size_t left = from < r->reranked_count ? r->reranked_count - from : 0;
    for (size_t i = 0; i < left; i++)
        r->reranked[i] = r->reranked[from + i];
    r->reranked_count = left;
}

static enum status run_two_passes(struct search_result *out,
                                  const struct search_request *request,
                                  struct error *err)
{
    struct search_request whole = *request;
    whole.first = 0;
    whole.count = request->first + request->count;
    if (whole.count < SEARCH_SECOND_PASS)
        whole.count = SEARCH_SECOND_PASS;
    enum status status = find_best(out, &whole, err);
    if (status == STATUS_OK)
        status = second_pass_run(out, request, err);
    keep_page(out, request->first, request->count);
    return status;
}

static enum status run(struct search_result *out,
                       const struct search_request *request, struct error *err)
{
    if (request->sort != ENGINE_RELEVANCE)
        return ask_engine(out, request, request->sort, err);
    if (!plan_is_ranked(request->plan))
        return ask_engine(out, request, ENGINE_NEWEST, err);
    if (request->count == 0 && request->total == SEARCH_TOTAL_EXACT)
        return ask_engine(out, request, ENGINE_RELEVANCE, err);
    return run_two_passes(out, request, err);
}

enum status search_run(struct search_result *out,
                       const struct search_request *request, struct error *err)
{
    AUTO_DONE(search_result) result = {0};
    enum status status = run(&result, request, err);
    if (status == STATUS_OK)
        status = plan_intact(request->plan, err);
    if (status != STATUS_OK)
        return status;
    *out = result;
    result = (struct search_result){0};
    return STATUS_OK;
}
