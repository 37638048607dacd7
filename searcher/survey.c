#include "searcher/survey.h"

#include <math.h>
#include <stdint.h>

static const struct facets_wanted everything = {
    .kinds = {[SURVEY_SOURCES] = FACET_SOURCE,
              [SURVEY_SECTIONS] = FACET_SECTION,
              [SURVEY_YEARS] = FACET_YEAR,
              [SURVEY_DAYS] = FACET_DAY},
    .count = SURVEY_DAYS + 1,
    .top = SIZE_MAX,
};

static enum status count(struct survey *s, struct holdings *holdings,
                         const struct plan *plan, const struct zone *zone,
                         struct error *err)
{
    struct facets_wanted wanted = everything;
    wanted.zone = *zone;
    const struct facets_request request = {plan, holdings->archive, &wanted,
                                           INFINITY};
    enum status status = facets_count(&s->facets, &request, err);
    s->is_taken = status == STATUS_OK;
    return status;
}

static enum status count_all(struct survey *s, struct holdings *holdings,
                             const struct zone *zone, struct error *err)
{
    AUTO(query) query = NULL;
    AUTO(plan) plan = NULL;
    enum status status = query_parse(&query, text_from("*"), err);
    const struct plan_request request = {
        .query = query,
        .archive = holdings->archive,
        .analyzer = holdings->analyzer,
        .since = TIMESTAMP_UNKNOWN,
        .until = TIMESTAMP_UNKNOWN,
    };
    if (status == STATUS_OK)
        status = plan_new(&plan, &request, err);
    return status == STATUS_OK ? count(s, holdings, plan, zone, err) : status;
}

enum status survey_take(struct survey *s, struct holdings *holdings,
                        const struct plan *plan, const struct zone *zone,
                        struct error *err)
{
    if (s->is_taken)
        return STATUS_OK;
    return plan ? count(s, holdings, plan, zone, err)
                : count_all(s, holdings, zone, err);
}

void survey_done(struct survey *s)
{
    if (s->is_taken)
        facets_done(&s->facets);
    *s = (struct survey){.is_taken = false};
}
