#include "searcher/search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "tests/searcher/search_fixture.h"
#include "tests/support/tempdir.h"

static struct search_fixture f;

static void begin(void)
{
    search_fixture_init(&f, NULL);
}

static void end(void)
{
    search_fixture_done(&f);
}

TestSuite(search, .init = begin, .fini = end, .timeout = 100);

static void add(const char *id, const char *body, timestamp published)
{
    const struct article a = {.id = text_from(id),
                              .body = text_from(body),
                              .source = text_from("Wire"),
                              .published = published};
    search_fixture_add(&f, &a);
}

static void found(const char *query, const struct search_options *o,
                  const char *expected)
{
    cr_expect_str_eq(search_fixture_find(&f, query, o), expected, "%s: %s",
                     query, search_fixture_find(&f, query, o));
}

/* --- order ---------------------------------------------------------------- */

Test(search, words_that_stand_together_rank_above_those_that_do_not)
{
    add("apart", "stream of the nord", 5);
    add("turned", "stream nord of the", 4);
    add("together", "of the nord stream", 3);
    search_fixture_publish(&f);
    found("nord stream", NULL, "together apart turned");
    found("stream nord", NULL, "turned apart together");
}

Test(search, stop_words_between_are_looked_for_between)
{
    add("without", "bank america the of", 5);
    add("with", "the bank of america", 3);
    search_fixture_publish(&f);
    found("bank of america", NULL, "with without");
}

Test(search, words_of_the_title_weigh_more)
{
    search_fixture_add_text(&f, "body", "Oil prices", "gas and so on");
    search_fixture_add_text(&f, "title", "Gas prices", "oil and so on");
    search_fixture_publish(&f);
    found("gas", NULL, "title body");
    found("oil", NULL, "body title");
}

Test(search, equals_come_newest_first_and_undated_last)
{
    add("old", "gas here", 10);
    add("undated", "gas here", TIMESTAMP_UNKNOWN);
    add("new", "gas here", 30);
    search_fixture_publish(&f);
    add("older", "gas here", -5);
    add("newest", "gas here", 40);
    add("undated2", "gas here", TIMESTAMP_UNKNOWN);
    search_fixture_publish(&f);
    found("gas", NULL, "newest new old older undated undated2");
    found("gas -oil", NULL, "newest new old older undated undated2");
}

Test(search, without_words_to_rank_by_the_newest_come_first)
{
    add("old", "gas", 10);
    add("undated", "gas gas", TIMESTAMP_UNKNOWN);
    search_fixture_publish(&f);
    add("new", "oil", 30);
    search_fixture_publish(&f);
    found("*", NULL, "new old undated");
    found("source:wire", NULL, "new old undated");
    found("-tin", NULL, "new old undated");
    struct search_options o = SEARCH_OPTIONS_ALL;
    o.sort = ENGINE_OLDEST;
    found("*", &o, "old new undated");
}

Test(search, orders_by_date_put_undated_articles_last_and_equals_by_score)
{
    add("b", "gas with other words", 10);
    add("a", "gas gas", 10);
    add("u", "gas", TIMESTAMP_UNKNOWN);
    add("c", "gas", 20);
    search_fixture_publish(&f);
    struct search_options o = SEARCH_OPTIONS_ALL;
    o.sort = ENGINE_NEWEST;
    found("gas", &o, "c a b u");
    o.sort = ENGINE_OLDEST;
    found("gas", &o, "a b c u");
    o.count = 1;
    found("gas", &o, "a");
    o.first = 3;
    found("gas", &o, "u");
    o.first = 0;
    o.count = 10;
    o.since = 20;
    found("gas", &o, "c");
}

/* --- archives of some size ------------------------------------------------ */

/* Texts of few words, many of them equal. */
static void fill(size_t articles, size_t segments)
{
    static const char *const words[] = {"of",   "the",   "of",     "the",
                                        "gas",  "nord",  "stream", "price",
                                        "said", "market"};
    unsigned state = 12345;
    for (size_t i = 0; i < articles; i++) {
        char body[200] = "", id[32];
        for (unsigned n = 0, count = 3 + i % 9; n < count; n++) {
            state = state * 1103515245 + 12345;
            size_t at = strlen(body);
            snprintf(body + at, sizeof body - at, "%s ",
                     words[(state >> 16) % 10]);
        }
        snprintf(id, sizeof id, "p%04zu", i);
        add(id, body, (timestamp)(i * 7919 % 100000));
        if ((i + 1) * segments / articles != i * segments / articles)
            search_fixture_publish(&f);
    }
}

