/* Lines that fit a window, and what an article looks like in one. */
#include "searcher/session/window.h"

#include <criterion/criterion.h>
#include <string.h>

#include "common/terminal.h"
#include "searcher/session/editor.h"
#include "searcher/session/glyphs.h"
#include "searcher/session/keyboard.h"
#include "searcher/session/pager.h"

#define B "\x01"
#define E "\x02"

static struct window window(size_t width, enum window_style style,
                            enum window_glyphs glyphs)
{
    return (struct window){width, 24, style, glyphs};
}

static void expect_put(struct window w, struct window_block block,
                       const char *marked, const char *expected)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(1 << 20);
    window_put(&out, &w, &block, text_from(marked));
    cr_expect_str_eq(strbuf_string(&out), expected, "got:\n%s",
                     strbuf_string(&out));
}

Test(window, breaks_lines_at_words_below_a_label)
{
    const struct window w = window(20, WINDOW_PLAIN, WINDOW_UTF8);
    const struct window_block block = {FACE_TEXT, "10 ", 3, 0};
    expect_put(w, block, "one two three four five",
               "10 one two three\n   four five\n");
    expect_put(w, block, "", "");
}

Test(window, cuts_what_takes_more_lines)
{
    const struct window_block one = {FACE_TEXT, "", 0, 1};
    const char *text = "one two three four five";
    expect_put(window(12, WINDOW_PLAIN, WINDOW_UTF8), one, text,
               "one two \xe2\x80\xa6\n");
    expect_put(window(12, WINDOW_PLAIN, WINDOW_ASCII), one, text,
               "one two ...\n");
    expect_put(window(23, WINDOW_PLAIN, WINDOW_UTF8), one, text,
               "one two three four five\n");
}

Test(window, wide_characters_take_two_columns_and_combining_ones_none)
{
    const struct window_block block = {FACE_TEXT, "", 0, 0};
    const struct window w = window(10, WINDOW_PLAIN, WINDOW_UTF8);
    expect_put(w, block,
               "\xe5\xa4\xa9\xe7\x84\xb6\xe6\xb0\x94\xe7\xae\xa1"
               "\xe9\x81\x93\xe6\xbc\x8f",
               "\xe5\xa4\xa9\xe7\x84\xb6\xe6\xb0\x94\xe7\xae\xa1\xe9\x81\x93\n"
               "\xe6\xbc\x8f\n");
    expect_put(w, block,
               "e\xcc\x81"
               "e\xcc\x81"
               "e\xcc\x81"
               "e\xcc\x81"
               "e\xcc\x81 12345",
               "e\xcc\x81"
               "e\xcc\x81"
               "e\xcc\x81"
               "e\xcc\x81"
               "e\xcc\x81\n12345\n");
}

Test(window, a_match_goes_on_in_the_next_line_and_never_leaks)
{
    const struct window_block block = {FACE_TEXT, "", 0, 0};
    const struct window w = window(10, WINDOW_COLOUR, WINDOW_UTF8);
    expect_put(w, block, "at " B "Nord Stream" E " one",
               "at \x1b[1;33mNord\x1b[0m\n\x1b[1;33mStream\x1b[0m one\n");
    const struct window_block cut = {FACE_TITLE, "", 0, 1};
    expect_put(w, cut, "at " B "Nord Stream" E " one",
               "\x1b[1mat \x1b[1;33mNord \xe2\x80\xa6\x1b[0m\n");
}

Test(window, a_plain_one_is_sent_nothing_but_text)
{
    for (int face = 0; face < FACES; face++) {
        const struct window w = window(40, WINDOW_PLAIN, WINDOW_UTF8);
        const struct window_block block = {(enum window_face)face, "", 0, 0};
        expect_put(w, block, "a " B "gas" E " b", "a gas b\n");
    }
}

Test(window, without_colour_only_boldness_and_lines_are_used)
{
    const struct window w = window(40, WINDOW_BOLD, WINDOW_UTF8);
    for (int face = 0; face < FACES; face++) {
        const struct marked_style style =
            window_face(&w, (enum window_face)face);
        cr_expect(!strstr(style.line, "[3") && !strstr(style.match, "3"));
    }
}

Test(window, what_is_said_cannot_act_on_it)
{
    const struct window w = window(60, WINDOW_PLAIN, WINDOW_UTF8);
    AUTO_DONE(strbuf) out = STRBUF_INIT(4096);
    window_say(&out, &w, FACE_TEXT, "there is no '%s'", "\x1b[2J\x01\a\n");
    cr_expect_str_eq(strbuf_string(&out), "there is no '[2J '\n");
}

/* --- glyphs --------------------------------------------------------------- */

