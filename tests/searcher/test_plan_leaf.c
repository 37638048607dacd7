/* What a single word, phrase or field finds. */
#include "searcher/plan_leaf.h"

#include <criterion/criterion.h>

#include "tests/searcher/search_fixture.h"

static struct search_fixture f;

static void end(void)
{
    search_fixture_done(&f);
}

TestSuite(plan_leaf, .fini = end);

#define BODIES(language, ...)                                                  \
    do {                                                                       \
        static const char *const bodies[] = {__VA_ARGS__};                     \
        search_fixture_init(&f, language);                                     \
        search_fixture_bodies(&f, bodies, sizeof bodies / sizeof *bodies);     \
    } while (0)

static void finds(const char *query, const char *expected)
{
    cr_expect_str_eq(search_fixture_set(&f, query, NULL), expected, "%s: %s",
                     query, search_fixture_set(&f, query, NULL));
}

Test(plan_leaf, words_find_their_inflections_and_exact_ones_do_not)
{
    BODIES(NULL, "sanction", "Sanctions", "SANCTIONED", "sanctuary");
    finds("sanctions", "1 2 3");
    finds("=sanctions", "2");
    finds("\"sanctions\"", "2");
    finds("=SANCTIONS", "2");
}

Test(plan_leaf, hyphenated_words_find_parts_and_the_joined_word)
{
    BODIES(NULL, "covid-19 x", "covid19 x", "covid 19 x", "19 covid x",
           "covid x 19");
    finds("covid-19", "1 2 3");
    finds("covid19", "1 2");
    finds("\"covid 19\"", "1 3");
    finds("covid 19", "1 3 4 5");
    finds("=covid-19", "1 2 3");
    finds("\"covid-19 x\"", "1 3");
    finds("\"covid19 x\"", "1 2");
}

Test(plan_leaf, dotted_capitals_mean_the_word_in_capitals)
{
    BODIES(NULL, "the US army", "tell us more", "the U.S. army",
           "A U.S.-led force", "ALL OF US TOGETHER", "the u.s. army");
    finds("us", "1 2 3 4 5 6");
    finds("U.S.", "1 3 4");
    finds("\"U.S. army\"", "1 3");
    finds("u.s.", "1 2 3 4 5 6");
    finds("-U.S.", "2 5 6");
}

Test(plan_leaf, dotted_capitals_are_told_apart_in_titles)
{
    search_fixture_init(&f, NULL);
    search_fixture_add_text(&f, "1", "With us today", "The US army");
    search_fixture_add_text(&f, "2", "The US army", "with us");
    search_fixture_add_text(&f, "3", "U.S. troops land", "gas");
    search_fixture_publish(&f);
    finds("title:us", "1 2 3");
    finds("title:U.S.", "2 3");
    finds("title:\"U.S. army\"", "2");
    finds("-title:U.S.", "1");
    finds("title:U.S. OR with", "1 2 3");
}

Test(plan_leaf, punctuation_inside_words_is_as_the_analyzer_reads_it)
{
    BODIES(NULL, "O'Neill", "O’Neill's", "AT&T", "at&t", "1,000.50", "1000.50",
           "1 000.50", "Neill");
    finds("O'Neill", "1 2");
    finds("oneill", "");
    finds("AT&T", "3 4");
    finds("1,000.50", "5 6");
    finds("1000.50", "5 6");
}

Test(plan_leaf, accents_do_not_matter)
{
    BODIES(NULL, "Erdoğan", "ERDOGAN", "erdoğan’s plan", "Erdo");
    finds("erdogan", "1 2 3");
    finds("Erdoğan", "1 2 3");
    finds("\"erdogan plan\"", "3");
}

Test(plan_leaf, german_plurals_are_found_with_and_without_umlauts)
{
    BODIES("german", "Häuser", "Haus", "hauser", "Hausboot");
    finds("Häuser", "1 2 3");
    finds("hauser", "1 2 3");
    finds("Haus", "1 2 3");
    finds("=Häuser", "1 3");
}

Test(plan_leaf, french_accents_and_elisions_find_each_other)
{
    BODIES("french", "l'été", "ETE", "étés", "l’ete", "hiver");
    finds("été", "1 2 3 4");
    finds("ete", "1 2 3 4");
    finds("\"l'été\"", "1 4");
    finds("l'été", "1 4");
}

