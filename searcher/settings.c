#include "searcher/settings.h"

#include <stdlib.h>

#define TIMEOUT_MIN_S 0.001
#define TIMEOUT_MAX_S 86400.0

enum { LIMIT_USUAL = 10 };

enum edge { EDGE_FIRST, EDGE_LAST };

struct date_option {
    const char *dashes, *name, *typed;
    enum edge edge;
};

/* The first or the last second of what a person typed as a date. */
static enum status read_date(timestamp *out, struct date_option option,
                             const struct zone *zone, struct error *err)
{
    if (!option.typed)
        return STATUS_OK;
    timestamp first, last;
    if (!zone_parse_range(zone, text_from(option.typed), &first, &last))
        return error_set(err, STATUS_USAGE,
                         "option '%s%s' needs a date such as 2022-02-07, "
                         "2022-02 or 2022, not '%s'",
                         option.dashes, option.name, option.typed);
    *out = option.edge == EDGE_FIRST ? first : last;
    return STATUS_OK;
}

static enum status read_dates(struct searcher_settings *s, const char *dashes,
                              struct error *err)
{
    const struct date_option since = {dashes, "since", s->since_text,
                                      EDGE_FIRST};
    const struct date_option until = {dashes, "until", s->until_text,
                                      EDGE_LAST};
    enum status status = STATUS_OK;
    if (s->timezone_text &&
        (status = zone_read(&s->zone, s->timezone_text, err)) != STATUS_OK)
        return error_prefix(err, "option '%stimezone'", dashes);
    status = read_date(&s->since, since, &s->zone, err);
    if (status == STATUS_OK)
        status = read_date(&s->until, until, &s->zone, err);
    if (status != STATUS_OK)
        return status;
    if (s->since != TIMESTAMP_UNKNOWN && s->until != TIMESTAMP_UNKNOWN &&
        s->since > s->until)
        return error_set(err, STATUS_USAGE,
                         "'%ssince %s' is after '%suntil %s'", dashes,
                         s->since_text, dashes, s->until_text);
    return STATUS_OK;
}

static enum status read_timeout(struct searcher_settings *s, const char *dashes,
                                struct error *err)
{
    char *end;
    if (!s->timeout_text)
        return STATUS_OK;
    s->timeout_s = strtod(s->timeout_text, &end);
    if (end == s->timeout_text || *end || !(s->timeout_s >= TIMEOUT_MIN_S) ||
        s->timeout_s > TIMEOUT_MAX_S)
        return error_set(err, STATUS_USAGE,
                         "option '%stimeout' needs seconds from %g to %g, such "
                         "as 2.5, not '%s'",
                         dashes, TIMEOUT_MIN_S, TIMEOUT_MAX_S, s->timeout_text);
    return STATUS_OK;
}

static void want_matrix(struct searcher_settings *s)
{
    static const enum facet_kind kinds[] = {[MATRIX_YEAR] = FACET_YEAR,
                                            [MATRIX_MONTH] = FACET_MONTH,
                                            [MATRIX_DAY] = FACET_DAY,
                                            [MATRIX_SOURCE] = FACET_SOURCE,
                                            [MATRIX_SECTION] = FACET_SECTION};
    const enum facet_kind kind = kinds[s->matrix];
    s->facets = (struct facets_wanted){.top = SIZE_MAX, .zone = s->zone};
    if (s->matrix == MATRIX_SOURCE || s->matrix == MATRIX_SECTION) {
        s->facets.kinds[s->facets.count++] = kind;
    } else {
        s->facets.has_timeline = true;
        s->facets.timeline = kind;
    }
}

static enum status read_facets(struct searcher_settings *s, struct error *err)
{
    static const enum facet_kind periods_of[] = {
        [BY_YEAR] = FACET_YEAR, [BY_MONTH] = FACET_MONTH, [BY_DAY] = FACET_DAY};
    if (s->matrix != NO_MATRIX) {
        want_matrix(s);
        return STATUS_OK;
    }
    s->facets.top = (size_t)s->top;
    s->facets.has_timeline = s->timeline != NO_TIMELINE;
    s->facets.timeline = periods_of[s->timeline];
    s->facets.zone = s->zone;
    return s->facet_list ? facets_parse(&s->facets, s->facet_list, err)
                         : STATUS_OK;
}

static enum status read_limit(struct searcher_settings *s, struct error *err)
{
    if (s->all && s->limit != SETTINGS_LIMIT_UNSET)
        return error_set(err, STATUS_USAGE, "'--all' stands without '--limit'");
    if (s->limit == SETTINGS_LIMIT_UNSET)
        s->limit = s->all ? UINT32_MAX : LIMIT_USUAL;
    return STATUS_OK;
}

enum status settings_complete(struct searcher_settings *s, const char *dashes,
                              struct error *err)
{
    enum status status = read_dates(s, dashes, err);
    if (status == STATUS_OK)
        status = read_timeout(s, dashes, err);
    if (status == STATUS_OK)
        status = read_limit(s, err);
    if (status == STATUS_OK)
        status = read_facets(s, err);
    if (status == STATUS_OK && s->field_list)
        status = output_fields_parse(&s->fields, s->field_list, err);
    return status;
}
