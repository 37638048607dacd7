#include "searcher/words.h"

#include <criterion/criterion.h>

#include "common/strbuf.h"

static struct arena arena;

static void end(void)
{
    arena_done(&arena);
}

TestSuite(words, .fini = end);

/* "word/stem/alt_stem/caps ... + joined"; behind caps '.' if typed U.S. */
static void become(const char *language, const char *typed,
                   const char *expected)
{
    struct error err = ERROR_NONE;
    AUTO(analyzer) analyzer = NULL;
    AUTO_DONE(strbuf) out = STRBUF_INIT(10000);
    cr_assert_eq(analyzer_new(&analyzer, language, &err), STATUS_OK);
    struct words words = words_analyze(analyzer, text_from(typed), &arena);
    for (size_t i = 0; i < words.count; i++) {
        const struct word *w = &words.parts[i];
        strbuf_append_format(&out, "%s%.*s/%.*s/%.*s/%.*s%s", i > 0 ? " " : "",
                             TEXT_ARG(w->word), TEXT_ARG(w->stem),
                             TEXT_ARG(w->alt_stem), TEXT_ARG(w->caps),
                             words_is_dotted_capitals(w) ? "." : "");
    }
    if (words.joined)
        strbuf_append_format(&out, " + %.*s", TEXT_ARG(words.joined->word));
    cr_expect_str_eq(strbuf_string(&out), expected, "%s: %s", typed,
                     strbuf_string(&out));
}

Test(words, a_word_has_its_stem)
{
    become("english", "Sanctions", "sanctions/sanction//");
    become("none", "Sanctions", "sanctions///");
    become("german", "Häuser", "hauser/haus//");
}

Test(words, text_without_words_gives_none)
{
    become("english", "", "");
    become("english", "... --- !", "");
    become("english", "\xff\xfe", "");
}

Test(words, capitals_keep_their_case)
{
    become("english", "U.S.", "us/us//US.");
    become("english", "u.s.", "us/us//");
    become("english", "US", "us/us//US");
    become("english", "Us", "us/us//");
    become("english", "the U.S. army", "the/the// us/us//US. army/armi//");
    become("none", "и.о.", "ио///");
}

Test(words, only_a_whole_hyphenated_word_has_a_joined_form)
{
    become("english", "covid-19", "covid/covid// 19/// + covid19");
    become("english", "the covid-19", "the/the// covid/covid// 19///");
    become("english", "e-mail e-mail", "e/e// mail/mail// e/e// mail/mail//");
    become("english", "2021-12-19", "2021/// 12/// 19///");
}

Test(words, many_words_are_kept_in_order)
{
    AUTO_DONE(strbuf) typed = STRBUF_INIT(100000);
    struct error err = ERROR_NONE;
    AUTO(analyzer) analyzer = NULL;
    cr_assert_eq(analyzer_new(&analyzer, "english", &err), STATUS_OK);
    for (int i = 0; i < 1000; i++)
        strbuf_append_format(&typed, "w%d ", i);
    struct words words = words_analyze(analyzer, strbuf_text(&typed), &arena);
    cr_assert_eq(words.count, 1000);
    cr_expect(text_is(words.parts[0].word, "w0"));
    cr_expect(text_is(words.parts[999].word, "w999"));
}

static void pattern(const char *typed, const char *expected)
{
    struct error err = ERROR_NONE;
    AUTO(analyzer) analyzer = NULL;
    struct text out = {NULL, 0};
    cr_assert_eq(analyzer_new(&analyzer, "english", &err), STATUS_OK);
    bool one = words_pattern(&out, analyzer, text_from(typed), &arena);
    cr_expect_eq(one, expected != NULL, "%s: %.*s", typed, TEXT_ARG(out));
    if (expected)
        cr_expect(text_is(out, expected), "%s: %.*s", typed, TEXT_ARG(out));
}

Test(words, a_pattern_is_one_word_as_it_is_indexed)
{
    pattern("Sanction*", "sanction*");
    pattern("wom?n", "wom?n");
    pattern("anti-w?r*", "antiw?r*");
    pattern("O’Nei*", "o'nei*");
    pattern("U.S.*", "us*");
    pattern("ＥＴ＊", "et*");
    pattern("1000.5?", "1000.5?");
    pattern("zelensky", "zelensky");
}

Test(words, a_pattern_of_several_words_or_none_is_none)
{
    pattern("gas/pri*", NULL);
    pattern("1,000.*", NULL);
    pattern("a-b-c-d-e*", NULL);
    pattern("2022-0?", NULL);
    pattern("---", NULL);
    pattern("", NULL);
}