static void same_hits(const char *query, const struct search_result *a,
                      const struct search_result *b)
{
    cr_assert_eq(a->count, b->count, "%s: %zu, %zu", query, a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        cr_assert_eq(a->hits[i].document.segment, b->hits[i].document.segment,
                     "%s: hit %zu", query, i);
        cr_assert_eq(a->hits[i].document.docid, b->hits[i].document.docid,
                     "%s: hit %zu", query, i);
        cr_assert_eq(a->hits[i].score, b->hits[i].score, "%s: hit %zu", query,
                     i);
    }
}

static const char *const queries[] = {
    "gas market",
    "nord stream price",
    "gas OR (nord -price)",
    "source:wire",
    "*",
    "\"of the\"",
    "\"said of\" price",
    "\"gas market price\"",
    "-gas",
    "title:gas OR said",
};

static void pages_fit(enum engine_sort sort)
{
    for (size_t q = 0; q < sizeof queries / sizeof *queries; q++) {
        AUTO_DONE(search_answer) whole;
        struct search_options o = SEARCH_OPTIONS_ALL;
        o.sort = sort;
        o.count = 230;
        search_fixture_answer(&whole, &f, queries[q], &o);
        struct search_result pages = {.hits = calloc(230, sizeof *pages.hits)};
        for (o.first = 0, o.count = 10; o.first < 230; o.first += 10) {
            AUTO_DONE(search_answer) page;
            search_fixture_answer(&page, &f, queries[q], &o);
            cr_assert_leq(page.result.count, 10);
            for (size_t i = 0; i < page.result.count; i++)
                pages.hits[pages.count++] = page.result.hits[i];
        }
        same_hits(queries[q], &pages, &whole.result);
        free(pages.hits);
    }
}

Test(search, pages_together_are_one_long_page)
{
    fill(700, 3);
    pages_fit(ENGINE_RELEVANCE);
    pages_fit(ENGINE_NEWEST);
    pages_fit(ENGINE_OLDEST);
}

Test(search, a_page_behind_the_end_is_empty_and_knows_the_total)
{
    fill(50, 2);
    struct search_options o = SEARCH_OPTIONS_ALL;
    for (int sort = ENGINE_RELEVANCE; sort <= ENGINE_OLDEST; sort++)
        for (o.count = 0; o.count < 20; o.count += 10) {
            AUTO_DONE(search_answer) a;
            o.sort = (enum engine_sort)sort;
            o.first = 1000000;
            search_fixture_answer(&a, &f, "*", &o);
            cr_expect_eq(a.status, STATUS_OK);
            cr_expect_eq(a.result.count, 0);
            cr_expect_eq(a.result.total, 50);
            cr_expect_eq(a.result.exactness, SEARCH_TOTAL_EXACT);
        }
}

Test(search, a_count_is_the_number_of_hits)
{
    fill(700, 4);
    for (size_t q = 0; q < sizeof queries / sizeof *queries; q++) {
        AUTO_DONE(search_answer) whole;
        AUTO_DONE(search_answer) counted;
        struct search_options o = SEARCH_OPTIONS_ALL;
        o.total = SEARCH_TOTAL_EXACT;
        search_fixture_answer(&whole, &f, queries[q], &o);
        o.count = 0;
        search_fixture_answer(&counted, &f, queries[q], &o);
        cr_expect_eq(counted.result.total, whole.result.count, "%s: %zu, %zu",
                     queries[q], (size_t)counted.result.total,
                     whole.result.count);
        cr_expect_eq(counted.result.exactness, SEARCH_TOTAL_EXACT);
        cr_expect_eq(whole.result.total, whole.result.count);
    }
}

/* By score and date, equals of both by docid. */
Test(search, segments_do_not_change_the_order)
{
    AUTO_DONE(strbuf) expected = STRBUF_INIT(1 << 20);
    for (size_t q = 0; q < sizeof queries / sizeof *queries; q++) {
        struct search_options o = SEARCH_OPTIONS_ALL;
        o.count = 100;
        strbuf_reset(&expected);
        for (size_t segments = 1; segments <= 5; segments += 2) {
            search_fixture_done(&f);
            search_fixture_init(&f, NULL);
            fill(90, segments);
            const char *ids = search_fixture_find(&f, queries[q], &o);
            if (expected.len == 0)
                strbuf_append_string(&expected, ids);
            cr_assert_str_eq(ids, strbuf_string(&expected),
                             "%s with %zu segments", queries[q], segments);
        }
    }
}

/* --- rounds --------------------------------------------------------------- */

static bool has_rounds(const struct search_answer *a)
{
    return plan_loose_query(a->plan) != NULL;
}

