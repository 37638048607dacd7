#include "searcher/snippet.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "common/codepoint.h"
#include "common/mem.h"
#include "common/strbuf.h"

enum { MARKS_MAX = 1000 };

static struct arena arena;
static struct mark marks[MARKS_MAX];
static size_t mark_count;
static struct snippet found[SNIPPET_PASSAGES];
static size_t found_count;

static int by_offset(const void *a, const void *b)
{
    const struct mark *x = a, *y = b;
    return (x->offset > y->offset) - (x->offset < y->offset);
}

/* Marks every occurrence of the words, each a group; weights fall. */
static void mark_words(struct text t, const char *const *words)
{
    mark_count = 0;
    for (unsigned group = 0; words[group]; group++) {
        size_t len = strlen(words[group]);
        for (size_t at = 0; at + len <= t.len && mark_count < MARKS_MAX; at++)
            if (memcmp(t.ptr + at, words[group], len) == 0)
                marks[mark_count++] =
                    (struct mark){at, len, group, 8.0 - group, MARK_STARTS};
    }
    qsort(marks, mark_count, sizeof *marks, by_offset);
}

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void choose(const char *string, size_t characters)
{
    struct snippet_request request = {.text = text_from(string),
                                      .marks = marks,
                                      .mark_count = mark_count,
                                      .characters = characters,
                                      .passages = 2};
    arena_reset(&arena);
    found_count = snippet_choose(found, &request, &arena);
}

/* "…the [word] of…", with what was cut and marked. */
static const char *shown(size_t i)
{
    static struct strbuf b = STRBUF_INIT(100000);
    const struct snippet *s = &found[i];
    size_t at = 0;
    strbuf_reset(&b);
    strbuf_append_string(&b, s->cut_before ? "~" : "");
    for (size_t m = 0; m < s->mark_count; m++) {
        struct range r = s->marks[m];
        strbuf_append(&b, text_slice(s->text, at, r.from - at));
        strbuf_append_char(&b, '[');
        strbuf_append(&b, text_slice(s->text, r.from, r.to - r.from));
        strbuf_append_char(&b, ']');
        at = r.to;
    }
    strbuf_append(&b, text_slice(s->text, at, s->text.len));
    strbuf_append_string(&b, s->cut_after ? "~" : "");
    return strbuf_string(&b);
}

static void release(void)
{
    arena_done(&arena);
}

TestSuite(snippet, .fini = release);

Test(snippet, of_a_short_text_is_all_of_it)
{
    const char *t = "  The talks\n\tended.\r\nNo   gas. ";
    mark_words(text_from(t), WORDS("talks", "gas"));
    choose(t, 100);
    cr_assert_eq(found_count, 1);
    cr_assert_str_eq(shown(0), "The [talks] ended. No [gas].");
    cr_assert_str_eq(found[0].text.ptr, "The talks ended. No gas.");
}

Test(snippet, of_nothing_is_none)
{
    mark_count = 0;
    choose("", 100);
    cr_assert_eq(found_count, 0);
    choose(" \n\t ", 100);
    cr_assert_eq(found_count, 0);
    choose("x", 0);
    cr_assert_eq(found_count, 0);
    choose("x", 1);
    cr_assert_eq(found_count, 1);
    cr_assert_str_eq(shown(0), "x");
}

Test(snippet, without_marks_is_the_beginning)
{
    mark_count = 0;
    choose("\n\nThe first sentence is here. The second one is rather longer "
           "than that.",
           40);
    cr_assert_str_eq(shown(0), "The first sentence is here.");
    choose("One sentence that goes on and on and on.", 25);
    cr_assert_str_eq(shown(0), "One sentence that goes on~");
    choose("One sentence that goes on and on and on.", 24);
    cr_assert_str_eq(shown(0), "One sentence that goes~");
}

static const char far_apart[] =
    "Gas was mentioned at the start of the day. Nothing came of it for a long "
    "time, and everybody went home. Later the price of gas rose again. That "
    "was all there was to say. The end of the article is near, with nothing.";

Test(snippet, takes_the_window_with_most_different_words)
{
    mark_words(text_from(far_apart), WORDS("gas", "price"));
    choose(far_apart, 60);
    cr_assert_eq(found_count, 1);
    cr_assert_str_eq(shown(0), "Later the [price] of [gas] rose again.");
}

