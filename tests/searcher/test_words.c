#include "searcher/words.h"

#include <criterion/criterion.h>

#include "common/strbuf.h"

static struct arena arena;

static void end(void)
{
    arena_done(&arena);
}

TestSuite(words, .fini = end);

/* "word/stem/alt_stem/caps ... + joined" */
static void become(const char *language, const char *typed,
                   const char *expected)
{
    struct error err = ERROR_NONE;
    AUTO(analyzer) analyzer = NULL;
    AUTO_DONE(strbuf) out = STRBUF_INIT(10000);
    cr_assert_eq(analyzer_new(&analyzer, language, &err), STATUS_OK);
    struct words words = words_analyze(analyzer, text_from(typed), &arena);
    for (size_t i = 0; i < words.count; i++)
        strbuf_append_format(
            &out, "%s%.*s/%.*s/%.*s/%.*s", i > 0 ? " " : "",
            TEXT_ARG(words.parts[i].word), TEXT_ARG(words.parts[i].stem),
            TEXT_ARG(words.parts[i].alt_stem), TEXT_ARG(words.parts[i].caps));
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

Test(words, dotted_capitals_keep_their_case)
{
    become("english", "U.S.", "us/us//US");
    become("english", "u.s.", "us/us//");
    become("english", "US", "us/us//");
    become("english", "the U.S. army", "the/the// us/us//US army/armi//");
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
