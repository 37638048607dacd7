#include "searcher/highlight.h"

#include <criterion/criterion.h>

#include "tests/searcher/query_reference.h"
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

TestSuite(highlight, .init = begin, .fini = end);

static void append_marked(struct strbuf *out, struct text text,
                          const struct mark *marks, size_t count)
{
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        size_t to = marks[i].offset + marks[i].length;
        if (i > 0)
            cr_assert_geq(marks[i].offset, marks[i - 1].offset);
        cr_assert_leq(to, text.len);
        if (to <= at)
            continue;
        size_t from = marks[i].offset > at ? marks[i].offset : at;
        strbuf_append(out, text_slice(text, at, from - at));
        strbuf_append_char(out, '[');
        strbuf_append(out, text_slice(text, from, to - from));
        strbuf_append_char(out, ']');
        at = to;
    }
    strbuf_append(out, text_slice(text, at, text.len));
}

/* Title and body of the first hit, with brackets around what is marked. */
static void marks(const char *query, const char *expected)
{
    AUTO_DONE(arena) arena = ARENA_INIT;
    AUTO_DONE(strbuf) out = STRBUF_INIT(10000);
    AUTO_DONE(search_answer) a;
    search_fixture_answer(&a, &f, query, NULL);
    cr_assert_gt(a.result.count, 0, "%s: %s", query, a.error.message);
    AUTO(highlight) h = highlight_new(a.plan, f.archive, f.analyzer);
    struct article article =
        search_fixture_article(&f, a.result.hits[0].document, &arena);
    struct highlight_marks m =
        highlight_article(h, a.result.hits[0].document, &article, &arena);
    append_marked(&out, article.title, m.title, m.title_count);
    strbuf_append_string(&out, " | ");
    append_marked(&out, article.body, m.body, m.body_count);
    cr_expect_str_eq(strbuf_string(&out), expected, "%s: %s", query,
                     strbuf_string(&out));
}

static void publish(const char *title, const char *body)
{
    search_fixture_add_text(&f, "1", title, body);
    search_fixture_publish(&f);
}

Test(highlight, every_inflection_of_a_word_is_marked)
{
    publish("Sanctions", "The sanctioned bank; a SANCTION's end. Sanctuary.");
    marks("sanction",
          "[Sanctions] | The [sanctioned] bank; a [SANCTION]'s end. "
          "Sanctuary.");
    marks("=sanction",
          "Sanctions | The sanctioned bank; a [SANCTION]'s end. Sanctuary.");
}

Test(highlight, stop_words_are_marked_only_where_they_were_asked_for)
{
    publish("The gas", "the price of the gas");
    marks("the gas", "The [gas] | the price of the [gas]");
    marks("=the gas", "[The] [gas] | [the] price of [the] [gas]");
    marks("the", "[The] gas | [the] price of [the] gas");
}

Test(highlight, of_a_phrase_only_the_occurrences_are_marked)
{
    publish("Gas price", "The price of gas. A gas\nprice, gas. Gas prices.");
    marks("\"gas price\"",
          "[Gas] [price] | The price of gas. A [gas]\n[price], gas. "
          "Gas prices.");
    marks("\"gas price\" prices",
          "[Gas] [price] | The [price] of gas. A [gas]\n[price], gas. "
          "Gas [prices].");
}

Test(highlight, title_words_are_marked_in_the_title_only)
{
    publish("Gas price", "gas price");
    marks("title:gas", "[Gas] price | gas price");
    marks("title:\"gas price\"", "[Gas] [price] | gas price");
    marks("title:gas price", "[Gas] [price] | gas [price]");
}

Test(highlight, what_is_excluded_or_only_a_field_is_not_marked)
{
    const struct article a = {.id = TEXT("1"),
                              .title = TEXT("Wire"),
                              .body = TEXT("gas and wire and oil"),
                              .source = TEXT("Wire"),
                              .published = TIMESTAMP_UNKNOWN};
    search_fixture_add(&f, &a);
    search_fixture_publish(&f);
    marks("gas source:wire", "Wire | [gas] and wire and oil");
    marks("gas -tin", "Wire | [gas] and wire and oil");
    marks("gas -title:oil", "Wire | [gas] and wire and oil");
    marks("*", "Wire | gas and wire and oil");
    marks("gas OR tin", "Wire | [gas] and wire and oil");
}