Test(snippet, takes_the_closest_of_windows_with_the_same_words)
{
    const char *t = "Nord and then, many words later, Stream. The rest is "
                    "silence and more silence. Of Nord Stream they spoke. The "
                    "remainder of it does not matter to anybody here.";
    mark_words(text_from(t), WORDS("Nord", "Stream"));
    choose(t, 50);
    cr_assert_str_eq(shown(0), "Of [Nord] [Stream] they spoke.");
}

Test(snippet, takes_the_first_of_equals)
{
    const char *t = "We like gas. They do not. We like gas. They do not. We "
                    "like gas. They do not.";
    mark_words(text_from(t), WORDS("gas"));
    choose(t, 20);
    cr_assert_eq(found[0].source.from, 0);
    cr_assert_str_eq(shown(0), "We like [gas].");
}

Test(snippet, a_heavier_word_outweighs_an_earlier_one)
{
    const char *t = "The pipe is long. Some other text stands here. The valve "
                    "is shut.";
    mark_words(text_from(t), WORDS("valve", "pipe"));
    struct snippet_request one = {text_from(t), marks, mark_count, 22, 1};
    cr_assert_eq(snippet_choose(found, &one, &arena), 1);
    cr_assert_str_eq(shown(0), "The [valve] is shut.");
}

Test(snippet, a_second_passage_must_add_a_word)
{
    const char *t =
        "Gazprom signed the contract in the morning, as was expected. Then for "
        "a very long time nothing at all was heard of anybody or anything in "
        "the whole of the wide world. In the evening came the sanctions, which "
        "nobody had expected.";
    mark_words(text_from(t), WORDS("Gazprom", "sanctions"));
    choose(t, 120);
    cr_assert_eq(found_count, 2);
    cr_assert_str_eq(shown(0),
                     "[Gazprom] signed the contract in the morning, as was "
                     "expected.");
    cr_assert_str_eq(shown(1), "In the evening came the [sanctions], which "
                               "nobody had~");
    mark_words(text_from(t), WORDS("a"));
    choose(t, 120);
    cr_assert_eq(found_count, 1);
}

static const char in_three_places[] =
    "The first word is alpha. What follows has nothing to do with any of them, "
    "and goes on for long enough. Here alpha and beta stand together. Again "
    "there is nothing, and it is long enough to be out of reach of all the "
    "others. The last of them is gamma.";

Test(snippet, a_second_passage_shows_what_the_first_does_not)
{
    mark_words(text_from(in_three_places), WORDS("alpha", "beta", "gamma"));
    choose(in_three_places, 80);
    cr_assert_eq(found_count, 2);
    cr_assert_str_eq(shown(0), "Here [alpha] and [beta] stand together.");
    cr_assert_str_eq(shown(1), "The last of them is [gamma].");
}

Test(snippet, one_passage_is_better_than_two_that_show_no_more)
{
    const char *t = "alpha is here, and somewhat further on there is the beta. "
                    "After a very long way, which is longer than all of the "
                    "snippet may be, there comes at last also a lonely gamma.";
    mark_words(text_from(t), WORDS("alpha", "beta", "gamma"));
    choose(t, 60);
    cr_assert_eq(found_count, 1);
    cr_assert_str_eq(shown(0), "[alpha] is here, and somewhat further on there "
                               "is the [beta].");
}

Test(snippet, starts_at_a_word_where_no_sentence_is_near)
{
    const char *t = "one two three four five six seven eight nine ten eleven "
                    "twelve thirteen fourteen fifteen sixteen seventeen "
                    "eighteen nineteen twenty";
    mark_words(text_from(t), WORDS("eleven"));
    choose(t, 40);
    cr_assert_str_eq(shown(0), "~nine ten [eleven] twelve thirteen fourteen~");
}

Test(snippet, shows_more_before_the_end_of_the_text)
{
    const char *t = "one two three four five six seven eight nine ten eleven "
                    "twelve";
    mark_words(text_from(t), WORDS("twelve"));
    choose(t, 30);
    cr_assert_str_eq(shown(0), "~eight nine ten eleven [twelve]");
}

Test(snippet, knows_sentences_from_abbreviations)
{
    const char *t = "It was long ago and far away from here. Mr. J. Smith of "
                    "the U.S. Senate spoke. He sat down again after that, and "
                    "was not heard of for years.";
    mark_words(text_from(t), WORDS("Senate"));
    choose(t, 60);
    cr_assert_str_eq(shown(0), "Mr. J. Smith of the U.S. [Senate] spoke.");
}

