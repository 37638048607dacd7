#include "searcher/plan_limit.h"

#include <math.h>

#include "common/fields.h"
#include "searcher/plan_days.h"

enum { DAY_S = 86400 };

/* In wall seconds, as all here until the end. */
static timestamp day_start(timestamp t)
{
    timestamp into = ((t % DAY_S) + DAY_S) % DAY_S;
    return t - into;
}

/* The day, or the last of a month that is too short for it. */
static timestamp clamp_day(const struct calendar *c)
{
    const struct calendar first = {
        .year = c->year, .month = c->month, .day = 1};
    const struct calendar next = {
        .year = c->year + c->month / 12, .month = c->month % 12 + 1, .day = 1};
    timestamp day = timestamp_from_calendar(&first) + (c->day - 1) * DAY_S;
    timestamp last = timestamp_from_calendar(&next) - DAY_S;
    return day < last ? day : last;
}

/* 7d, 2w, 3m, 1y: so long before today. */
static bool age_start(struct text typed, timestamp now, timestamp *out)
{
    int64_t n = 0;
    for (size_t i = 0; i + 1 < typed.len; i++) {
        if (typed.ptr[i] < '0' || typed.ptr[i] > '9')
            return false;
        n = n * 10 + (typed.ptr[i] - '0');
    }
    struct calendar c = timestamp_calendar(day_start(now));
    switch (typed.len > 1 ? typed.ptr[typed.len - 1] : '\0') {
    case 'd':
        *out = day_start(now) - n * DAY_S;
        return true;
    case 'w':
        *out = day_start(now) - n * 7 * DAY_S;
        return true;
    case 'm': {
        int64_t months = (int64_t)c.year * 12 + c.month - 1 - n;
        c.year = (int)(months / 12);
        c.month = (int)(months % 12) + 1;
        break;
    }
    case 'y':
        c.year -= (int)n;
        break;
    default:
        return false;
    }
    *out = clamp_day(&c);
    return true;
}

static bool read_date(struct text typed, const struct plan_clock *clock,
                      timestamp *first, timestamp *last)
{
    const struct zone *zone = &clock->zone;
    timestamp now = zone_wall(zone, clock->now), start;
    if (text_is(typed, "today"))
        start = day_start(now);
    else if (text_is(typed, "yesterday"))
        start = day_start(now) - DAY_S;
    else if (!age_start(typed, now, &start))
        return zone_parse_range(zone, typed, first, last);
    *first = zone_moment(zone, start);
    *last = zone_moment(zone, start + DAY_S) - 1;
    return true;
}

/* Seconds or words; infinite where it is open. */
struct limits {
    double from, to;
};

static enum status read_dates(struct limits *out, const struct query_node *node,
                              const struct plan_clock *clock, struct error *err)
{
    struct limits dates = {-INFINITY, INFINITY};
    const struct {
        struct text typed;
        double *edge;
    } ends[] = {{node->text, &dates.from}, {node->last, &dates.to}};
    for (int i = 0; i < 2; i++) {
        timestamp first, last;
        if (ends[i].typed.len == 0)
            continue;
        if (!read_date(ends[i].typed, clock, &first, &last))
            return error_set_at(err, STATUS_QUERY, node->offset,
                                "'%.*s' is not in the calendar",
                                TEXT_ARG(ends[i].typed));
        *ends[i].edge = (double)(i == 0 ? first : last);
    }
    if (dates.from > dates.to)
        return error_set_at(err, STATUS_QUERY, node->offset,
                            "the dates end before they begin");
    *out = dates;
    return STATUS_OK;
}

static enum status read_lengths(struct limits *out,
                                const struct query_node *node,
                                struct error *err)
{
    const struct limits lengths = {
        node->number,
        node->number_last == UINT32_MAX ? INFINITY : (double)node->number_last};
    if (lengths.from > lengths.to)
        return error_set_at(err, STATUS_QUERY, node->offset,
                            "the lengths end before they begin");
    *out = lengths;
    return STATUS_OK;
}

static enum status read_limits(struct limits *out,
                               const struct query_node *node,
                               const struct plan_clock *clock,
                               struct error *err)
{
    return node->kind == QUERY_DATE ? read_dates(out, node, clock, err)
                                    : read_lengths(out, node, err);
}

/* Narrows `all`; false if nothing is left. */
static bool narrow(struct limits *all, const struct limits *by)
{
    all->from = by->from > all->from ? by->from : all->from;
    all->to = by->to < all->to ? by->to : all->to;
    return all->from <= all->to;
}

static enum status contradiction(const struct query_node *last,
                                 struct error *err)
{
    if (last->kind == QUERY_DATE)
        return error_set_at(err, STATUS_QUERY, last->offset,
                            "no day is within this and the limits before "
                            "it: expected since before until");
    return error_set_at(err, STATUS_QUERY, last->offset,
                        "no length is within this and the limits before it");
}

static bool is_undated(const struct query_node *node)
{
    return node->kind == QUERY_DATE && text_is(node->text, QUERY_UNDATED);
}

enum status plan_limit_check(const struct query_node *and_node,
                             const struct plan_clock *clock, struct error *err)
{
    struct limits dates = {-INFINITY, INFINITY}, lengths = {0, INFINITY};
    for (size_t i = 0; i < and_node->child_count; i++) {
        const struct query_node *part = and_node->children[i];
        if ((part->kind != QUERY_DATE && part->kind != QUERY_LENGTH) ||
            is_undated(part))
            continue;
        struct limits limits;
        enum status status = read_limits(&limits, part, clock, err);
        if (status != STATUS_OK)
            return status;
        if (!narrow(part->kind == QUERY_DATE ? &dates : &lengths, &limits))
            return contradiction(part, err);
    }
    return STATUS_OK;
}

enum status plan_limit(struct engine_query **out, const struct query_node *node,
                       const struct plan_clock *clock, struct archive *archive,
                       struct error *err)
{
    if (is_undated(node)) {
        struct engine_query *term =
            engine_query_term(text_from(TERM_UNDATED), 1);
        *out = engine_query_scale(term, 0);
        return STATUS_OK;
    }
    struct limits limits;
    enum status status = read_limits(&limits, node, clock, err);
    if (status != STATUS_OK)
        return status;
    if (node->kind == QUERY_DATE)
        return plan_days(out, archive, limits.from, limits.to, err);
    *out = engine_query_range(SLOT_WORDS, limits.from, limits.to);
    return STATUS_OK;
}
