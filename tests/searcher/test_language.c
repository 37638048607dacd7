/* What single operators of the language find where it is easy to be wrong. */
#include <string.h>

#include <criterion/criterion.h>

#include "tests/searcher/search_fixture.h"

static struct search_fixture f;

static void begin(void)
{
    search_fixture_init(&f, "english");
}

static void end(void)
{
    search_fixture_done(&f);
}

TestSuite(language, .init = begin, .fini = end);

struct row {
    const char *query, *ids;
};

static void find_rows(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *found = search_fixture_set(&f, rows[i].query, NULL);
        cr_expect_str_eq(found, rows[i].ids, "%s found '%s', not '%s'",
                         rows[i].query, found, rows[i].ids);
    }
}

#define FIND_ROWS(rows) find_rows(rows, sizeof(rows) / sizeof *(rows))

static void add_author(const char *id, const char *author)
{
    const struct text authors[] = {text_from(author)};
    search_fixture_add(&f, &(struct article){.id = text_from(id),
                                             .body = text_from("smithery"),
                                             .source = text_from(author),
                                             .authors = authors,
                                             .author_count = 1,
                                             .published = TIMESTAMP_UNKNOWN});
}

static void expect_refusal(const char *query, const char *message)
{
    AUTO_DONE(search_answer) a;
    search_fixture_answer(&a, &f, query, NULL);
    cr_expect_eq(a.status, STATUS_QUERY, "%s was not refused", query);
    cr_expect(strstr(a.error.message, message), "%s: %s", query,
              a.error.message);
}

Test(language, wildcards_and_variants_are_of_words_as_they_are_indexed)
{
    static const char *const bodies[] = {"an e-mail",   "an email",  "o'neill",
                                         "U.S. troops", "anti-wars", "été",
                                         "a mail"};
    static const struct row rows[] = {
        {"e-mai*", "1 2"},     {"e-m?il", "1 2"}, {"e-maul~", "1 2"},
        {"o’nei*", "3"},       {"O'Neil~", "3"},  {"U.S.~", "4"},
        {"anti-w?r*", "5"},    {"ＥＴ＊", "6"},   {"title:e-mai*", ""},
        {"e\u00admai*", "1 2"}};
    search_fixture_bodies(&f, bodies, sizeof bodies / sizeof *bodies);
    FIND_ROWS(rows);
}

Test(language, a_wildcard_belongs_to_a_single_word)
{
    search_fixture_add_text(&f, "1", "", "gas");
    search_fixture_publish(&f);
    expect_refusal("gas/pri*", "'gas/pri*' is not one word");
    expect_refusal("gas/price~", "'gas/price' is not one word");
    expect_refusal("oil w/5 gas/pri*", "is not one word");
    expect_refusal("2022-0?", "is not one word");
}

Test(language, wildcards_and_variants_are_of_the_field_they_stand_in)
{
    add_author("1", "Jane Smith");
    add_author("2", "John Smythe");
    add_author("3", "Jean-Luc Doe");
    search_fixture_publish(&f);
    static const struct row rows[] = {
        {"smith*", "1 2 3"},          {"author:smith*", "1"},
        {"author:sm?th", "1"},        {"author:smyth~", "1 2"},
        {"source:sm*", "1 2"},        {"section:sm*", ""},
        {"author:jean-l*", "3"},      {"author:(smith* OR doe)", "1 3"},
        {"smithery -author:sm*", "3"}};
    FIND_ROWS(rows);
}

Test(language, a_hyphenated_name_is_found_however_it_is_written)
{
    add_author("hyphen", "Jean-Luc Doe");
    add_author("joined", "Jeanluc Doe");
    add_author("two", "Jean Luc Doe");
    add_author("apart", "Jean Doe Luc");
    search_fixture_publish(&f);
    static const struct row rows[] = {
        {"author:jean-luc", "hyphen joined two"},
        {"author:jeanluc", "hyphen joined"},
        {"author:\"jean luc\"", "hyphen two"},
        {"author:\"jean-luc doe\"", "hyphen two"},
        {"author:\"jeanluc doe\"", "hyphen joined"},
        {"author:\"luc doe\"", "hyphen two"},
        {"author:\"doe luc\"", "apart"},
        {"author:luc-doe", "hyphen two"}};
    FIND_ROWS(rows);
}