Test(snippet, knows_paragraphs_and_quotations)
{
    const char *t = "a headline without a stop and some more\n\nthe gas was "
                    "shut off today in all of it";
    mark_words(text_from(t), WORDS("gas"));
    choose(t, 30);
    cr_assert_str_eq(shown(0), "the [gas] was shut off today in~");
    const char *q = "They said so and so and so: \xe2\x80\x9cNo!\xe2\x80\x9d "
                    "The gas was shut off in all of it";
    mark_words(text_from(q), WORDS("gas"));
    choose(q, 30);
    cr_assert_str_eq(shown(0), "The [gas] was shut off in all of~");
}

Test(snippet, counts_characters_and_not_bytes)
{
    const char *t = "\xd0\xb3\xd0\xb0\xd0\xb7 \xd0\xb4\xd0\xb0 "
                    "\xd0\xb3\xd0\xb0\xd0\xb7 \xd0\xb4\xd0\xb0";
    mark_words(text_from(t), WORDS("\xd0\xb3\xd0\xb0\xd0\xb7"));
    choose(t, 13);
    cr_assert_str_eq(shown(0), "[\xd0\xb3\xd0\xb0\xd0\xb7] \xd0\xb4\xd0\xb0 "
                               "[\xd0\xb3\xd0\xb0\xd0\xb7] \xd0\xb4\xd0\xb0");
}

Test(snippet, chinese_is_cut_at_its_own_full_stop_or_at_a_character)
{
    const char *t = "\xe4\xb8\x80\xe4\xba\x8c\xe4\xb8\x89\xe3\x80\x82"
                    "\xe5\x9b\x9b\xe4\xba\x94\xe5\x85\xad\xe3\x80\x82"
                    "\xe4\xb8\x83\xe5\x85\xab\xe4\xb9\x9d";
    mark_words(text_from(t), WORDS("\xe4\xba\x94"));
    choose(t, 5);
    cr_assert_str_eq(shown(0), "\xe5\x9b\x9b[\xe4\xba\x94]\xe5\x85\xad"
                               "\xe3\x80\x82");
    choose(t, 2);
    cr_assert_str_eq(shown(0), "~[\xe4\xba\x94]\xe5\x85\xad~");
}

Test(snippet, overlapping_marks_become_one)
{
    const char *t = "covid-19 and Nord Stream";
    const struct mark m[] = {
        {0, 5, 0, 1, MARK_STARTS},  {0, 8, 1, 1, MARK_STARTS},
        {6, 2, 2, 1, MARK_STARTS},  {13, 11, 3, 1, MARK_STARTS},
        {18, 6, 4, 1, MARK_STARTS}, {18, 0, 4, 1, MARK_STARTS}};
    struct snippet_request r = {text_from(t), m, 6, 100, 2};
    cr_assert_eq(snippet_choose(found, &r, &arena), 1);
    cr_assert_str_eq(shown(0), "[covid-19] and [Nord Stream]");
}

Test(snippet, a_mark_that_is_longer_than_a_passage_is_cut)
{
    const char *t = "He said: all of these many words are one single mark. So.";
    const struct mark m[] = {{9, 43, 0, 1, MARK_STARTS}};
    struct snippet_request r = {text_from(t), m, 1, 20, 2};
    cr_assert_eq(snippet_choose(found, &r, &arena), 1);
    cr_assert_str_eq(shown(0), "~[all of these many]~");
}

Test(snippet, marks_keep_their_phrase_when_white_space_collapses)
{
    const char *t = "the Nord \n   Stream line";
    const struct mark m[] = {{4, 15, 0, 1, MARK_STARTS}};
    struct snippet_request r = {text_from(t), m, 1, 100, 2};
    snippet_choose(found, &r, &arena);
    cr_assert_str_eq(shown(0), "the [Nord Stream] line");
}

Test(snippet, the_whole_of_a_title_is_one_line)
{
    const char *t = "\nGas  price\nrises ";
    mark_words(text_from(t), WORDS("price"));
    found[0] = snippet_whole(text_from(t), marks, mark_count, &arena);
    cr_assert_str_eq(shown(0), "Gas [price] rises");
    found[0] = snippet_whole(text_make(NULL, 0), NULL, 0, &arena);
    cr_assert_str_eq(shown(0), "");
}