/* An exact total makes the engine check every article. */
static bool rounds_agree(const char *query, size_t first, size_t count)
{
    AUTO_DONE(search_answer) quick;
    AUTO_DONE(search_answer) full;
    struct search_options o = SEARCH_OPTIONS_ALL;
    o.first = first;
    o.count = count;
    search_fixture_answer(&quick, &f, query, &o);
    cr_assert(has_rounds(&quick), "%s", query);
    o.total = SEARCH_TOTAL_EXACT;
    search_fixture_answer(&full, &f, query, &o);
    cr_assert_eq(full.result.exactness, SEARCH_TOTAL_EXACT);
    same_hits(query, &quick.result, &full.result);
    cr_assert_geq(quick.result.total,
                  quick.result.count ? first + quick.result.count : 0);
    if (quick.result.exactness == SEARCH_TOTAL_EXACT)
        cr_assert_eq(quick.result.total, full.result.total, "%s", query);
    return quick.result.exactness == SEARCH_TOTAL_ABOUT;
}

Test(search, rounds_find_what_checking_every_article_finds)
{
    static const char *const phrases[] = {
        "\"of the\"",           "\"the of\" gas",
        "\"of the market\"",    "\"of the\" -nord",
        "\"gas of\" said",      "\"of the\" \"gas price\"",
        "\"of the of the of\"", "\"zinc the\"",
        "the-of -price",        "\"of the\" (gas OR nord)"};
    fill(4500, 2);
    int guessed = 0;
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        guessed += rounds_agree(phrases[i], 0, 10);
        guessed += rounds_agree(phrases[i], 95, 10);
        guessed += rounds_agree(phrases[i], 300, 10);
        guessed += rounds_agree(phrases[i], 2000, 10);
        guessed += rounds_agree(phrases[i], 0, 0);
    }
    cr_assert_gt(guessed, 5, "only %d pages came of rounds", guessed);
}

Test(search, phrases_below_or_and_not_are_left_to_the_engine)
{
    fill(20, 1);
    static const char *const others[] = {"gas", "\"of the\" OR gas",
                                         "gas -\"of the\""};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        AUTO_DONE(search_answer) a;
        search_fixture_answer(&a, &f, others[i], NULL);
        cr_expect_not(has_rounds(&a), "%s", others[i]);
    }
}

Test(search, totals_of_many_matches_are_estimates_unless_asked_for)
{
    fill(3000, 2);
    AUTO_DONE(search_answer) about;
    AUTO_DONE(search_answer) exact;
    struct search_options o = SEARCH_OPTIONS_ALL;
    o.count = 10;
    search_fixture_answer(&about, &f, "\"of the\"", &o);
    o.total = SEARCH_TOTAL_EXACT;
    search_fixture_answer(&exact, &f, "\"of the\"", &o);
    cr_expect_eq(about.result.exactness, SEARCH_TOTAL_ABOUT);
    cr_expect_gt(about.result.total, exact.result.total / 4);
    cr_expect_lt(about.result.total, exact.result.total * 4);
}

/* What is gathered past Xapian's own list is in its order. */
Test(search, all_hits_at_once_are_in_the_order_of_a_page)
{
    static const char *const queries[] = {"gas", "gas OR oil", "\"gas oil\"",
                                          "gas -oil", "*"};
    struct search_fixture f;
    search_fixture_init(&f, NULL);
    for (int i = 0; i < 300; i++) {
        char id[20];
        snprintf(id, sizeof id, "a%d", i % 250); /* some twice */
        const struct article a = {
            .id = text_from(id),
            .title = text_from(i % 5 ? "gas" : "oil"),
            .body = text_from(i % 3 ? "gas oil gas" : "the gas is gas"),
            .published = i % 7 ? 86400 * (i % 11) : TIMESTAMP_UNKNOWN};
        search_fixture_add(&f, &a);
        if (i % 100 == 99)
            search_fixture_publish(&f);
    }
    for (size_t q = 0; q < sizeof queries / sizeof *queries; q++) {
        struct search_options page = SEARCH_OPTIONS_ALL, all = page;
        all.count = 1000000;
        for (int sort = ENGINE_RELEVANCE; sort <= ENGINE_OLDEST; sort++) {
            page.sort = all.sort = (enum engine_sort)sort;
            char *expected = strdup(search_fixture_find(&f, queries[q], &page));
            cr_assert_gt(strlen(expected), 200, "%s", queries[q]);
            cr_expect_str_eq(search_fixture_find(&f, queries[q], &all),
                             expected, "%s", queries[q]);
            free(expected);
        }
        all.sort = page.sort = ENGINE_RELEVANCE;
        all.first = page.first = 160; /* behind the second pass */
        char *expected = strdup(search_fixture_find(&f, queries[q], &page));
        cr_expect_str_eq(search_fixture_find(&f, queries[q], &all), expected);
        free(expected);
    }
    search_fixture_done(&f);
}
