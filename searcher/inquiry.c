#include "searcher/inquiry.h"

#include <time.h>

#include "searcher/advice.h"

enum status inquiry_begin(struct inquiry *out,
                          const struct inquiry_request *request,
                          struct error *err)
{
    struct inquiry q = {
        .holdings = request->holdings,
        .settings = *request->settings,
        .deadline_s = request->deadline_s,
        .arena = ARENA_INIT,
    };
    holdings_forget(q.holdings);
    enum status status = query_parse(&q.query, request->text, err);
    if (status == STATUS_OK)
        *out = q;
    return status;
}

void inquiry_done(struct inquiry *q)
{
    plan_free(q->plan);
    query_free(q->query);
    arena_done(&q->arena);
    *q = (struct inquiry){.holdings = NULL};
}

/* Replaces the plan. */
static enum status plan(struct inquiry *q, enum plan_match match,
                        struct error *err)
{
    AUTO(plan) made = NULL;
    const struct plan_request request = {
        .query = q->query,
        .archive = q->holdings->archive,
        .analyzer = q->holdings->analyzer,
        .match = match,
        .more = q->added.more,
        .more_count = q->added.count,
        .since = q->settings.since,
        .until = q->settings.until,
        .clock = {(timestamp)time(NULL), q->settings.zone},
        .deadline_s = q->deadline_s,
    };
    enum status status = plan_new(&made, &request, err);
    if (status != STATUS_OK)
        return status;
    plan_free(q->plan);
    q->plan = TAKE(made);
    return STATUS_OK;
}

struct search_request inquiry_request(const struct inquiry *q)
{
    return (struct search_request){
        .plan = q->plan,
        .archive = q->holdings->archive,
        .sort = (enum engine_sort)q->settings.sort,
        .ranking = (enum search_ranking)q->settings.ranking,
        .stems = q->holdings->stems,
        .total = SEARCH_TOTAL_ABOUT,
        .deadline_s = q->deadline_s,
    };
}

/* What the best articles with any of the words have in common is searched for
 * as well. */
static enum status expand(struct inquiry *q, struct error *err)
{
    AUTO_DONE(search_result) best = {0};
    struct search_request request = inquiry_request(q);
    request.count = SEARCH_SECOND_PASS;
    request.equals = SEARCH_EQUALS_IN_ANY_ORDER;
    enum status status = search_run(&best, &request, err);
    if (status != STATUS_OK)
        return status;
    q->added = expand_words(&best, &request, &q->arena);
    return plan(q, PLAN_ANY, err);
}

enum status inquiry_plan(struct inquiry *q, struct error *err)
{
    const bool any = q->settings.match == MATCH_ANY_WORD || q->settings.expand;
    enum status status = plan(q, any ? PLAN_ANY : PLAN_AS_WRITTEN, err);
    return status == STATUS_OK && q->settings.expand ? expand(q, err) : status;
}

enum status inquiry_suggest(struct inquiry *q,
                            const struct search_result *result,
                            struct error *err)
{
    struct suggest_request request = {.query = q->query,
                                      .archive = q->holdings->archive,
                                      .analyzer = q->holdings->analyzer,
                                      .arena = &q->arena};
    return advice_suggest(&q->suggestion, &request, q->plan, result, err);
}

enum status inquiry_fall_back(struct inquiry *q, struct search_result *result,
                              const struct search_request *request,
                              struct error *err)
{
    AUTO_DONE(search_result) wider = {0};
    struct search_request again = *request;
    enum status status = plan(q, PLAN_ANY, err);
    again.plan = q->plan;
    if (status == STATUS_OK)
        status = search_run(&wider, &again, err);
    if (status != STATUS_OK)
        return status;
    search_result_done(result);
    *result = wider;
    wider = (struct search_result){.count = 0};
    return STATUS_OK;
}
