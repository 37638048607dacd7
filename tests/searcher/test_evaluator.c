#include "searcher/evaluator.h"

#include <criterion/criterion.h>

#include "common/strbuf.h"
#include "tests/searcher/stream_fixture.h"

static bool list_match(void *context, const struct evaluator_match *m)
{
    struct strbuf *out = context;
    char name[16];
    snprintf(name, sizeof name, "%s%u", m->body ? "b" : "t",
             (unsigned)m->ordinal);
    if (out->len >= strlen(name) &&
        strcmp(out->ptr + out->len - strlen(name), name) == 0)
        return true; /* for another leaf */
    strbuf_append_format(out, "%s%s", out->len ? " " : "", name);
    return true;
}

struct row {
    const char *condition;
    const char *words; /* that match, by ordinal; NULL if it does not hold */
};

static void assert_rows(const char *article, const struct row *rows,
                        size_t count)
{
    struct stream_fixture f;
    fixture_init(&f, 0);
    fixture_article(&f, article);
    const struct evaluator_segment segment = fixture_open(&f);
    for (size_t i = 0; i < count; i++) {
        AUTO_DONE(strbuf) found = STRBUF_INIT(1000);
        AUTO(evaluator)
        e = evaluator_new(fixture_condition(&f.arena, rows[i].condition),
                          &segment, 1);
        const bool holds = rows[i].words != NULL;
        cr_assert_eq(evaluator_check(e, 0, 1), holds, "check %s on %s",
                     rows[i].condition, article);
        cr_assert_eq(evaluator_matches(e, 0, 1, list_match, &found), holds,
                     "matches %s on %s", rows[i].condition, article);
        cr_assert_str_eq(strbuf_string(&found), holds ? rows[i].words : "",
                         "%s on %s", rows[i].condition, article);
        cr_assert_not(evaluator_damaged(e));
    }
    fixture_done(&f);
}

#define ASSERT_ROWS(article, rows)                                             \
    assert_rows((article), (rows), sizeof(rows) / sizeof *(rows))

Test(evaluator, leaves_match_words_stems_capitals_and_prefixes)
{
    static const struct row rows[] = {
        {"{word:price}", "b0"},
        {"{word:prices}", "b1"},
        {"{stem:price}", "b0 b1"},
        {"{stem:prices}", NULL},
        {"{prefix:pri}", "b0 b1"},
        {"{prefix:}", "t0 t1 b0 b1 b2 b3"},
        {"{word:us}", "t0 b2"},
        {"{caps:us}", "t0"},
        {"{caps:us word:us}", "t0 b2"},
        {"{caps:price}", NULL},
        {"{stem:alt}", "b3"},
        {"{stem:qatar}", "b3"},
        {"{word:nowhere}", NULL},
        {"{word:price word:us word:price}", "t0 b0 b2"},
        {"{}", NULL},
    };
    ASSERT_ROWS("^us gas | price prices us qatar", rows);
}

Test(evaluator, phrases_are_words_in_order_side_by_side)
{
    static const struct row rows[] = {
        {"(PHRASE {word:a} {word:b})", "b0 b1 b4 b5"},
        {"(PHRASE {word:a} {word:b} {word:c})", "b4 b5 b6"},
        {"(PHRASE {word:b} {word:a})", NULL},
        {"(PHRASE {word:c} {word:a})", "b3 b4"},
        {"(PHRASE {word:a})", "b0 b4"},
        {"(PHRASE {word:t} {word:a})", NULL},
        {"(PHRASE {word:d} {word:d})", "b7 b8 b9"},
        {"(PHRASE {word:d} {word:d} {word:d} {word:d})", NULL},
        {"(PHRASE (OR {word:x} {word:c}) {word:a word:d})", "b3 b4 b6 b7"},
    };
    ASSERT_ROWS("t | a b x c a b c d d d", rows);
}

Test(evaluator, joined_words_stand_at_all_positions_of_their_parts)
{
    static const struct row rows[] = {
        {"(PHRASE {word:covid} {word:19} {word:vaccine})", "b1 b2 b4"},
        {"(PHRASE {word:covid19} {word:vaccine})", "b3 b4"},
        {"(PHRASE {word:the} {word:covid19} {word:vaccine})", "b0 b3 b4"},
        {"(PHRASE {word:the} {word:covid} {word:19})", "b0 b1 b2"},
        {"(PHRASE {word:covid} {word:vaccine})", NULL},
        {"(PHRASE {word:19} {word:covid19})", NULL},
        {"(PHRASE {word:covid} {word:covid19})", NULL},
        {"(NEAR/9 {word:covid} {word:covid19})", NULL},
        {"(NEAR/1 {word:covid19} {word:the})", "b0 b3"},
        {"(NEAR/1 {word:covid} {word:19})", "b1 b2"},
        {"(BEFORE/1 {word:covid19} {word:vaccine})", "b3 b4"},
        {"(ATLEAST/2 {word:covid word:covid19})", NULL},
        {"(ATLEAST/2 {word:covid word:19})", "b1 b2"},
        {"(LEAD/2 {word:covid19})", NULL},
        {"(LEAD/3 {word:covid19})", "b3"},
    };
    ASSERT_ROWS("| the covid 19 +covid19/2 vaccine", rows);
}

