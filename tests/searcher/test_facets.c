#include "searcher/facets.h"

#include <criterion/criterion.h>
#include <stdio.h>

#include "common/timestamp.h"
#include "searcher/search.h"
#include "tests/searcher/search_fixture.h"

static timestamp at(const char *date)
{
    timestamp t;
    cr_assert(timestamp_parse(text_from(date), &t));
    return t;
}

static void add(struct search_fixture *f, const char *id, const char *source,
                const char *date)
{
    const struct article article = {
        .id = text_from(id),
        .title = text_from(id),
        .body = text_from("gas"),
        .source = text_from(source),
        .published = *date ? at(date) : TIMESTAMP_UNKNOWN,
    };
    search_fixture_add(f, &article);
}

/* Two segments, one article superseded, one undated, one without a source. */
static void make(struct search_fixture *f)
{
    search_fixture_init(f, "english");
    add(f, "a", "Times", "2021-12-31T23:59:59Z");
    add(f, "b", "Post", "2022-01-01");
    add(f, "c", "Times", "2022-03-01");
    search_fixture_publish(f);
    add(f, "c", "Post", "2022-03-02");
    add(f, "d", "", "");
    add(f, "e", "Post", "1969-12-31T12:00:00Z");
    search_fixture_publish(f);
}

static void append(struct strbuf *out, const struct facet *f)
{
    strbuf_append_format(out, "%s:", facet_names[f->kind]);
    for (size_t i = 0; i < f->count; i++)
        strbuf_append_format(out, " %.*s=%u", TEXT_ARG(f->values[i].value),
                             (unsigned)f->values[i].count);
    strbuf_append_format(out, " of %zu, %u without; ", f->distinct,
                         (unsigned)f->without);
}

static void expect(struct search_fixture *f, const char *query,
                   const struct facets_wanted *wanted, const char *expected)
{
    struct error err = ERROR_NONE;
    AUTO_DONE(search_answer) answer = {0};
    AUTO_DONE(facets) facets = {0};
    AUTO_DONE(strbuf) out = STRBUF_INIT(100000);
    search_fixture_answer(&answer, f, query, NULL);
    cr_assert_eq(answer.status, STATUS_OK);
    const struct facets_request request = {
        .plan = answer.plan, .archive = f->archive, .wanted = wanted};
    cr_assert_eq(facets_count(&facets, &request, &err), STATUS_OK, "%s",
                 err.message);
    cr_assert_eq(facets.total, answer.result.total);
    for (size_t i = 0; i < facets.count; i++)
        append(&out, &facets.list[i]);
    if (wanted->has_timeline)
        append(&out, &facets.timeline);
    cr_assert_str_eq(strbuf_string(&out), expected);
}

Test(facets, live_articles_are_counted_once_in_all_segments)
{
    struct search_fixture f;
    const struct facets_wanted wanted = {
        {FACET_SOURCE, FACET_YEAR, FACET_SECTION}, 3, 10, false, 0, ZONE_UTC};
    make(&f);
    expect(&f, "gas", &wanted,
           "source: Post=3 Times=1 of 2, 1 without; "
           "year: 2022=2 1969=1 2021=1 of 3, 1 without; "
           "section: of 0, 5 without; ");
    search_fixture_done(&f);
}

Test(facets, only_the_top_is_kept_and_all_are_told)
{
    struct search_fixture f;
    const struct facets_wanted wanted = {
        {FACET_MONTH, FACET_DAY}, 2, 1, false, 0, ZONE_UTC};
    make(&f);
    expect(&f, "gas -id:e", &wanted,
           "month: 2021-12=1 of 3, 1 without; "
           "day: 2021-12-31=1 of 3, 1 without; ");
    search_fixture_done(&f);
}

