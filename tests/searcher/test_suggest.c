#include "searcher/suggest.h"

#include <criterion/criterion.h>

#include "common/strbuf.h"
#include "tests/searcher/search_fixture.h"

static struct search_fixture f;

static void begin(void)
{
    static const struct text authors[] = {TEXT("Jane Smith")};
    search_fixture_init(&f, "english");
    for (int i = 0; i < 5; i++) {
        char id[20];
        snprintf(id, sizeof id, "%d", i);
        search_fixture_add_text(&f, id, "Nord Stream",
                                "The covid-19 sanctions on gas and prices.");
    }
    search_fixture_add_text(&f, "rare", "A node", "wood stream of gases");
    search_fixture_add_text(&f, "gone", "", "zeppelin");
    search_fixture_add(&f, &(struct article){.id = TEXT("by"),
                                             .body = TEXT("Smithers"),
                                             .authors = authors,
                                             .author_count = 1,
                                             .published = TIMESTAMP_UNKNOWN});
    search_fixture_publish(&f);
    search_fixture_add_text(&f, "gone", "", "zebra");
    search_fixture_publish(&f);
}

static void end(void)
{
    search_fixture_done(&f);
}

TestSuite(suggest, .init = begin, .fini = end);

static void suggests(const char *query, const char *expected)
{
    AUTO_DONE(search_answer) a;
    AUTO_DONE(arena) arena = ARENA_INIT;
    struct suggestion s;
    struct error err = ERROR_NONE;
    search_fixture_answer(&a, &f, query, NULL);
    cr_assert_eq(a.status, STATUS_OK, "%s: %s", query, a.error.message);
    const struct suggest_request request = {
        .query = a.query,
        .archive = f.archive,
        .analyzer = f.analyzer,
        .found =
            a.result.total > 0 ? SUGGEST_SOME_FOUND : SUGGEST_NOTHING_FOUND,
        .arena = &arena};
    cr_assert_eq(suggest_query(&s, &request, &err), STATUS_OK, "%s",
                 err.message);
    cr_expect(text_is(s.query, expected), "%s: '%.*s', not '%s'", query,
              TEXT_ARG(s.query), expected);
    for (size_t i = 0; i < s.count; i++)
        cr_expect_gt(s.words[i].articles, 0);
}

Test(suggest, words_of_the_archive_take_the_place_of_others)
{
    suggests("nrod stream", "nord stream");
    suggests("nrod straem  gas", "nord stream  gas");
    suggests("Nrod OR (stream -gas)", "nord OR (stream -gas)");
    suggests("\"nrod  stream\" price", "\"nord  stream\" price");
    suggests("=sanctoins", "=sanctions");
    suggests("title:nrod", "title:nord");
    suggests("title:\"nord straem\"", "title:\"nord stream\"");
    suggests("title:(nrod OR strem)", "title:(nord OR stream)");
    suggests("(nrod w/5 stream) atleast2(sanctionz)",
             "(nord w/5 stream) atleast2(sanctions)");
    suggests("“sanctoins”", "“sanctions”");
    suggests("sanctoms", "sanctions");
    suggests("covdi-19", "covid-19");
}

Test(suggest, what_is_known_is_left_alone)
{
    suggests("nord stream", "");
    suggests("nord sanctioned", "");
    suggests("covid19 zebra", "");
    suggests("gas -nrod", "");
    suggests("*", "");
    suggests("xx qqqqqqq 1999 nrod* id:nrod", "");
    suggests("北京大学", "");
}

Test(suggest, a_word_is_sought_where_it_was_asked_for)
{
    suggests("author:smiht", "author:smith");
    suggests("author:\"jane smiht\"", "author:\"jane smith\"");
    suggests("title:sanctoins", "");
    suggests("author:nrod", "");
}

Test(suggest, words_of_deleted_articles_only_are_not_suggested)
{
    suggests("zeppelim", "");
    suggests("zebar", "zebra");
}

Test(suggest, a_rare_word_may_be_a_slip_if_nothing_is_found)
{
    for (int i = 0; i < 400; i++) {
        char id[20];
        snprintf(id, sizeof id, "form%d", i);
        search_fixture_add_text(&f, id, "", "would");
    }
    search_fixture_add_text(&f, "slip", "", "woul");
    search_fixture_publish(&f);
    suggests("woul", "");
    suggests("woul sanctions", "would sanctions");
    suggests("wood sanctions", "");
}

Test(suggest, the_words_come_with_their_places_and_articles)
{
    AUTO_DONE(arena) arena = ARENA_INIT;
    AUTO(query) query = NULL;
    struct suggestion s;
    struct error err = ERROR_NONE;
    cr_assert_eq(query_parse(&query, text_from("été nrod"), &err), STATUS_OK);
    const struct suggest_request request = {query, f.archive, f.analyzer,
                                            SUGGEST_NOTHING_FOUND, &arena};
    cr_assert_eq(suggest_query(&s, &request, &err), STATUS_OK);
    cr_assert_eq(s.count, 1);
    cr_expect_eq(s.words[0].offset, 6);
    cr_expect_eq(s.words[0].length, 4);
    cr_expect(text_is(s.words[0].word, "nord"));
    cr_expect_eq(s.words[0].articles, 5);
}

Test(suggest, a_query_of_many_unknown_words_is_bounded)
{
    AUTO_DONE(strbuf) query = STRBUF_INIT(10000);
    AUTO_DONE(strbuf) expected = STRBUF_INIT(10000);
    for (int i = 0; i < 20; i++) {
        strbuf_append_string(&query, "nrod ");
        strbuf_append_string(&expected,
                             i < SUGGEST_WORDS_MAX ? "nord " : "nrod ");
    }
    suggests(strbuf_string(&query), strbuf_string(&expected));
}