Test(evaluator, near_and_before_count_positions)
{
    static const struct row rows[] = {
        {"(NEAR/3 {word:gas} {word:price})", NULL},
        {"(NEAR/4 {word:gas} {word:price})", "b0 b4"},
        {"(NEAR/4 {word:price} {word:gas})", "b0 b4"},
        {"(NEAR/9 {word:price} {word:gas})", "b0 b4 b10"},
        {"(BEFORE/4 {word:gas} {word:price})", "b0 b4"},
        {"(BEFORE/4 {word:price} {word:gas})", NULL},
        {"(BEFORE/6 {word:price} {word:gas})", "b4 b10"},
        {"(NEAR/9 {word:gas} {word:gas})", NULL},
        {"(NEAR/10 {word:gas} {word:gas})", "b0 b10"},
        {"(NEAR/9 {word:price} {word:price})", NULL},
        {"(NEAR/100 {word:t} {word:gas})", NULL},
        {"(NEAR/101 {word:t} {word:gas})", "t0 b0"},
    };
    ASSERT_ROWS("t | gas x x x price x x x x x gas", rows);
}

Test(evaluator, nested_operands_may_interlace_but_not_share_a_word)
{
    static const struct row rows[] = {
        {"(NEAR/3 {word:a} {word:b} {word:c})", "b0 b1 b2"},
        {"(NEAR/3 (NEAR/3 {word:a} {word:c}) {word:b})", "b0 b1 b2 b5"},
        {"(NEAR/3 (NEAR/3 {word:a} {word:b}) {word:a})", NULL},
        {"(NEAR/9 (PHRASE {word:a} {word:b}) (PHRASE {word:b} {word:c}))",
         NULL},
        {"(NEAR/9 (PHRASE {word:a} {word:b}) (PHRASE {word:b} {word:d}))",
         "b0 b1 b5 b6"},
        {"(NEAR/4 (PHRASE {word:a} {word:b}) {word:d})", NULL},
        {"(BEFORE/5 (PHRASE {word:a} {word:b}) {word:d})", "b0 b1 b6"},
        {"(BEFORE/5 (NEAR/2 {word:a} {word:c}) {word:b})", "b0 b2 b5"},
    };
    ASSERT_ROWS("| a b c x x b d", rows);
}

Test(evaluator, sentences_and_paragraphs_hold_what_stands_in_one_wholly)
{
    static const struct row rows[] = {
        {"(SENTENCE {word:a} {word:b})", "b0 b1"},
        {"(SENTENCE {word:b} {word:a})", "b0 b1"},
        {"(SENTENCE {word:a} {word:c})", NULL},
        {"(PARAGRAPH {word:a} {word:c})", "b0 b2"},
        {"(PARAGRAPH {word:c} {word:d})", NULL},
        {"(SENTENCE {word:t} {word:u})", "t0 t1"},
        {"(SENTENCE {word:u} {word:a})", NULL},
        {"(PARAGRAPH {word:u} {word:a})", NULL},
        {"(SENTENCE {word:d} {word:d})", NULL},
        {"(SENTENCE {word:e} {word:e})", "b4 b5"},
        {"(SENTENCE {word:e} {word:f} {word:e})", "b4 b5 b6"},
        {"(SENTENCE (PHRASE {word:b} {word:c}) {word:a})", NULL},
        {"(PARAGRAPH (PHRASE {word:b} {word:c}) {word:a})", "b0 b1 b2"},
    };
    ASSERT_ROWS("t u | a b . c // d . e e f", rows);
}

