#include "searcher/facets.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/fields.h"
#include "common/mem.h"
#include "searcher/period.h"
#include "searcher/search.h"

enum { DAY_SECONDS = 86400 };

const char *const facet_names[] = {
    [FACET_SOURCE] = "source", [FACET_SECTION] = "section",
    [FACET_YEAR] = "year",     [FACET_MONTH] = "month",
    [FACET_DAY] = "day",       [FACET_KINDS] = NULL};

/* --- what is wanted ------------------------------------------------------- */

static bool is_wanted(const struct facets_wanted *wanted, enum facet_kind kind)
{
    for (size_t i = 0; i < wanted->count; i++)
        if (wanted->kinds[i] == kind)
            return true;
    return false;
}

enum status facets_parse(struct facets_wanted *wanted, const char *list,
                         struct error *err)
{
    struct text rest = text_from(list), name;
    while (text_split(&rest, ',', &name)) {
        unsigned kind = FACET_SOURCE;
        while (kind < FACET_KINDS && !text_is(name, facet_names[kind]))
            kind++;
        if (kind == FACET_KINDS)
            return error_set(err, STATUS_USAGE,
                             "there is no facet '%.*s': there are source, "
                             "section, year, month and day",
                             TEXT_ARG(text_slice(name, 0, 100)));
        if (!is_wanted(wanted, kind))
            wanted->kinds[wanted->count++] = kind;
    }
    return STATUS_OK;
}

/* --- counting ------------------------------------------------------------- */

static const uint32_t slots[] = {SLOT_SOURCE, SLOT_SECTION, SLOT_PUBLISHED};
enum { SOURCES, SECTIONS, DAYS, COUNTERS };

/* Values are counted as they are stored, and days by their number. */
struct counting {
    struct value_counter counters[COUNTERS];
    uint64_t without[COUNTERS];
    const struct zone *zone;
};

static void count_value(struct counting *c, size_t which, struct text value)
{
    if (value.len > 0)
        value_counter_add(&c->counters[which], value, 1);
    else
        c->without[which]++;
}

static void count_match(void *context, const struct text *values)
{
    struct counting *c = context;
    count_value(c, SOURCES, values[SOURCES]);
    count_value(c, SECTIONS, values[SECTIONS]);
    if (values[DAYS].len == 0) {
        c->without[DAYS]++;
        return;
    }
    const timestamp moment =
        (timestamp)floor(engine_number_unpack(values[DAYS]));
    const timestamp wall = zone_wall(c->zone, moment);
    const int32_t day = (int32_t)floor((double)wall / DAY_SECONDS);
    count_value(c, DAYS, text_make((const char *)&day, sizeof day));
}

/* --- periods -------------------------------------------------------------- */

struct period {
    int64_t number;
    uint64_t count;
};

static enum period_kind kind_of(enum facet_kind kind)
{
    return kind == FACET_YEAR    ? PERIOD_YEAR
           : kind == FACET_MONTH ? PERIOD_MONTH
                                 : PERIOD_DAY;
}

static struct text label_of(struct arena *arena, int64_t number,
                            enum facet_kind kind)
{
    char label[PERIOD_LABEL_SIZE];
    const size_t len = period_label(label, number, kind_of(kind));
    return arena_text(arena, text_make(label, len));
}

static int by_number(const void *a, const void *b)
{
    int64_t x = ((const struct period *)a)->number;
    int64_t y = ((const struct period *)b)->number;
    return (x > y) - (x < y);
}

/* Ascending, each once; as many as there are days at most. */
static size_t count_periods(struct period *out,
                            const struct value_counter *days,
                            enum facet_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < days->count; i++) {
        int32_t day;
        memcpy(&day, days->entries[i].value.ptr, sizeof day);
        out[i] = (struct period){period_of(day, kind_of(kind)),
                                 days->entries[i].count};
    }
    qsort(out, days->count, sizeof *out, by_number);
    for (size_t i = 0; i < days->count; i++) {
        if (count > 0 && out[count - 1].number == out[i].number)
            out[count - 1].count += out[i].count;
        else
            out[count++] = out[i];
    }
    return count;
}

