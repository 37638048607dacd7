#include "searcher/timeline.h"

#include <stdio.h>
#include <stdlib.h>

#include "common/mem.h"
#include "common/timestamp.h"

enum { DAY_SECONDS = 86400 };

/* --- days ----------------------------------------------------------------- */

struct span_of_days {
    int64_t first, last;
};

/* The number of a day's label, which facets write. */
static bool read_day(int64_t *out, struct text label)
{
    timestamp first, last;
    if (!timestamp_parse_range(label, &first, &last))
        return false;
    *out = first / DAY_SECONDS; /* without a rest, before 1970 as well */
    return true;
}

static bool find_span(struct span_of_days *out, const struct facet *f)
{
    bool any = false;
    for (size_t i = 0; i < f->count; i++) {
        int64_t day;
        if (!read_day(&day, f->values[i].value))
            continue;
        if (!any || day < out->first)
            out->first = day;
        if (!any || day > out->last)
            out->last = day;
        any = true;
    }
    return any;
}

/* --- periods -------------------------------------------------------------- */

static size_t periods_of(const struct span_of_days *span, enum period_kind kind)
{
    return (size_t)(period_of(span->last, kind) -
                    period_of(span->first, kind)) +
           1;
}

static void choose(struct timeline *t, const struct span_of_days *span,
                   size_t most)
{
    t->kind = PERIOD_DAY;
    while (t->kind != PERIOD_YEAR && periods_of(span, t->kind) > most)
        t->kind--;
    const size_t count = periods_of(span, t->kind);
    t->first = period_of(span->first, t->kind);
    t->merged = (count + most - 1) / most;
    t->count = (count + t->merged - 1) / t->merged;
}

static struct timeline_period *find_period(const struct timeline *t,
                                           struct text label)
{
    int64_t day;
    if (!read_day(&day, label))
        return NULL;
    const int64_t at = period_of(day, t->kind) - t->first;
    if (at < 0 || (size_t)at / t->merged >= t->count)
        return NULL;
    return &t->periods[(size_t)at / t->merged];
}

void timeline_make(struct timeline *out, const struct facet *matches,
                   const struct facet *held, size_t most)
{
    struct span_of_days span;
    *out = (struct timeline){.merged = 1, .undated = matches->without};
    if (!find_span(&span, matches))
        return;
    choose(out, &span, most > 0 ? most : 1);
    out->periods = mem_zeroed(out->count, sizeof *out->periods);
    for (size_t i = 0; i < matches->count; i++) {
        struct timeline_period *p = find_period(out, matches->values[i].value);
        if (!p)
            continue;
        p->matches += matches->values[i].count;
        out->matches += matches->values[i].count;
    }
    for (size_t i = 0; i < held->count; i++) {
        struct timeline_period *p = find_period(out, held->values[i].value);
        if (p)
            p->held += held->values[i].count;
    }
}

void timeline_done(struct timeline *t)
{
    free(t->periods);
    *t = (struct timeline){.periods = NULL};
}

/* --- what is said of them ------------------------------------------------- */

void timeline_label(char out[TIMELINE_LABEL_SIZE], const struct timeline *t,
                    size_t period)
{
    char from[PERIOD_LABEL_SIZE], to[PERIOD_LABEL_SIZE];
    const int64_t first = t->first + (int64_t)(period * t->merged);
    period_label(from, first, t->kind);
    period_label(to, first + (int64_t)t->merged - 1, t->kind);
    if (t->merged == 1)
        snprintf(out, TIMELINE_LABEL_SIZE, "%s", from);
    else
        snprintf(out, TIMELINE_LABEL_SIZE, "%s-%s", from, to);
}

void timeline_unit(char out[TIMELINE_LABEL_SIZE], const struct timeline *t)
{
    static const char *const names[] = {
        [PERIOD_YEAR] = "year", [PERIOD_MONTH] = "month", [PERIOD_DAY] = "day"};
    if (t->merged == 1)
        snprintf(out, TIMELINE_LABEL_SIZE, "%s", names[t->kind]);
    else
        snprintf(out, TIMELINE_LABEL_SIZE, "%zu years", t->merged);
}

double timeline_value(const struct timeline *t, size_t period,
                      enum timeline_measure measure)
{
    const struct timeline_period *p = &t->periods[period];
    if (measure == TIMELINE_ARTICLES)
        return (double)p->matches;
    return p->held > 0 ? (double)p->matches / (double)p->held : 0;
}

size_t timeline_peak(const struct timeline *t, enum timeline_measure measure)
{
    size_t peak = 0;
    for (size_t i = 1; i < t->count; i++)
        if (timeline_value(t, i, measure) > timeline_value(t, peak, measure))
            peak = i;
    return peak;
}
