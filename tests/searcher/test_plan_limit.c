/* Limits on time and length, alone and together. */
#include "searcher/plan_limit.h"

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "tests/searcher/search_fixture.h"

#define DAY  INT64_C(86400)
#define NOON (INT64_C(19030) * DAY + DAY / 2) /* 2022-02-07 */

static struct search_fixture f;
static struct search_options options = SEARCH_OPTIONS_ALL;

/* "day-2" is of two days before 2022-02-07 at noon and has 8 words. */
static void add_day(int distance)
{
    char id[16];
    AUTO_DONE(strbuf) body = STRBUF_INIT(1000);
    snprintf(id, sizeof id, "day%+d", distance);
    for (int words = 0; words < 10 + distance; words++)
        strbuf_append_string(&body, "gas ");
    const struct article a = {.id = text_from(id),
                              .published = NOON + distance * DAY,
                              .body = text_trim(strbuf_text(&body))};
    search_fixture_add(&f, &a);
}

static void begin(void)
{
    search_fixture_init(&f, "english");
    for (int distance = -8; distance <= 1; distance++)
        add_day(distance);
    search_fixture_add_text(&f, "undated", "", "oil");
    search_fixture_publish(&f);
    options.now = NOON;
}

static void end(void)
{
    search_fixture_done(&f);
}

TestSuite(plan_limit, .init = begin, .fini = end);

struct row {
    const char *query, *expected;
};

static void check(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        cr_expect_str_eq(search_fixture_set(&f, rows[i].query, &options),
                         rows[i].expected, "%s: %s", rows[i].query,
                         search_fixture_set(&f, rows[i].query, &options));
}

#define CHECK(...)                                                             \
    do {                                                                       \
        static const struct row rows[] = {__VA_ARGS__};                        \
        check(rows, sizeof rows / sizeof *rows);                               \
    } while (0)

Test(plan_limit, days_are_whole_and_both_ends_belong_to_it)
{
    CHECK({"date:2022-02-06", "day-1"},
          {"date:2022-02-05..2022-02-06", "day-1 day-2"},
          {"since:2022-02-07", "day+0 day+1"},
          {"until:2022-01-31", "day-7 day-8"}, {"date:..2022-01-30", "day-8"},
          {"date:2022-02-08..", "day+1"}, {"date:2022-01", "day-7 day-8"},
          {"date:2021", ""}, {"oil since:1900", ""},
          {"since:today", "day+0 day+1"}, {"date:yesterday", "day-1"},
          {"since:1d until:today", "day+0 day-1"}, {"date:1w", "day-7"},
          {"until:1m", ""}, {"until:0d since:0d", "day+0"});
}

Test(plan_limit, lengths_are_words_of_the_body)
{
    CHECK({"length>10", "day+1"}, {"length>=10", "day+0 day+1"},
          {"length<2", "undated"}, {"length:2..3", "day-7 day-8"},
          {"length:10", "day+0"}, {"length>1000", ""},
          {"length>8 length<10", "day-1"}, {"-length>2", "day-8 undated"});
}

Test(plan_limit, what_can_never_hold_is_refused)
{
    CHECK({"length>500 length<100", "refused"},
          {"length:5..6 gas length:7", "refused"},
          {"length>9 length<10", "refused"},
          {"gas (length>5 length<4)", "refused"},
          {"since:today until:yesterday", "refused"},
          {"date:2022-02-06 gas date:2022-02-07", "refused"},
          {"date:2022-02..2021", "refused"}, {"date:2022-02-30", "refused"},
          {"since:2022-02-30 length>1", "refused"});
}

Test(plan_limit, what_may_hold_one_by_one_is_not)
{
    CHECK({"length>10 OR length<2", "day+1 undated"},
          {"length>9 -length>10", "day+0"},
          {"date:2022-02-06 OR date:2022-02-07", "day+0 day-1"},
          {"length>9 length>=9 length<=10", "day+0"},
          {"since:today length>10", "day+1"});
}

static void points_at(const char *query, size_t offset, const char *message)
{
    AUTO_DONE(search_answer) a;
    search_fixture_answer(&a, &f, query, &options);
    cr_assert_eq(a.status, STATUS_QUERY, "%s", query);
    cr_assert_eq(a.error.offset, offset, "%s: %zu", query, a.error.offset);
    cr_assert_not_null(strstr(a.error.message, message), "%s", a.error.message);
}

Test(plan_limit, a_contradiction_is_shown_where_it_ends)
{
    points_at("gas length>500 length<100", 15, "no length is within this");
    points_at("length<5 length>1 gas length:9", 22, "no length is within this");
    points_at("since:today length>1 until:1d", 21, "no day is within this");
    points_at("gas date:2022-02-30", 4, "'2022-02-30' is not in the calendar");
    points_at("date:2022-02..2022-01", 0, "the dates end before they begin");
}

Test(plan_limit, days_begin_where_the_zone_says)
{
    /* Noon here is the evening of the same day, or early on the next. */
    options.zone.ahead_of_utc = 11 * 3600;
    CHECK({"date:2022-02-06", "day-1"});
    options.zone.ahead_of_utc = 12 * 3600;
    CHECK({"date:2022-02-06", "day-2"}, {"since:today", "day+0 day+1"});
}

/* Whether the engine is to look for `part`. */
static void runs(const char *query, const char *part)
{
    AUTO_DONE(search_answer) a;
    AUTO_DONE(strbuf) out = STRBUF_INIT(10000);
    search_fixture_answer(&a, &f, query, &options);
    cr_assert_eq(a.status, STATUS_OK, "%s", query);
    engine_query_describe(plan_query(a.plan), &out);
    cr_expect_not_null(strstr(strbuf_string(&out), part), "%s: %s", query,
                       strbuf_string(&out));
}

Test(plan_limit, a_small_part_is_found_by_days_months_and_years)
{
    runs("gas date:2022-02-06", "0 * D20220206");
    runs("gas date:2022-01", "0 * M202201");
    runs("gas until:2022-01", "0 * M202201");
    runs("gas date:2022-01-30..2022-01-31",
         "0 * (D20220130 SYNONYM D20220131)");
    runs("gas since:2022-02-08", "0 * D20220208");
    runs("gas date:2021", "Query()");
    runs("gas date:2022", "VALUE_RANGE 0");                   /* nearly all */
    runs("gas date:1900-01-02..1930-11-29", "VALUE_RANGE 0"); /* too many */
    options.since = NOON + DAY / 2;
    runs("gas", "0 * D20220208");
}

Test(plan_limit, parts_of_days_are_within_their_days_and_a_range)
{
    options.zone.ahead_of_utc = 3600;
    runs("gas date:2022-02-06",
         "0 * (D20220205 SYNONYM D20220206) AND VALUE_RANGE");
    CHECK({"gas date:2022-02-06", "day-1"}, {"gas date:2022-01-30", "day-8"});
}