/* --- facets --------------------------------------------------------------- */

static void keep_top(struct facet *f, size_t top)
{
    f->distinct = f->count;
    qsort(f->values, f->count, sizeof *f->values, value_count_most_first);
    if (f->count > top)
        f->count = top;
}

void facet_of_values(struct facet *f, const struct value_counter *counter,
                     size_t top, struct arena *arena)
{
    f->count = counter->count;
    f->values = arena_zeroed(arena, f->count + 1, sizeof *f->values);
    for (size_t i = 0; i < f->count; i++)
        f->values[i] =
            (struct value_count){arena_text(arena, counter->entries[i].value),
                                 counter->entries[i].count};
    keep_top(f, top);
}

enum gaps { GAPS_LEFT, GAPS_FILLED };

static void fill_periods(struct facet *f, const struct value_counter *days,
                         struct arena *arena, enum gaps gaps)
{
    struct period *periods = mem_zeroed(days->count + 1, sizeof *periods);
    size_t count = count_periods(periods, days, f->kind), next = 0;
    int64_t first = periods[0].number;
    f->distinct = count;
    f->count = count;
    if (gaps == GAPS_FILLED && count > 0)
        f->count = (size_t)(periods[count - 1].number - first) + 1;
    f->values = arena_zeroed(arena, f->count + 1, sizeof *f->values);
    for (size_t i = 0; i < f->count; i++) {
        int64_t number =
            gaps == GAPS_FILLED ? first + (int64_t)i : periods[i].number;
        f->values[i].value = label_of(arena, number, f->kind);
        if (periods[next].number == number)
            f->values[i].count = periods[next++].count;
    }
    free(periods);
}

static void make_facet(struct facet *out, enum facet_kind kind,
                       const struct counting *c, struct arena *arena,
                       size_t top)
{
    size_t which = kind == FACET_SOURCE    ? SOURCES
                   : kind == FACET_SECTION ? SECTIONS
                                           : DAYS;
    *out = (struct facet){.kind = kind, .without = c->without[which]};
    if (which != DAYS) {
        facet_of_values(out, &c->counters[which], top, arena);
        return;
    }
    fill_periods(out, &c->counters[DAYS], arena, GAPS_LEFT);
    keep_top(out, top);
}

static void make_facets(struct facets *out, const struct counting *c,
                        const struct facets_wanted *wanted)
{
    for (; out->count < wanted->count; out->count++)
        make_facet(&out->list[out->count], wanted->kinds[out->count], c,
                   &out->arena, wanted->top);
    if (!wanted->has_timeline)
        return;
    out->timeline =
        (struct facet){.kind = wanted->timeline, .without = c->without[DAYS]};
    fill_periods(&out->timeline, &c->counters[DAYS], &out->arena, GAPS_FILLED);
}

enum status facets_count(struct facets *out,
                         const struct facets_request *request,
                         struct error *err)
{
    struct counting counting = {.zone = &request->wanted->zone};
    for (size_t i = 0; i < COUNTERS; i++)
        value_counter_init(&counting.counters[i]);
    const struct engine_tally tally = {slots, COUNTERS, count_match, &counting};
    const struct search_request search = {
        .plan = request->plan,
        .archive = request->archive,
        .total = SEARCH_TOTAL_EXACT,
        .tally = &tally,
        .deadline_s = request->deadline_s,
    };
    AUTO_DONE(search_result) result = {0};
    enum status status = search_run(&result, &search, err);
    if (status == STATUS_OK && result.end == SEARCH_TIMED_OUT)
        status = error_set(err, STATUS_TIMEOUT,
                           "the time was up before all articles were counted");
    if (status == STATUS_OK) {
        *out = (struct facets){.total = result.total};
        arena_init(&out->arena);
        make_facets(out, &counting, request->wanted);
    }
    for (size_t i = 0; i < COUNTERS; i++)
        value_counter_done(&counting.counters[i]);
    return status;
}

void facets_done(struct facets *f)
{
    arena_done(&f->arena);
    *f = (struct facets){0};
}