Test(plan_leaf, chinese_words_are_found_inside_longer_ones)
{
    BODIES(NULL, "北京大学在北京", "北京", "大学", "京大学校", "北 京");
    finds("北京", "1 2");
    finds("北京大学", "1");
    finds("大学", "1 3 4");
    finds("\"北京大学\"", "1");
    finds("北京 大学", "1");
}

Test(plan_leaf, titles_are_asked_for_words_and_phrases)
{
    search_fixture_init(&f, NULL);
    search_fixture_add_text(&f, "1", "Nord Stream gas", "price");
    search_fixture_add_text(&f, "2", "Stream nord", "Nord Stream gas");
    search_fixture_add_text(&f, "3", "", "Nord Stream gas");
    search_fixture_add_text(&f, "4", "Gas of nord", "stream");
    search_fixture_publish(&f);
    finds("title:nord", "1 2 4");
    finds("title:\"nord stream\"", "1");
    finds("title:(nord stream)", "1 2");
    finds("title:nord title:gas", "1 4");
    finds("title:(gas OR stream)", "1 2 4");
    finds("title:streams", "1 2");
    finds("title:=streams", "");
    finds("-title:nord", "3");
    finds("gas -title:gas", "2 3");
    finds("\"gas stream\"", "");
}

Test(plan_leaf, a_phrase_does_not_reach_from_title_to_body)
{
    search_fixture_init(&f, NULL);
    search_fixture_add_text(&f, "1", "Prices of gas", "Pipelines leak");
    search_fixture_publish(&f);
    finds("\"gas pipelines\"", "");
    finds("\"pipelines leak\"", "1");
    finds("\"prices of gas\"", "1");
}

static void add_named(const char *id, const char *source, const char *author,
                      const char *other)
{
    const struct text authors[] = {text_from(author), text_from(other)};
    const struct article a = {.id = text_from(id),
                              .body = TEXT("gas"),
                              .source = text_from(source),
                              .section = text_from(source),
                              .language = text_from("en"),
                              .url = text_from("http://example.org/a?b=c:d"),
                              .authors = authors,
                              .author_count = *other ? 2 : 1,
                              .published = TIMESTAMP_UNKNOWN};
    search_fixture_add(&f, &a);
}

Test(plan_leaf, names_of_several_words_stand_together_in_one_name)
{
    search_fixture_init(&f, NULL);
    add_named("1", "BBC News", "Jane Doe", "");
    add_named("2", "News BBC", "Jane Roe", "John Doe");
    add_named("3", "BBC World News", "Doe Jane", "");
    add_named("4", "The BBC News Desk", "Jane", "Doe");
    add_named("5", "Bbc-News", "Mary Jane DOE", "X");
    search_fixture_publish(&f);
    finds("author:\"jane doe\"", "1 5");
    finds("author:jane author:doe", "1 2 3 4 5");
    finds("author:(jane doe)", "1 2 3 4 5");
    finds("source:\"bbc news\"", "1 4 5");
    finds("source:bbc", "1 2 3 4 5");
    finds("section:\"news bbc\"", "2");
    finds("-source:\"bbc news\"", "2 3");
    finds("-author:jane", "");
    finds("source:the", "4");
    finds("source:\"bbc\" -author:mary", "1 2 3 4");
}

Test(plan_leaf, exact_fields_take_the_whole_value)
{
    search_fixture_init(&f, NULL);
    add_named("p-1", "x", "x", "");
    add_named("p-2", "x", "x", "");
    search_fixture_publish(&f);
    finds("id:p-1", "p-1");
    finds("id:p", "");
    finds("id:P-1", "");
    finds("lang:EN", "p-1 p-2");
    finds("-lang:en", "");
    finds("url:http://example.org/a?b=c:d -id:p-2", "p-1");
}

Test(plan_leaf, a_word_longer_than_a_term_is_found_by_its_beginning)
{
    char word[1001];
    for (size_t i = 0; i < 1000; i++)
        word[i] = (char)('a' + i % 26);
    word[1000] = '\0';
    search_fixture_init(&f, NULL);
    search_fixture_add_text(&f, "1", word, word);
    search_fixture_publish(&f);
    finds(word, "1");
    AUTO_DONE(strbuf) query = STRBUF_INIT(10000);
    strbuf_append_format(&query, "title:\"%s\" \"%s\"", word, word);
    finds(strbuf_string(&query), "1");
}
