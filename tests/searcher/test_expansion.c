#include "searcher/expansion.h"

#include <string.h>

#include <criterion/criterion.h>

#include "tests/searcher/search_fixture.h"

static struct search_fixture f;

static void begin(void)
{
    static const struct text authors[] = {TEXT("Ann Gasper")};
    search_fixture_init(&f, "english");
    search_fixture_add_text(&f, "1", "Gas", "gases women organisation été");
    search_fixture_publish(&f);
    search_fixture_add_text(&f, "2", "", "gas woman organization ete gasoline");
    search_fixture_add(&f, &(struct article){.id = TEXT("3"),
                                             .body = TEXT("x"),
                                             .authors = authors,
                                             .author_count = 1,
                                             .published = TIMESTAMP_UNKNOWN});
    search_fixture_publish(&f);
}

static void end(void)
{
    search_fixture_done(&f);
}

TestSuite(expansion, .init = begin, .fini = end);

static void expect_words(const struct expansion *words, const char *pattern,
                         const char *expected)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(100000);
    for (size_t i = 0; i < words->count; i++) {
        strbuf_append_string(&out, i > 0 ? " " : "");
        strbuf_append(&out, words->words[i]);
    }
    cr_expect_str_eq(strbuf_string(&out), expected, "%s: %s", pattern,
                     strbuf_string(&out));
}

static void wildcard(const char *pattern, enum field field,
                     const char *expected)
{
    AUTO_DONE(arena) arena = ARENA_INIT;
    struct expansion words;
    struct error err = ERROR_NONE;
    const struct expansion_source source = {f.archive, field, &arena};
    cr_assert_eq(expansion_wildcard(&words, &source, text_from(pattern), &err),
                 STATUS_OK, "%s", err.message);
    expect_words(&words, pattern, expected);
}

static void variants(const char *word, uint32_t distance, const char *expected)
{
    AUTO_DONE(arena) arena = ARENA_INIT;
    struct expansion words;
    struct error err = ERROR_NONE;
    const struct expansion_source source = {f.archive, FIELD_ANY, &arena};
    const struct expansion_variants wanted = {text_from(word), distance};
    cr_assert_eq(expansion_fuzzy(&words, &source, &wanted, &err), STATUS_OK,
                 "%s", err.message);
    expect_words(&words, word, expected);
}

Test(expansion, a_pattern_stands_for_the_words_of_all_segments_once)
{
    wildcard("gas*", FIELD_ANY, "gas gases gasoline");
    wildcard("gas", FIELD_ANY, "gas");
    wildcard("wom?n", FIELD_ANY, "woman women");
    wildcard("organi*ation", FIELD_ANY, "organisation organization");
    wildcard("*a*", FIELD_TITLE,
             "gas gases gasoline organisation organization woman");
    wildcard("g*s*s", FIELD_ANY, "gases");
    wildcard("et?", FIELD_ANY, "ete");
    wildcard("gas?", FIELD_ANY, "");
    wildcard("zz*", FIELD_ANY, "");
    wildcard("", FIELD_ANY, "");
}

Test(expansion, a_field_of_names_has_words_of_its_own)
{
    wildcard("gas*", FIELD_AUTHOR, "gasper");
    wildcard("*n", FIELD_AUTHOR, "ann");
    wildcard("gas*", FIELD_SOURCE, "");
}

Test(expansion, variants_are_within_their_distance)
{
    variants("gas", 1, "gas");
    variants("gsa", 1, "");
    variants("gsa", 2, "gas");
    variants("gasis", 1, "gases");
    variants("womn", 1, "woman women");
    variants("organisazion", 2, "organisation organization");
}

Test(expansion, too_many_words_are_an_error_that_names_their_number)
{
    AUTO_DONE(strbuf) body = STRBUF_INIT(100000);
    AUTO_DONE(arena) arena = ARENA_INIT;
    struct expansion words = {NULL, 42};
    struct error err = ERROR_NONE;
    for (int i = 0; i < EXPANSION_MAX; i++)
        strbuf_append_format(&body, "many%c%c%c ", 'a' + i / 100,
                             'a' + i / 10 % 10, 'a' + i % 10);
    search_fixture_add_text(&f, "many", "", strbuf_string(&body));
    search_fixture_publish(&f);
    const struct expansion_source source = {f.archive, FIELD_ANY, &arena};
    cr_expect_eq(expansion_wildcard(&words, &source, text_from("many*"), &err),
                 STATUS_OK);
    cr_expect_eq(words.count, EXPANSION_MAX);
    search_fixture_add_text(&f, "more", "", "manyzzz");
    search_fixture_publish(&f);
    const struct expansion_source after = {f.archive, FIELD_ANY, &arena};
    words.count = 42;
    cr_expect_eq(expansion_wildcard(&words, &after, text_from("many*"), &err),
                 STATUS_QUERY);
    cr_expect(strstr(err.message, "stands for 1001 words"), "%s", err.message);
    cr_expect_eq(words.count, 42);
}