Test(glyphs, are_as_much_like_the_text_as_ascii_can_be)
{
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {"plain " B "text" E "\n", "plain " B "text" E "\n"},
        {"Erdo\xc4\x9f"
         "an \xc3\xa9t\xc3\xa9 na\xc3\xafve",
         "Erdogan ete naive"},
        {"Stra\xc3\x9f"
         "e \xc3\xb8 \xc5\x81\xc3\xb3"
         "d\xc5\xba",
         "Strasse o Lodz"},
        {"\xe2\x80\x9cso\xe2\x80\x9d \xe2\x80\x98it\xe2\x80\x99s",
         "\"so\" 'it's"},
        {"3 \xe2\x80\x93 4 \xe2\x80\x94 5\xe2\x80\xa6", "3 - 4 -- 5..."},
        {"\xe2\x82\xac"
         "5 \xc2\xbd",
         "EUR5 1/2"},
        {"\xe5\xa4\xa9\xe7\x84\xb6", "??"},
        {"e\xcc\x81", "e"},
        {"\xd7\xa9\xd7\x9c", "??"},
        {"\xff\xfe", "??"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        AUTO_DONE(strbuf) out = STRBUF_INIT(4096);
        glyphs_append_ascii(&out, text_from(rows[i].text));
        cr_expect_str_eq(strbuf_string(&out), rows[i].expected, "%s",
                         strbuf_string(&out));
    }
}

/* --- keys and completion -------------------------------------------------- */

Test(keyboard, knows_the_keys_that_move)
{
    static const struct {
        const char *sequence;
        enum key key;
    } rows[] = {
        {"", KEY_ESCAPE},       {"[A", KEY_UP},         {"OB", KEY_DOWN},
        {"[6~", KEY_PAGE_DOWN}, {"[5~", KEY_PAGE_UP},   {"[H", KEY_FIRST},
        {"OF", KEY_LAST},       {"[200~", KEY_UNKNOWN}, {"[1;5C", KEY_UNKNOWN}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        cr_expect_eq(keyboard_key(text_from(rows[i].sequence)), rows[i].key);
}

Test(editor, completes_as_far_as_all_choices_agree)
{
    const struct text words[] = {TEXT("sanction"), TEXT("sanctions"),
                                 TEXT("sanctity")};
    cr_expect(text_is(editor_common(words, 3), "sancti"));
    cr_expect(text_is(editor_common(words, 2), "sanction"));
    cr_expect(text_is(editor_common(words, 1), "sanction"));
    cr_expect_eq(editor_common(words, 0).len, 0);
    const struct text accents[] = {TEXT("caf\xc3\xa9"), TEXT("caf\xc3\xa8")};
    cr_expect(text_is(editor_common(accents, 2), "caf"), "no half character");
}

/* --- reading -------------------------------------------------------------- */

static void read_gas(struct reading *r, enum window_glyphs glyphs)
{
    static const struct mark title[] = {
        {.offset = 0, .length = 3, .weight = 1}};
    static const struct mark body[] = {
        {.offset = 4, .length = 10, .weight = 1},
        {.offset = 4, .length = 3, .weight = 1},
        {.offset = 8, .length = 6, .weight = 1},
        {.offset = 19, .length = 3, .weight = 1},
        {.offset = 31, .length = 3, .weight = 1}};
    const struct hits_article article = {
        .article = {.title = TEXT("Gas \x1b[2J price"),
                    .source = TEXT("Baltic\nWire"),
                    .published = 1661472000,
                    .id = TEXT("p7"),
                    .body = TEXT("The gas\tprices\n\nof gas\x9b\x07 rise. "
                                 "Gas, it is sai\xc3\xaf.\n\n\n")},
        .marks = {title, body, 1, 5},
    };
    reading_init(r, &article, glyphs);
}

static void expect_lines(const struct reading *r, const struct window *w,
                         ptrdiff_t current, const char *expected)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(1 << 16);
    for (size_t i = 0; i < r->line_count; i++) {
        reading_put(&out, r, i, w, current);
        strbuf_append_char(&out, '\n');
    }
    cr_expect_str_eq(strbuf_string(&out), expected, "got:\n%s",
                     strbuf_string(&out));
}

Test(reading, is_wrapped_and_cannot_act_on_the_terminal)
{
    AUTO_DONE(reading) r = {.lines = NULL};
    const struct window w = window(20, WINDOW_PLAIN, WINDOW_ASCII);
    read_gas(&r, WINDOW_ASCII);
    reading_fit(&r, 20);
    expect_lines(&r, &w, READING_NO_MATCH,
                 "Gas [2J price\nSource: Baltic Wire\nDate: 26 Aug 2022\n"
                 "Id: p7\n\nThe gas prices\n\nof gas? rise. Gas,\n"
                 "it is saii.\n");
    cr_expect_eq(r.match_count, 4);
    cr_expect_eq(r.matches[3].line, 7);
    cr_expect_eq(r.matches[2].line, 7);
}