Test(evaluator, fields_leads_and_counts_restrict)
{
    static const struct row rows[] = {
        {"(TITLE {word:a})", "t0"},
        {"(BODY {word:a})", "b0 b3"},
        {"(TITLE (PHRASE {word:a} {word:b}))", "t0 t1"},
        {"(BODY (PHRASE {word:a} {word:b}))", NULL},
        {"(TITLE {word:c})", NULL},
        {"(LEAD/3 {word:a})", "b0"},
        {"(LEAD/4 {word:a})", "b0 b3"},
        {"(LEAD/1 {word:c})", NULL},
        {"(LEAD/2 {word:c})", "b1"},
        {"(LEAD/3 (NEAR/9 {word:c} {word:a}))", "b0 b1 b2"},
        {"(ATLEAST/3 {word:a})", "t0 b0 b3"},
        {"(ATLEAST/4 {word:a})", NULL},
        {"(ATLEAST/4 {word:a word:b})", "t0 t1 b0 b3"},
        {"(ATLEAST/2 (BODY {word:a}))", "b0 b3"},
        {"(ATLEAST/3 (PHRASE {word:d} {word:d}))", NULL},
        {"(ATLEAST/2 (PHRASE {word:d} {word:d}))", "b4 b5 b6 b7"},
        {"(AND {word:b} {word:c})", "t1 b1 b2"},
        {"(AND {word:b} {word:x})", NULL},
        {"(TITLE (AND {word:a} {word:b}))", "t0 t1"},
        {"(BODY (AND {word:a} {word:b}))", NULL},
        {"(LEAD/3 (ATLEAST/2 {word:a}))", NULL},
        {"(LEAD/4 (ATLEAST/2 {word:a}))", "b0 b3"},
        {"(LEAD/4 (TITLE {word:a}))", NULL},
        {"(LEAD/9 (LEAD/2 {word:c}))", "b1"},
        {"(LEAD/2 (LEAD/9 {word:c}))", "b1"},
        {"(AND (TITLE {word:a}) {word:a} {word:c})", "t0 b0 b1 b2 b3"},
        {"(OR {word:b} {word:x})", "t1"},
        {"(OR {word:y} {word:x})", NULL},
    };
    ASSERT_ROWS("a b | a c c a d d d d", rows);
}

Test(evaluator, an_empty_article_and_one_without_body_hold_little)
{
    static const struct row empty[] = {
        {"{prefix:}", NULL},
        {"(SENTENCE {prefix:} {prefix:})", NULL},
        {"(LEAD/5 {prefix:})", NULL},
    };
    static const struct row title[] = {
        {"(LEAD/5 {word:a})", NULL},
        {"(BODY {word:a})", NULL},
        {"(TITLE {word:a})", "t0"},
        {"(SENTENCE {word:a} {word:b})", "t0 t1"},
    };
    ASSERT_ROWS("", empty);
    ASSERT_ROWS("a b |", title);
}

Test(evaluator, segments_have_ids_of_their_own)
{
    struct stream_fixture f[2];
    struct evaluator_segment segments[2];
    static const char *const articles[2] = {"| a b c", "| c x a b"};
    for (size_t i = 0; i < 2; i++) {
        fixture_init(&f[i], i * 200);
        fixture_article(&f[i], articles[i]);
        segments[i] = fixture_open(&f[i]);
    }
    const struct condition *c =
        fixture_condition(&f[0].arena, "(PHRASE {word:b} {word:c})");
    AUTO(evaluator) e = evaluator_new(c, segments, 2);
    for (int i = 0; i < 3; i++) {
        cr_assert(evaluator_check(e, 0, 1));
        cr_assert_not(evaluator_check(e, 1, 1));
    }
    cr_assert_not(evaluator_damaged(e));
    cr_assert_not(evaluator_check(e, 1, 2));
    cr_assert(evaluator_damaged(e));
    fixture_done(&f[0]);
    fixture_done(&f[1]);
}

static bool stop_at_once(void *context, const struct evaluator_match *match)
{
    (void)match;
    ++*(int *)context;
    return false;
}

Test(evaluator, a_callback_that_returns_false_is_the_last)
{
    struct stream_fixture f;
    fixture_init(&f, 0);
    fixture_article(&f, "a | a a");
    const struct evaluator_segment segment = fixture_open(&f);
    AUTO(evaluator)
    e = evaluator_new(fixture_condition(&f.arena, "{word:a}"), &segment, 1);
    int calls = 0;
    cr_assert(evaluator_matches(e, 0, 1, stop_at_once, &calls));
    cr_assert_eq(calls, 1);
    fixture_done(&f);
}

/* The first has more pairs than are looked at. */
Test(evaluator, an_article_of_one_word_without_end_is_answered)
{
    enum { WORDS = 60000 };
    struct stream_fixture f;
    fixture_init(&f, 0);
    char *article = mem_alloc(2 * WORDS + 3);
    for (size_t i = 0; i < WORDS; i++)
        memcpy(article + 2 * i, "a ", 2);
    memcpy(article + 2 * WORDS, "b", 2);
    fixture_article(&f, article);
    const struct evaluator_segment segment = fixture_open(&f);
    static const char *const conditions[] = {
        "(SENTENCE (SENTENCE {word:a} {word:a}) {word:a})",
        "(ATLEAST/60000 {word:a})",
        "(PHRASE {word:a} {word:a} {word:b})",
    };
    for (size_t i = 0; i < 3; i++) {
        int calls = 0;
        AUTO(evaluator)
        e = evaluator_new(fixture_condition(&f.arena, conditions[i]), &segment,
                          1);
        cr_assert(evaluator_check(e, 0, 1), "%s", conditions[i]);
        cr_assert(evaluator_matches(e, 0, 1, stop_at_once, &calls), "%s",
                  conditions[i]);
    }
    free(article);
    fixture_done(&f);
}