Test(snippet, invalid_utf8_and_wrong_marks_do_no_harm)
{
    const struct mark m[] = {{0, 1, 0, 1, MARK_STARTS},
                             {1, 3, 7, -1, MARK_STARTS},
                             {2, 1, 4000000000u, 1e300, MARK_STARTS},
                             {900, 3, 1, 1, MARK_STARTS}};
    char continuation[600];
    memset(continuation, '\x80', sizeof continuation);
    struct snippet_request r = {text_make(continuation, 600), m, 4, 20, 2};
    cr_assert_eq(snippet_choose(found, &r, &arena), 1);
    cr_assert_leq(found[0].text.len, 20 * 4 * 3);
    cr_assert(codepoint_first(found[0].text).valid);
    struct snippet_request nul = {text_make("\0\0a\0", 4), m, 3, 20, 2};
    cr_assert_eq(snippet_choose(found, &nul, &arena), 1);
    cr_assert_eq(found[0].text.len, 4);
}

/* A small generator of its own, so that the texts are the same everywhere. */
static uint32_t random_below(uint32_t n)
{
    static uint32_t state = 1;
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % n;
}

static void append_random_word(struct strbuf *b)
{
    static const char *const letters[] = {
        "a", "b", "E", "\xc3\xbc", "\xe6\x96\xb0", "\xf0\x9f\x93\xb0"};
    static const char *const between[] = {
        " ", " ", " ", ". ", "\n", "\n\n", "", "! \xe2\x80\x9c", "   "};
    for (uint32_t i = 1 + random_below(7); i > 0; i--)
        strbuf_append_string(b, letters[random_below(6)]);
    strbuf_append_string(b, between[random_below(9)]);
}

static void check_snippet(struct text source, const struct snippet *s,
                          size_t most)
{
    cr_assert_leq(passage_characters(s->text), most);
    cr_assert_gt(s->text.len, 0);
    for (struct text t = s->text; t.len > 0;) {
        struct codepoint c = codepoint_first(t);
        cr_assert(c.valid);
        t = text_slice(t, c.length, t.len);
    }
    cr_assert_leq(s->source.to, source.len);
    size_t at = 0;
    for (size_t i = 0; i < s->mark_count; i++) {
        cr_assert_geq(s->marks[i].from, at);
        cr_assert_lt(s->marks[i].from, s->marks[i].to);
        at = s->marks[i].to;
        cr_assert_leq(at, s->text.len);
        /* a mark that began before the passage is cut at its start */
        cr_assert(s->text.ptr[s->marks[i].from] == 'E' ||
                  (s->marks[i].from == 0 && s->cut_before));
    }
}

Test(snippet, keeps_its_promises_for_random_texts)
{
    for (int round = 0; round < 3000; round++) {
        AUTO_DONE(strbuf) b = STRBUF_INIT(100000);
        for (uint32_t words = 1 + random_below(80); words > 0; words--)
            append_random_word(&b);
        mark_words(strbuf_text(&b),
                   round % 2 ? WORDS("Ea", "Eb") : WORDS("E", "Eab", "EE"));
        size_t characters = 1 + random_below(120);
        choose(strbuf_string(&b), characters);
        cr_assert_gt(found_count, 0);
        size_t marked = 0;
        for (size_t i = 0; i < found_count; i++) {
            check_snippet(strbuf_text(&b), &found[i], characters / found_count);
            marked += found[i].mark_count;
        }
        cr_assert(marked > 0 || mark_count == 0);
        if (found_count == 2)
            cr_assert_leq(found[0].source.to, found[1].source.from);
    }
}

Test(snippet, of_a_huge_text_is_found_at_its_far_end)
{
    size_t len = 8 << 20;
    char *huge = mem_alloc(len + 1);
    memset(huge, 'x', len);
    for (size_t i = 0; i < len; i += 7)
        huge[i] = ' ';
    memcpy(huge + len - 20, "here is gas at last.", 20);
    huge[len] = '\0';
    mark_words(text_make(NULL, 0), WORDS("gas"));
    marks[0] = (struct mark){len - 12, 3, 0, 1, MARK_STARTS};
    mark_count = 1;
    choose(huge, 40);
    cr_assert(strstr(shown(0), "here is [gas] at last."), "%s", shown(0));
    free(huge);
}
