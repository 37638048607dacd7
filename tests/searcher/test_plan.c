#include "searcher/plan.h"

#include <string.h>

#include <criterion/criterion.h>

#include "common/engine/query.h"
#include "tests/searcher/search_fixture.h"

static struct search_fixture f;

static void begin(void)
{
    search_fixture_init(&f, NULL);
}

static void end(void)
{
    search_fixture_done(&f);
}

TestSuite(plan, .init = begin, .fini = end);

#define BODIES(...)                                                            \
    do {                                                                       \
        static const char *const bodies[] = {__VA_ARGS__};                     \
        search_fixture_bodies(&f, bodies, sizeof bodies / sizeof *bodies);     \
    } while (0)

static void finds(const char *query, const char *expected)
{
    cr_expect_str_eq(search_fixture_set(&f, query, NULL), expected, "%s: %s",
                     query, search_fixture_set(&f, query, NULL));
}

static void any_finds(const char *query, const char *expected)
{
    struct search_options o = SEARCH_OPTIONS_ALL;
    o.match = PLAN_ANY;
    cr_expect_str_eq(search_fixture_set(&f, query, &o), expected, "%s: %s",
                     query, search_fixture_set(&f, query, &o));
}

/* --- stop words ----------------------------------------------------------- */

Test(plan, stop_words_are_passed_over_beside_other_words)
{
    BODIES("the gas", "gas", "the oil");
    finds("the gas", "1 2");
    finds("gas of the to", "1 2");
    finds("title:the gas", "1 2");
}

Test(plan, stop_words_count_when_quoted_marked_or_alone)
{
    BODIES("the gas", "gas", "the oil", "to be or not to be", "gas: the who",
           "who gas the");
    finds("the", "1 3 5 6");
    finds("=the", "1 3 5 6");
    finds("=the gas", "1 5 6");
    finds("\"the\" gas", "1 5 6");
    finds("\"the who\"", "5");
    finds("\"the gas\"", "1");
    finds("to be or not to be", "4");
    finds("\"to be or not to be\"", "4");
    finds("the -gas", "3");
    finds("gas -the", "2");
}

Test(plan, stop_words_count_in_an_or)
{
    BODIES("the oil", "gas", "of");
    finds("the OR gas", "1 2");
    finds("(the OR of)", "1 3");
    finds("(the OR of) oil", "1");
    finds("the (of OR oil)", "1 3");
}

Test(plan, a_stop_word_is_alone_beside_what_has_no_words)
{
    BODIES("the oil", "gas");
    finds("the \"...\"", "1");
    finds("the lang:en", "");
    finds("the -lang:en", "1");
}

Test(plan, a_filter_does_not_stand_in_for_a_stop_word)
{
    struct article a = {.published = TIMESTAMP_UNKNOWN};
    static const char *const bodies[] = {"the gas", "gas"};
    for (int i = 0; i < 2; i++) {
        a.id = text_from(i ? "2" : "1");
        a.body = text_from(bodies[i]);
        a.source = text_from("Wire");
        search_fixture_add(&f, &a);
    }
    search_fixture_publish(&f);
    finds("the source:wire", "1");
    finds("the (source:wire OR lang:en)", "1");
    finds("the gas source:wire", "1 2");
}

/* --- parts without words -------------------------------------------------- */

Test(plan, parts_without_words_are_left_out_and_told)
{
    BODIES("gas", "oil");
    finds("gas \"...\"", "1");
    finds("gas OR \"...\"", "1");
    finds("gas -\"...\"", "1");
    finds("* OR \"...\"", "1 2");
    AUTO_DONE(search_answer) a;
    size_t count;
    search_fixture_answer(&a, &f, "gas \"...\" -\"!\"", NULL);
    const struct text *ignored = plan_ignored(a.plan, &count);
    cr_assert_eq(count, 2);
    cr_expect(text_is(ignored[0], "..."));
    cr_expect(text_is(ignored[1], "!"));
}

Test(plan, a_query_without_any_word_is_refused)
{
    BODIES("gas", "oil");
    static const char *const queries[] = {"\"...\"",      "-\"...\"",
                                          "\"...\" -gas", "\"...\" OR \"!\"",
                                          "title:\"?\"",  "author:\"...\""};
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        AUTO_DONE(search_answer) a;
        search_fixture_answer(&a, &f, queries[i], NULL);
        cr_expect_eq(a.status, STATUS_QUERY, "%s", queries[i]);
        cr_expect(strstr(a.error.message, "no word to search for in '"), "%s",
                  a.error.message);
    }
}

/* --- any word ------------------------------------------------------------- */