Test(language, capitals_are_kept_in_each_part_of_a_word)
{
    static const char *const bodies[] = {
        "COVID-19 is here and there", "covid-19 is here and there",
        "COVID 19 is here and there", "an X-RAY of what is there",
        "an x-ray of what is there",  "the US-led force was there",
        "the C-19 was here and there"};
    static const struct row rows[] = {
        {"caps(COVID-19)", "1 3"}, {"caps(X-RAY)", "4"},
        {"covid-19", "1 2 3"},     {"caps(US)", "6"},
        {"caps(COVID)", "1 3"},    {"caps(US-LED)", ""}};
    search_fixture_bodies(&f, bodies, sizeof bodies / sizeof *bodies);
    FIND_ROWS(rows);
}

Test(language, small_letters_with_dots_are_no_capitals)
{
    static const char *const bodies[] = {"и.о. мэра был там вчера",
                                         "И.О. мэра был там вчера"};
    static const struct row rows[] = {{"и.о.", "1 2"}, {"И.О.", "2"}};
    search_fixture_bodies(&f, bodies, 2);
    FIND_ROWS(rows);
}

static void add_dated(const char *id, const char *date)
{
    struct article a = {.id = text_from(id), .body = text_from("gas")};
    cr_assert(timestamp_parse(text_from(date), &a.published));
    search_fixture_add(&f, &a);
}

Test(language, months_go_back_to_the_same_day_or_the_last)
{
    static const struct row rows[] = {{"2022-03-30", "jan30 jan31"},
                                      {"2022-03-31", "jan31"}};
    add_dated("jan30", "2022-01-30");
    add_dated("jan31", "2022-01-31");
    search_fixture_publish(&f);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct search_options options = SEARCH_OPTIONS_ALL;
        cr_assert(timestamp_parse(text_from(rows[i].query), &options.now));
        cr_expect_str_eq(search_fixture_set(&f, "since:2m", &options),
                         rows[i].ids, "%s", rows[i].query);
    }
    struct search_options options = SEARCH_OPTIONS_ALL;
    cr_assert(timestamp_parse(text_from("2022-03-31"), &options.now));
    cr_expect_str_eq(search_fixture_set(&f, "since:1m", &options), "");
    cr_assert(timestamp_parse(text_from("2024-02-29"), &options.now));
    cr_expect_str_eq(search_fixture_set(&f, "date:2y..1y", &options), "");
}

Test(language, days_begin_where_the_zone_says)
{
    struct search_options options = SEARCH_OPTIONS_ALL;
    static const struct row rows[] = {{"date:2022-01-30", "late"},
                                      {"date:2022-01-31", "early noon"}};
    add_dated("late", "2022-01-30T21:59:59Z");
    add_dated("early", "2022-01-30T22:00:00Z");
    add_dated("noon", "2022-01-31T12:00:00Z");
    search_fixture_publish(&f);
    options.zone.ahead_of_utc = 2 * 3600;
    for (size_t i = 0; i < 2; i++)
        cr_expect_str_eq(search_fixture_set(&f, rows[i].query, &options),
                         rows[i].ids, "%s", rows[i].query);
    cr_assert(timestamp_parse(text_from("2022-01-31T23:00:00Z"), &options.now));
    cr_expect_str_eq(search_fixture_set(&f, "since:today", &options), "");
    cr_expect_str_eq(search_fixture_set(&f, "date:yesterday", &options),
                     "early noon");
    cr_expect_str_eq(search_fixture_set(&f, "since:2d", &options),
                     "early late noon");
}

Test(language, a_single_character_is_found_within_a_run)
{
    static const char *const bodies[] = {"北京大学", "大", "学校 gas", "京都大",
                                         "gas"};
    static const struct row rows[] = {{"大", "1 2 4"},     {"学", "1 3"},
                                      {"=京", "1 4"},      {"\"都\"", "4"},
                                      {"学 w/1 gas", "3"}, {"校 w/1 gas", "3"},
                                      {"title:大", ""},    {"北", "1"}};
    search_fixture_bodies(&f, bodies, sizeof bodies / sizeof *bodies);
    FIND_ROWS(rows);
}

Test(language, dates_that_exclude_each_other_are_refused)
{
    add_dated("1", "2022-01-30");
    search_fixture_publish(&f);
    static const char message[] = "no day is within this";
    expect_refusal("gas since:2023 until:2022", message);
    expect_refusal("gas (date:2021 since:2022)", message);
    expect_refusal("gas OR (date:2022-02 date:2022-03)", message);
    expect_refusal("date:2022-03..2022-02", "the dates end before they begin");
    expect_refusal("date:2022-02-30", "is not in the calendar");
    static const struct row rows[] = {{"since:2022 until:2022", "1"},
                                      {"since:2023 OR until:2022", "1"},
                                      {"date:2022-01 date:2022", "1"},
                                      {"since:2022 -since:2023", "1"}};
    FIND_ROWS(rows);
}