Test(facets, a_timeline_has_no_gaps)
{
    struct search_fixture f;
    struct facets_wanted wanted = {{0}, 0, 1, true, FACET_MONTH, ZONE_UTC};
    make(&f);
    expect(&f, "gas -id:e", &wanted,
           "month: 2021-12=1 2022-01=1 2022-02=0 2022-03=1 of 3, 1 without; ");
    wanted.timeline = FACET_DAY;
    expect(&f, "id:a OR id:b", &wanted,
           "day: 2021-12-31=1 2022-01-01=1 of 2, 0 without; ");
    expect(&f, "id:e", &wanted, "day: 1969-12-31=1 of 1, 0 without; ");
    expect(&f, "id:d", &wanted, "day: of 0, 1 without; ");
    search_fixture_done(&f);
}

Test(facets, nothing_found_is_nothing_counted)
{
    struct search_fixture f;
    const struct facets_wanted wanted = {{FACET_SOURCE}, 1,          10,
                                         true,           FACET_YEAR, ZONE_UTC};
    make(&f);
    expect(&f, "zeppelin", &wanted,
           "source: of 0, 0 without; year: of 0, 0 without; ");
    search_fixture_done(&f);
}

Test(facets, positions_are_checked_before_counting)
{
    struct search_fixture f;
    const struct facets_wanted wanted = {{FACET_SOURCE}, 1, 10,
                                         false,          0, ZONE_UTC};
    search_fixture_init(&f, "english");
    search_fixture_add_text(&f, "1", "", "nord stream");
    search_fixture_add_text(&f, "2", "", "stream nord");
    search_fixture_publish(&f);
    expect(&f, "\"nord stream\"", &wanted, "source: of 0, 1 without; ");
    search_fixture_done(&f);
}

Test(facets, lists_are_read_or_refused)
{
    struct error err = ERROR_NONE;
    struct facets_wanted wanted = {0};
    cr_assert_eq(facets_parse(&wanted, "year,source,year", &err), STATUS_OK);
    cr_assert_eq(wanted.count, 2);
    cr_assert_eq(wanted.kinds[0], FACET_YEAR);
    cr_assert_eq(wanted.kinds[1], FACET_SOURCE);
    cr_assert_eq(facets_parse(&wanted, "source,", &err), STATUS_USAGE);
    cr_assert_eq(facets_parse(&wanted, "Source", &err), STATUS_USAGE);
}

Test(facets, days_begin_where_the_zone_says)
{
    struct search_fixture f;
    struct facets_wanted wanted = {.kinds = {FACET_DAY},
                                   .count = 1,
                                   .top = 10,
                                   .has_timeline = true,
                                   .timeline = FACET_YEAR};
    make(&f);
    wanted.zone = (struct zone){.ahead_of_utc = 3600};
    expect(&f, "a OR b", &wanted,
           "day: 2022-01-01=2 of 1, 0 without; year: 2022=2 of 1, 0 without; ");
    wanted.zone.ahead_of_utc = -3600;
    expect(&f, "a OR b", &wanted,
           "day: 2021-12-31=2 of 1, 0 without; year: 2021=2 of 1, 0 without; ");
    search_fixture_done(&f);
}

/* A day of the timeline is what a search of that day finds. */
Test(facets, a_day_with_summer_time_has_its_articles)
{
    struct search_fixture f;
    struct error err = ERROR_NONE;
    struct zone berlin = ZONE_UTC;
    search_fixture_init(&f, "english");
    add(&f, "before", "Post", "2022-03-26T22:59:59Z");
    add(&f, "first", "Post", "2022-03-26T23:00:00Z");
    add(&f, "last", "Post", "2022-03-27T21:59:59Z");
    add(&f, "behind", "Post", "2022-03-27T22:00:00Z");
    search_fixture_publish(&f);
    if (zone_read(&berlin, "Europe/Berlin", &err) != STATUS_OK)
        cr_skip_test("no time zones here");
    const struct facets_wanted wanted = {
        .has_timeline = true, .timeline = FACET_DAY, .zone = berlin};
    struct search_options day = SEARCH_OPTIONS_ALL;
    cr_assert(zone_parse_range(&berlin, text_from("2022-03-27"), &day.since,
                               &day.until));
    expect(&f, "gas", &wanted,
           "day: 2022-03-26=1 2022-03-27=2 2022-03-28=1 of 3, 0 without; ");
    cr_assert_str_eq(search_fixture_set(&f, "gas", &day), "first last");
    search_fixture_done(&f);
}
