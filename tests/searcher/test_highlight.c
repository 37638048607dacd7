#include "searcher/highlight.h"

#include <criterion/criterion.h>

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