Test(plan, any_word_is_enough_where_fields_and_exclusions_hold)
{
    struct article a = {.published = TIMESTAMP_UNKNOWN};
    static const char *const rows[][4] = {{"1", "gas", "", "Wire"},
                                          {"2", "oil", "", "Wire"},
                                          {"3", "gas oil", "", "Post"},
                                          {"4", "tin", "Gas", "Post"},
                                          {"5", "tin", "", "Wire"}};
    for (size_t i = 0; i < 5; i++) {
        a.id = text_from(rows[i][0]);
        a.body = text_from(rows[i][1]);
        a.title = text_from(rows[i][2]);
        a.source = text_from(rows[i][3]);
        search_fixture_add(&f, &a);
    }
    search_fixture_publish(&f);
    any_finds("gas oil", "1 2 3 4");
    any_finds("gas oil source:wire", "1 2");
    any_finds("gas oil (source:wire OR source:post)", "1 2 3 4");
    any_finds("gas oil -source:wire", "3 4");
    any_finds("gas oil -title:gas", "1 2 3");
    any_finds("oil title:gas", "2 3 4");
    any_finds("(gas oil) OR tin", "1 2 3 4 5");
    any_finds("source:wire source:post", "");
    any_finds("gas -(gas oil)", "1 4");
    any_finds("-gas", "2 5");
    any_finds("zinc the", "");
}

/* --- what is typed in a row ----------------------------------------------- */

static void has_pairs(const char *query, const char *expected)
{
    AUTO_DONE(search_answer) a;
    AUTO_DONE(strbuf) pairs = STRBUF_INIT(10000);
    size_t count;
    search_fixture_answer(&a, &f, query, NULL);
    cr_assert_eq(a.status, STATUS_OK, "%s", query);
    const struct plan_pair *pair = plan_pairs(a.plan, &count);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            strbuf_append_char(&pairs, ' ');
        condition_print(pair[i].adjacent, &pairs);
    }
    cr_expect_str_eq(strbuf_string(&pairs), expected, "%s: %s", query,
                     strbuf_string(&pairs));
}

Test(plan, pairs_are_of_words_typed_in_a_row)
{
    BODIES("gas");
    has_pairs("gas", "");
    has_pairs("gas oil tin", "(PHRASE {stem:gas} {stem:oil}) "
                             "(PHRASE {stem:oil} {stem:tin})");
    has_pairs("gas lang:en oil", "");
    has_pairs("gas -tin oil", "");
    has_pairs("gas title:oil tin", "");
    has_pairs("gas OR oil", "");
    has_pairs("gas (oil OR tin)", "");
    has_pairs("zinc ((gas oil) OR tin)", "(PHRASE {stem:gas} {stem:oil})");
    has_pairs("zinc -(gas oil)", "");
}

Test(plan, pairs_reach_over_stop_words)
{
    BODIES("gas");
    has_pairs("the bank of the america is",
              "(PHRASE {stem:bank} {word:of} {word:the} {stem:america})");
}

/* --- the rest ------------------------------------------------------------- */

Test(plan, leaves_are_what_is_wanted_in_the_order_typed)
{
    BODIES("gas pipes", "gas");
    AUTO_DONE(search_answer) a;
    size_t count;
    search_fixture_answer(&a, &f, "the Pipes -oil (tin OR gas) author:x", NULL);
    const struct plan_leaf *leaf = plan_leaves(a.plan, &count);
    cr_assert_eq(count, 4);
    cr_expect(text_is(leaf[0].term, "Zpipe"));
    cr_expect_eq(leaf[0].frequency, 1);
    cr_expect(text_is(leaf[1].term, "Ztin"));
    cr_expect_eq(leaf[1].frequency, 0);
    cr_expect(text_is(leaf[2].term, "Zgas"));
    cr_expect_eq(leaf[2].frequency, 2);
    cr_expect_gt(leaf[0].idf, leaf[2].idf);
    cr_expect_null(leaf[3].condition);
}

static timestamp day(const char *date)
{
    timestamp first, last;
    cr_assert(timestamp_parse_range(text_from(date), &first, &last));
    return first;
}

Test(plan, dates_are_inclusive_and_pass_over_undated_articles)
{
    struct article a = {.body = TEXT("gas"), .published = TIMESTAMP_UNKNOWN};
    const timestamp t = day("2022-02-07");
    const timestamp times[] = {t - 1, t, t + 86399, t + 86400,
                               TIMESTAMP_UNKNOWN};
    static const char *const ids[] = {"1", "2", "3", "4", "5"};
    for (size_t i = 0; i < 5; i++) {
        a.id = text_from(ids[i]);
        a.published = times[i];
        search_fixture_add(&f, &a);
    }
    search_fixture_publish(&f);
    struct search_options o = SEARCH_OPTIONS_ALL;
    cr_expect_str_eq(search_fixture_set(&f, "gas", &o), "1 2 3 4 5");
    o.since = t;
    cr_expect_str_eq(search_fixture_set(&f, "gas", &o), "2 3 4");
    cr_expect_str_eq(search_fixture_set(&f, "*", &o), "2 3 4");
    cr_expect_str_eq(search_fixture_set(&f, "-oil", &o), "2 3 4");
    o.until = t + 86399;
    cr_expect_str_eq(search_fixture_set(&f, "gas", &o), "2 3");
    o.since = TIMESTAMP_UNKNOWN;
    cr_expect_str_eq(search_fixture_set(&f, "gas", &o), "1 2 3");
    o.until = t - 2;
    cr_expect_str_eq(search_fixture_set(&f, "gas", &o), "");
}

Test(plan, an_archive_without_articles_finds_nothing_but_still_refuses)
{
    search_fixture_publish(&f);
    finds("gas", "");
    finds("\"nord stream\" -title:x", "");
    finds("*", "");
    finds("\"...\"", "refused");
}
