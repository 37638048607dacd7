#include "searcher/plan_days.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "common/fields.h"
#include "common/timestamp.h"

enum {
    DAY_S = 86400,
    TERMS_MAX = 96, /* two years by days and months, and some years between */
    SMALL_PART = 4, /* of the archive: a quarter */
    YEAR_MIN = 1000,
    YEAR_MAX = 9999 /* terms have four digits of it */
};

struct days {
    struct archive *archive;
    timestamp first, last; /* midnights, in UTC */
    int year_min, year_max;
    struct engine_query *terms[TERMS_MAX];
    size_t count;
    uint64_t articles; /* that have them */
};

static timestamp midnight(timestamp t)
{
    return t - ((t % DAY_S) + DAY_S) % DAY_S;
}

/* The 13th month is the first of the next year. */
static timestamp start_of(int year, int month)
{
    const bool next = month > 12;
    return timestamp_from_calendar(&(struct calendar){
        .year = year + next, .month = next ? 1 : month, .day = 1});
}

/* --- an open end ---------------------------------------------------------- */

static bool note_year(void *context, struct text term, uint32_t frequency)
{
    struct days *d = context;
    int year;
    char digits[8] = "";
    (void)frequency;
    if (term.len != strlen(PREFIX_YEAR) + 4)
        return true;
    memcpy(digits, term.ptr + strlen(PREFIX_YEAR), 4);
    if (sscanf(digits, "%d", &year) != 1)
        return true;
    d->year_min = year < d->year_min ? year : d->year_min;
    d->year_max = year > d->year_max ? year : d->year_max;
    return true;
}

/* The years that there are articles of. */
static enum status find_years(struct days *d, struct error *err)
{
    struct engine_index *index = archive_index(d->archive);
    enum status status = STATUS_OK;
    d->year_min = YEAR_MAX;
    d->year_max = YEAR_MIN;
    for (size_t i = 0; i < engine_index_segments(index) && status == STATUS_OK;
         i++)
        status =
            engine_terms(index, i, text_from(PREFIX_YEAR), note_year, d, err);
    return status;
}

static enum status find_ends(struct days *d, double from, double to,
                             struct error *err)
{
    enum status status = STATUS_OK;
    if (isinf(from) || isinf(to))
        status = find_years(d, err);
    d->first =
        isinf(from) ? start_of(d->year_min, 1) : midnight((timestamp)from);
    d->last = isinf(to) ? start_of(d->year_max + 1, 1) - DAY_S
                        : midnight((timestamp)to);
    return status;
}

/* --- terms ---------------------------------------------------------------- */

static enum status add_term(struct days *d, const char *name, struct error *err)
{
    uint32_t frequency;
    enum status status = engine_term_frequency(
        archive_index(d->archive), text_from(name), &frequency, err);
    if (status != STATUS_OK || frequency == 0)
        return status;
    d->articles += frequency;
    d->terms[d->count++] = engine_query_term(text_from(name), 1);
    return STATUS_OK;
}

/* The longest of year, month and day that begins at `from` and ends in time;
 * `*next` becomes the day after it. */
static void name_next(const struct days *d, timestamp from, timestamp *next,
                      char name[32])
{
    const struct calendar c = timestamp_calendar(from);
    const timestamp year_end = start_of(c.year + 1, 1);
    const timestamp month_end = start_of(c.year, c.month + 1);
    if (c.month == 1 && c.day == 1 && year_end - DAY_S <= d->last) {
        snprintf(name, 32, PREFIX_YEAR "%04d", c.year);
        *next = year_end;
    } else if (c.day == 1 && month_end - DAY_S <= d->last) {
        snprintf(name, 32, PREFIX_MONTH "%04d%02d", c.year, c.month);
        *next = month_end;
    } else {
        snprintf(name, 32, PREFIX_DAY "%04d%02d%02d", c.year, c.month, c.day);
        *next = from + DAY_S;
    }
}

/* False if there would be too many. */
static bool name_all(struct days *d, enum status *status, struct error *err)
{
    size_t named = 0;
    *status = STATUS_OK;
    if (timestamp_calendar(d->first).year < YEAR_MIN ||
        timestamp_calendar(d->last).year > YEAR_MAX)
        return false;
    for (timestamp at = d->first; at <= d->last && *status == STATUS_OK;) {
        char name[32];
        if (named++ == TERMS_MAX)
            return false;
        name_next(d, at, &at, name);
        *status = add_term(d, name, err);
    }
    return true;
}

static bool is_small(const struct days *d)
{
    return d->articles <=
           manifest_articles(archive_manifest(d->archive)) / SMALL_PART;
}

/* --- the whole ------------------------------------------------------------ */

static void drop_terms(struct days *d)
{
    for (size_t i = 0; i < d->count; i++)
        engine_query_free(d->terms[i]);
}

/* Of any of the terms, and within the range where these are of more. */
static struct engine_query *join(struct days *d, double from, double to)
{
    if (d->count == 0)
        return engine_query_nothing();
    struct engine_query *any = engine_query_scale(
        engine_query_combine(ENGINE_SYNONYM, d->terms, d->count), 0);
    bool whole = (isinf(from) || from <= (double)d->first) &&
                 (isinf(to) || to >= (double)(d->last + DAY_S - 1));
    if (whole)
        return any;
    struct engine_query *parts[] = {
        any, engine_query_range(SLOT_PUBLISHED, from, to)};
    return engine_query_combine(ENGINE_AND, parts, 2);
}

enum status plan_days(struct engine_query **out, struct archive *archive,
                      double from, double to, struct error *err)
{
    struct days d = {.archive = archive};
    enum status status = find_ends(&d, from, to, err);
    if (status != STATUS_OK)
        return status;
    bool named = name_all(&d, &status, err);
    if (status == STATUS_OK && named && is_small(&d)) {
        *out = join(&d, from, to);
        return STATUS_OK;
    }
    drop_terms(&d);
    if (status == STATUS_OK)
        *out = engine_query_range(SLOT_PUBLISHED, from, to);
    return status;
}
