#include "indexer/word_terms.h"

#include <criterion/criterion.h>

#include "common/engine/engine.h"

static const struct lexeme plain = {.word = TEXT("sanctions"),
                                    .stem = TEXT("sanction")};
static const struct lexeme accented = {
    .word = TEXT("hauser"), .stem = TEXT("haus"), .alt_stem = TEXT("hauser")};
static const struct lexeme unstemmed = {.word = TEXT("us")};

static uint32_t count(const struct lexeme *l, enum word_term which)
{
    const struct word_count w = {
        .lexeme = l, .total = 7, .title = 2, .caps = 3};
    return word_terms_count(&w, which);
}

static void assert_text(const struct lexeme *l, enum word_term which,
                        const char *expected)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(ENGINE_TERM_MAX);
    strbuf_append_string(&out, "what was there before");
    word_terms_text(l, which, &out);
    cr_assert_str_eq(strbuf_string(&out), expected);
    cr_assert_not(out.overflowed);
}

Test(word_terms, a_word_counts_everywhere_its_title_form_in_the_title)
{
    cr_assert_eq(count(&plain, WORD_TERM_WORD), 7);
    cr_assert_eq(count(&plain, WORD_TERM_STEM), 7);
    cr_assert_eq(count(&plain, WORD_TERM_TITLE), 2);
    cr_assert_eq(count(&plain, WORD_TERM_TITLE_STEM), 2);
    cr_assert_eq(count(&plain, WORD_TERM_CAPS), 3);
}

Test(word_terms, what_a_word_does_not_have_does_not_count)
{
    cr_assert_eq(count(&plain, WORD_TERM_ALT_STEM), 0);
    cr_assert_eq(count(&plain, WORD_TERM_TITLE_ALT_STEM), 0);
    cr_assert_eq(count(&accented, WORD_TERM_ALT_STEM), 7);
    cr_assert_eq(count(&accented, WORD_TERM_TITLE_ALT_STEM), 2);
    cr_assert_eq(count(&unstemmed, WORD_TERM_STEM), 0);
    cr_assert_eq(count(&unstemmed, WORD_TERM_TITLE_STEM), 0);
}

Test(word_terms, a_word_that_never_stands_in_a_title_has_no_title_terms)
{
    const struct word_count w = {.lexeme = &accented, .total = 1};
    cr_assert_eq(word_terms_count(&w, WORD_TERM_TITLE), 0);
    cr_assert_eq(word_terms_count(&w, WORD_TERM_TITLE_STEM), 0);
    cr_assert_eq(word_terms_count(&w, WORD_TERM_TITLE_ALT_STEM), 0);
    cr_assert_eq(word_terms_count(&w, WORD_TERM_CAPS), 0);
}

Test(word_terms, each_kind_has_its_prefix)
{
    assert_text(&accented, WORD_TERM_WORD, "hauser");
    assert_text(&accented, WORD_TERM_STEM, "Zhaus");
    assert_text(&accented, WORD_TERM_ALT_STEM, "Zhauser");
    assert_text(&accented, WORD_TERM_TITLE, "Shauser");
    assert_text(&accented, WORD_TERM_TITLE_STEM, "ZShaus");
    assert_text(&accented, WORD_TERM_TITLE_ALT_STEM, "ZShauser");
    assert_text(&unstemmed, WORD_TERM_CAPS, "XCAPSUS");
}

/* As long as the analyzer lets a word be, and of letters whose capitals take
 * three bytes instead of two. */
Test(word_terms, the_longest_word_fits_in_a_term)
{
    AUTO(analyzer) a = NULL;
    AUTO_DONE(strbuf) text = STRBUF_INIT(4096), out = STRBUF_INIT(1000);
    struct error err;
    struct token token;
    cr_assert_eq(analyzer_new(&a, "english", &err), STATUS_OK);
    strbuf_append_string(&text, "words in lower case and ");
    for (int i = 0; i < 500; i++)
        strbuf_append_string(&text, "\xe2\xb1\xaf"); /* U+2C6F */
    analyzer_start(a, strbuf_text(&text));
    bool caps = false;
    while (analyzer_next(a, &token))
        if (token.marks & TOKEN_CAPS) {
            caps = true;
            for (unsigned t = 0; t < WORD_TERM_COUNT; t++) {
                word_terms_text(token.lexeme, t, &out);
                cr_assert_leq(out.len, ENGINE_TERM_MAX, "%u", t);
            }
        }
    cr_assert(caps);
}