Test(reading, shows_matches_and_the_one_that_is_walked_to)
{
    AUTO_DONE(reading) r = {.lines = NULL};
    const struct window w = window(60, WINDOW_COLOUR, WINDOW_UTF8);
    read_gas(&r, WINDOW_UTF8);
    reading_fit(&r, 60);
    AUTO_DONE(strbuf) out = STRBUF_INIT(1 << 16);
    reading_put(&out, &r, 7, &w, 3);
    cr_expect_str_eq(strbuf_string(&out),
                     "of \x1b[1;33mgas\x1b[0m\xef\xbf\xbd rise. \x1b[7mGas"
                     "\x1b[0m, it is sai\xc3\xaf.",
                     "%s", strbuf_string(&out));
}

Test(reading, lines_that_are_laid_out_are_cut_not_wrapped)
{
    AUTO_DONE(reading) r = {.lines = NULL};
    const struct window w = window(8, WINDOW_PLAIN, WINDOW_UTF8);
    reading_init_lines(&r, (struct text)TEXT("1   " B "gas" E " price\n"
                                             "2  \xe5\xa4\xa9\xe7\x84\xb6"
                                             "\xe6\xb0\x94\n"));
    reading_fit(&r, 8);
    expect_lines(&r, &w, READING_NO_MATCH,
                 "1   gas \n2  \xe5\xa4\xa9\xe7\x84\xb6\n");
    cr_expect_eq(r.match_count, 1);
}

/* --- the pager ------------------------------------------------------------ */

enum { PARAGRAPHS = 100 };

static void read_long(struct reading *r)
{
    AUTO_DONE(strbuf) body = STRBUF_INIT(1 << 20);
    struct mark marks[PARAGRAPHS];
    for (size_t i = 0; i < PARAGRAPHS; i++) {
        marks[i] = (struct mark){.offset = body.len, .length = 3, .weight = 1};
        strbuf_append_string(&body, "gas is dear\n");
    }
    const struct hits_article article = {
        .article = {.title = TEXT("T"),
                    .published = TIMESTAMP_UNKNOWN,
                    .body = strbuf_text(&body)},
        .marks = {NULL, marks, 0, PARAGRAPHS}};
    reading_init(r, &article, WINDOW_UTF8);
}

Test(pager, moves_within_the_text_and_walks_through_the_matches)
{
    AUTO_DONE(reading) r = {.lines = NULL};
    struct pager p = {.reading = &r, .current = READING_NO_MATCH};
    read_long(&r);
    pager_fit(&p, (struct window){40, 11, WINDOW_COLOUR, WINDOW_UTF8});
    cr_expect(pager_act(&p, KEY_PAGE_UP));
    cr_expect_eq(p.top, 0);
    pager_act(&p, ' ');
    cr_expect_eq(p.top, 10);
    pager_act(&p, 'n');
    cr_expect_eq(p.current, 8, "the first that is on the screen: %td",
                 p.current);
    cr_expect_eq(p.top, 10);
    pager_act(&p, 'G');
    cr_expect_eq(p.top, r.line_count - 10);
    pager_act(&p, 'n');
    cr_expect_eq(p.current, 9);
    cr_expect_leq(p.top, 11, "the screen follows");
    pager_act(&p, 'N');
    pager_act(&p, 'N');
    cr_expect_eq(p.current, 7);
    for (int i = 0; i < 2 * PARAGRAPHS; i++)
        pager_act(&p, 'n');
    cr_expect_eq(p.current, PARAGRAPHS - 1, "the last stays");
    cr_expect(!pager_act(&p, 'q'));
    cr_expect(!pager_act(&p, KEY_END_OF_INPUT));
}

Test(pager, keeps_its_place_when_the_window_changes)
{
    AUTO_DONE(reading) r = {.lines = NULL};
    struct pager p = {.reading = &r, .current = READING_NO_MATCH};
    read_long(&r);
    pager_fit(&p, (struct window){40, 11, WINDOW_COLOUR, WINDOW_UTF8});
    for (int i = 0; i < 30; i++)
        pager_act(&p, 'j');
    const size_t from = r.lines[p.top].from;
    pager_fit(&p, (struct window){6, 5, WINDOW_COLOUR, WINDOW_UTF8});
    cr_expect_eq(r.lines[p.top].from, from);
    pager_fit(&p, (struct window){1, 1, WINDOW_COLOUR, WINDOW_UTF8});
    AUTO_DONE(strbuf) out = STRBUF_INIT(1 << 16);
    pager_draw(&out, &p);
    pager_fit(&p, (struct window){40, 500, WINDOW_COLOUR, WINDOW_UTF8});
    cr_expect_eq(p.top, 0, "all of it is on the screen");
    strbuf_reset(&out);
    pager_draw(&out, &p);
    cr_expect(strstr(strbuf_string(&out), "all | n: 100"));
}
