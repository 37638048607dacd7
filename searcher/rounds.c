#include "searcher/rounds.h"

#include "common/fields.h"
#include "common/mem.h"

enum { FIRST_ROUND = 100, GROWTH = 4, LAST_ROUND = 1600 };

static enum status take_round(struct engine_hits *out,
                              const struct search_request *request,
                              size_t count, struct error *err)
{
    const struct engine_request round = {
        .query = plan_loose_query(request->plan),
        .count = count,
        .sort = ENGINE_RELEVANCE,
        .sort_slot = SLOT_PUBLISHED,
        .check_at_least = SEARCH_CHEAP_TOTAL,
        .few = SEARCH_CHEAP_TOTAL,
        .deadline_s = request->deadline_s,
    };
    return engine_search(out, archive_index(request->archive), &round, err);
}

/* Adds those of `hits` from `*looked_at` on that satisfy the conditions, until
 * there are `wanted`. */
static void check_round(struct search_result *r, size_t *looked_at,
                        const struct engine_hits *hits, const struct plan *plan,
                        size_t wanted)
{
    for (; *looked_at < hits->count && r->count < wanted; ++*looked_at) {
        const struct engine_hit *hit = &hits->hits[*looked_at];
        if (plan_holds(plan, hit->document))
            r->hits[r->count++] = (struct search_hit){.document = hit->document,
                                                      .score = hit->weight};
    }
}

static bool are_all(const struct engine_hits *hits)
{
    return hits->total_lower == hits->total_upper &&
           hits->count == hits->total_upper;
}

/* How many there are, of whom some are counted. */
static uint64_t count_all(uint64_t counted, size_t looked_at,
                          const struct engine_hits *hits,
                          const struct plan *plan)
{
    for (size_t i = looked_at; i < hits->count; i++)
        counted += plan_holds(plan, hits->hits[i].document);
    return counted;
}

/* Of a round that ran out of time something is better than nothing; the best of
 * those before are better still. */
static void take_in_time(struct search_result *out, struct search_result *found,
                         size_t *looked_at, const struct engine_hits *hits,
                         const struct search_request *request)
{
    if (found->count == 0)
        check_round(found, looked_at, hits, request->plan, request->count);
    found->total = found->count;
    found->end = SEARCH_TIMED_OUT;
    *out = *found;
    *found = (struct search_result){0};
}

uint64_t rounds_guess(double total)
{
    double unit = 1;
    while (total / unit >= 100)
        unit *= 10;
    return (uint64_t)(total / unit + 0.5) * (uint64_t)unit;
}

enum status rounds_run(enum rounds_outcome *outcome, struct search_result *out,
                       const struct search_request *request, size_t wanted,
                       struct error *err)
{
    AUTO_DONE(search_result) r = {.exactness = SEARCH_TOTAL_ABOUT};
    size_t looked_at = 0;
    *outcome = ROUNDS_GIVEN_UP;
    if (wanted > LAST_ROUND)
        return STATUS_OK;
    r.hits = mem_zeroed(wanted, sizeof *r.hits);
    for (size_t n = FIRST_ROUND; n <= LAST_ROUND; n *= GROWTH) {
        AUTO_DONE(engine_hits) hits = {0};
        enum status status = take_round(&hits, request, n, err);
        if (status != STATUS_OK)
            return status;
        if (hits.end == ENGINE_TIMED_OUT) {
            *outcome = ROUNDS_FOUND;
            take_in_time(out, &r, &looked_at, &hits, request);
            return STATUS_OK;
        }
        const bool all = are_all(&hits);
        if (hits.total_lower <= SEARCH_CHEAP_TOTAL && !all)
            return STATUS_OK;
        check_round(&r, &looked_at, &hits, request->plan, wanted);
        double share = (double)r.count / (double)looked_at;
        if (all || r.count == wanted) {
            *outcome = ROUNDS_FOUND;
            r.total = all ? count_all(r.count, looked_at, &hits, request->plan)
                          : rounds_guess(share * hits.total_estimated);
            r.exactness = all ? SEARCH_TOTAL_EXACT : SEARCH_TOTAL_ABOUT;
            *out = r;
            r = (struct search_result){0};
            return STATUS_OK;
        }
        if (share * LAST_ROUND < (double)wanted)
            return STATUS_OK;
    }
    return STATUS_OK;
}
