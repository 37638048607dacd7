#include "searcher/kwic.h"

#include <criterion/criterion.h>
#include <string.h>

#include "common/terminal.h"
#include "searcher/highlight.h"
#include "tests/searcher/search_fixture.h"

static struct arena arena;

static void release(void)
{
    arena_done(&arena);
}

TestSuite(kwic, .fini = release);

/* Lines of "before[match]after". */
static void expect(struct kwic k, const char *expected)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(100000);
    struct kwic_line line;
    while (kwic_next(&k, &line, &arena)) {
        cr_assert_leq(line.columns_before, k.columns_before);
        cr_assert_eq(line.columns_before, terminal_columns(line.before));
        cr_assert_leq(terminal_columns(line.match) +
                          terminal_columns(line.after),
                      k.columns_from);
        strbuf_append(&out, line.before);
        strbuf_append_char(&out, '[');
        strbuf_append(&out, line.match);
        strbuf_append_char(&out, ']');
        strbuf_append(&out, line.after);
        strbuf_append_char(&out, '\n');
        arena_reset(&arena);
    }
    cr_expect_str_eq(strbuf_string(&out), expected, "%s", strbuf_string(&out));
}

/* One mark, of `word`'s first occurrence in `text`. */
static void expect_one(const char *text, const char *word, size_t before,
                       size_t from, const char *expected)
{
    const char *at = strstr(text, word);
    struct mark m = {.offset = (size_t)(at - text), .length = strlen(word)};
    struct kwic k = {text_from(text), &m, 1, before, from, 0};
    expect(k, expected);
}

Test(kwic, context_is_cut_to_the_columns_and_white_space_collapsed)
{
    expect_one("one two three four five", "three", 6, 8, "e two [three] fo\n");
    expect_one("one \t\n two\r\n\r\nthree\x01 four", "three", 100, 100,
               "one two [three] four\n");
    expect_one("three", "three", 10, 10, "[three]\n");
    expect_one(" three ", "three", 10, 10, " [three]\n");
    expect_one("one two three four", "three", 0, 5, "[three]\n");
    expect_one("one two three four", "three", 0, 2, "[th]\n");
    expect_one("one two three four", "three", 4, 0, "two []\n");
}

Test(kwic, wide_and_combining_characters_are_counted_in_columns)
{
    /* Two columns each. */
    expect_one("\xe4\xb8\x80\xe4\xba\x8c gas \xe4\xb8\x89\xe5\x9b\x9b", "gas",
               4, 7, "\xe4\xba\x8c [gas] \xe4\xb8\x89\n");
    /* An accent stays with its letter, or goes with it. */
    expect_one("ae\xcc\x81 gas e\xcc\x81x", "gas", 2, 5,
               "e\xcc\x81 [gas] e\xcc\x81\n");
    expect_one("e\xcc\x81x gas", "gas", 2, 5, "x [gas]\n");
}

Test(kwic, hostile_text_does_no_harm)
{
    AUTO_DONE(strbuf) text = STRBUF_INIT(1 << 20);
    for (int i = 0; i < 20000; i++)
        strbuf_append_string(&text, "\xcc\x81");
    strbuf_append_string(&text, "gas\x1b[31m\xe2\x80\xae \xff");
    for (int i = 0; i < 20000; i++)
        strbuf_append_string(&text, "\xf0\x9f");
    const struct mark m[] = {{40000, 3, 0, 0, MARK_STARTS},
                             {40001, SIZE_MAX, 0, 0, MARK_CONTINUES},
                             {SIZE_MAX, 3, 0, 0, MARK_CONTINUES},
                             {1 << 30, 3, 0, 0, MARK_STARTS}};
    struct kwic_line line;
    struct kwic k = {strbuf_text(&text), m, 1, 10, 12, 0};
    cr_assert(kwic_next(&k, &line, &arena));
    cr_assert(text_is(line.match, "gas"));
    cr_assert(text_is(line.after, "[31m \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"
                                  "\xef\xbf\xbd"),
              "%.*s", TEXT_ARG(line.after));
    cr_assert_not(kwic_next(&k, &line, &arena));
    k = (struct kwic){strbuf_text(&text), m, 4, 10, 12, 0};
    cr_assert(kwic_next(&k, &line, &arena));
    cr_assert_eq(line.source.to, text.len);
    cr_assert_not(kwic_next(&k, &line, &arena));
}

static struct search_fixture f;

static void begin(void)
{
    search_fixture_init(&f, NULL);
}

static void end(void)
{
    search_fixture_done(&f);
    release();
}

TestSuite(kwic_query, .init = begin, .fini = end);

/* The lines of the first hit's body. */
static void lines(const char *query, const char *expected)
{
    AUTO_DONE(arena) marks = ARENA_INIT;
    AUTO_DONE(search_answer) a;
    search_fixture_answer(&a, &f, query, NULL);
    cr_assert_eq(a.result.count, 1, "%s: %s", query, a.error.message);
    AUTO(highlight) h = highlight_new(a.plan, f.archive, f.analyzer);
    struct article article =
        search_fixture_article(&f, a.result.hits[0].document, &marks);
    struct highlight_marks m =
        highlight_article(h, a.result.hits[0].document, &article, &marks);
    expect((struct kwic){article.body, m.body, m.body_count, 4, 21, 0},
           expected);
}

Test(kwic_query, a_line_for_each_occurrence)
{
    const char *const bodies[] = {
        "New York, New York! The gas, gas prices of York, covid-19 gas."};
    search_fixture_bodies(&f, bodies, 1);
    lines("\"new york\"", "[New York], New York! T\n"
                          "rk, [New York]! The gas, ga\n");
    lines("gas", "The [gas], gas prices of Yo\n"
                 "as, [gas] prices of York, c\n"
                 "-19 [gas].\n");
    lines("gas w/1 price", "as, [gas prices] of York, c\n");
    lines("gas AND price", "The [gas], gas prices of Yo\n"
                           "as, [gas] prices of York, c\n"
                           "gas [prices] of York, covid\n"
                           "-19 [gas].\n");
    lines("covid-19", "rk, [covid-19] gas.\n");
    lines("york OR \"new york\"", "[New York], New York! T\n"
                                  "rk, [New York]! The gas, ga\n"
                                  "of [York], covid-19 gas.\n");
}