Test(highlight, marks_are_the_words_as_written)
{
    publish("O’Neill's U.S. plan",
            "AT&T of ERDOĞAN cost 1,000.50, tell us. The US and 北京大学.");
    marks("o'neill", "[O’Neill]'s U.S. plan | AT&T of ERDOĞAN cost 1,000.50, "
                     "tell us. The US and 北京大学.");
    marks("U.S.", "O’Neill's [U.S.] plan | AT&T of ERDOĞAN cost 1,000.50, "
                  "tell us. The [US] and 北京大学.");
    marks("at&t erdogan 1000.50",
          "O’Neill's U.S. plan | [AT&T] of [ERDOĞAN] cost [1,000.50], "
          "tell us. The US and 北京大学.");
    marks("大学", "O’Neill's U.S. plan | AT&T of ERDOĞAN cost 1,000.50, "
                  "tell us. The US and 北京[大学].");
    marks("北京大学", "O’Neill's U.S. plan | AT&T of ERDOĞAN cost 1,000.50, "
                      "tell us. The US and [北京][大][学].");
}

Test(highlight, hyphenated_words_are_marked_whole_or_in_part)
{
    publish("", "Covid-19 and covid19 and 19 covid and covid 19");
    marks("covid19", " | [Covid-19] and [covid19] and 19 covid and covid 19");
    marks("19", " | Covid-[19] and covid19 and [19] covid and covid [19]");
    marks("\"covid 19\"",
          " | [Covid]-[19] and covid19 and 19 covid and [covid] [19]");
    marks("covid-19",
          " | [Covid-19] and [covid19] and 19 covid and [covid] [19]");
}

/* --- against the words of the text ---------------------------------------- */

static size_t below(size_t limit)
{
    static unsigned state = 99;
    state = state * 1103515245 + 12345;
    return (state >> 16) % limit;
}

/* A phrase of words without hyphens: brute force over the tokens. */
static void check_phrase(const struct reference_tokens *all,
                         const struct text *phrase, size_t count,
                         const struct mark *marked, size_t marked_count)
{
    bool expected[200] = {false};
    size_t wanted = 0;
    for (size_t i = 0; i + count <= all->count; i++) {
        size_t same = 0;
        while (same < count &&
               text_equal(all->tokens[i + same].lexeme->word, phrase[same]))
            same++;
        for (size_t k = 0; same == count && k < count; k++)
            expected[i + k] = true;
    }
    for (size_t i = 0; i < all->count; i++) {
        bool found = false;
        for (size_t k = 0; k < marked_count; k++)
            found = found || marked[k].offset == all->tokens[i].offset;
        wanted += expected[i];
        cr_assert_eq(found, expected[i], "token %zu", i);
    }
    cr_assert_eq(marked_count, wanted);
}

Test(highlight, any_phrase_is_marked_where_it_stands, .timeout = 60)
{
    static const char *const words[] = {"a", "b", "the", "c"};
    for (int i = 0; i < 40; i++) {
        AUTO_DONE(strbuf) body = STRBUF_INIT(1000);
        char id[20];
        for (size_t n = 1 + below(60); n > 0; n--)
            strbuf_append_format(&body, "%s%s", words[below(4)],
                                 below(6) ? " " : ". ");
        snprintf(id, sizeof id, "%d", i);
        search_fixture_add_text(&f, id, "", strbuf_string(&body));
    }
    search_fixture_publish(&f);
    for (int i = 0; i < 100; i++) {
        AUTO_DONE(arena) arena = ARENA_INIT;
        AUTO_DONE(strbuf) query = STRBUF_INIT(1000);
        AUTO_DONE(search_answer) a;
        struct text phrase[3];
        size_t count = 2 + below(2);
        for (size_t k = 0; k < count; k++) {
            phrase[k] = text_from(words[below(4)]);
            strbuf_append_format(&query, "%s%.*s", k > 0 ? " " : "\"",
                                 TEXT_ARG(phrase[k]));
        }
        strbuf_append_char(&query, '"');
        search_fixture_answer(&a, &f, strbuf_string(&query), NULL);
        AUTO(highlight) h = highlight_new(a.plan, f.archive, f.analyzer);
        for (size_t k = 0; k < a.result.count; k++) {
            struct engine_document d = a.result.hits[k].document;
            struct article article = search_fixture_article(&f, d, &arena);
            struct highlight_marks m =
                highlight_article(h, d, &article, &arena);
            struct reference_article apart;
            reference_article_init(&apart, f.analyzer, &article);
            cr_assert_gt(m.body_count, 0);
            check_phrase(&apart.body, phrase, count, m.body, m.body_count);
            reference_article_done(&apart);
        }
    }
}
