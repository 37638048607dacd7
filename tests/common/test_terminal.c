#include "common/terminal.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

static int a_terminal(unsigned short columns)
{
    int primary = posix_openpt(O_RDWR | O_NOCTTY);
    cr_assert_geq(primary, 0);
    cr_assert_eq(grantpt(primary), 0);
    cr_assert_eq(unlockpt(primary), 0);
    int terminal = open(ptsname(primary), O_RDWR | O_NOCTTY);
    cr_assert_geq(terminal, 0);
    struct winsize size = {.ws_row = 25, .ws_col = columns};
    cr_assert_eq(ioctl(terminal, TIOCSWINSZ, &size), 0);
    return terminal;
}

static void cleans(struct text t, enum terminal_lines lines,
                   const char *expected)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(1000);
    terminal_append(&out, t, lines);
    cr_assert_str_eq(strbuf_string(&out), expected);
}

Test(terminal, colour_is_for_terminals_that_want_it)
{
    int terminal = a_terminal(100), file = open("/dev/null", O_WRONLY);
    setenv("TERM", "xterm", 1);
    unsetenv("NO_COLOR");
    cr_assert_eq(terminal_colour(terminal), TERMINAL_COLOUR);
    cr_assert_eq(terminal_colour(file), TERMINAL_PLAIN);
    setenv("NO_COLOR", "", 1);
    cr_assert_eq(terminal_colour(terminal), TERMINAL_COLOUR);
    setenv("NO_COLOR", "1", 1);
    cr_assert_eq(terminal_colour(terminal), TERMINAL_PLAIN);
    unsetenv("NO_COLOR");
    setenv("TERM", "dumb", 1);
    cr_assert_eq(terminal_colour(terminal), TERMINAL_PLAIN);
    unsetenv("TERM");
    cr_assert_eq(terminal_colour(terminal), TERMINAL_PLAIN);
}

Test(terminal, width_is_the_terminals_then_that_of_the_environment)
{
    int file = open("/dev/null", O_WRONLY);
    setenv("COLUMNS", "120", 1);
    cr_assert_eq(terminal_width(a_terminal(100)), 100);
    cr_assert_eq(terminal_width(a_terminal(0)), 120);
    cr_assert_eq(terminal_width(file), 120);
    setenv("COLUMNS", "-1", 1);
    cr_assert_eq(terminal_width(file), 80);
    setenv("COLUMNS", "wide", 1);
    cr_assert_eq(terminal_width(file), 80);
    unsetenv("COLUMNS");
    cr_assert_eq(terminal_width(file), 80);
}

Test(terminal, is_never_sent_what_acts_on_it)
{
    cleans(text_from("a\x1b[31mb\x07\x08\x7f"), TERMINAL_ONE_LINE, "a[31mb");
    cleans(text_make("a\0b", 3), TERMINAL_ONE_LINE, "ab");
    cleans(text_from("\xc2\x9b"
                     "31m\xc2\x85"),
           TERMINAL_ONE_LINE, "31m");
    cleans(text_from("\xe2\x80\xae"
                     "abc\xe2\x80\xac\xe2\x81\xa6\xe2\x81\xa9\xef\xbb\xbf"),
           TERMINAL_ONE_LINE, "abc");
    cleans(text_from("\x9b"
                     "31m"),
           TERMINAL_ONE_LINE,
           "\xef\xbf\xbd"
           "31m");
    cleans(text_from("Erdo\xc4\x9f"
                     "an \xe6\x96\xb0\xf0\x9f\x93\xb0"),
           TERMINAL_ONE_LINE,
           "Erdo\xc4\x9f"
           "an \xe6\x96\xb0\xf0\x9f\x93\xb0");
}

Test(terminal, every_character_that_is_sent_is_safe)
{
    for (int a = 0; a < 256; a++) {
        for (int b = 0; b < 256; b++) {
            char bytes[] = {(char)a, (char)b};
            AUTO_DONE(strbuf) out = STRBUF_INIT(100);
            terminal_append(&out, text_make(bytes, 2), TERMINAL_ONE_LINE);
            for (size_t i = 0; i < out.len; i++) {
                unsigned char c = (unsigned char)out.ptr[i];
                cr_assert(c >= ' ' && c != 0x7f);
                cr_assert(c != 0xc2 || (unsigned char)out.ptr[i + 1] >= 0xa0);
            }
        }
    }
}

Test(terminal, line_breaks_are_kept_or_become_blanks)
{
    struct text t = text_from("a\tb\nc\r\nd\re");
    cleans(t, TERMINAL_ONE_LINE, "a b c d e");
    cleans(t, TERMINAL_KEEP_LINES, "a\tb\nc\nd\ne");
    cleans(text_from("\r"), TERMINAL_KEEP_LINES, "\n");
}

Test(terminal, columns_count_what_is_seen)
{
    cr_assert_eq(terminal_columns(text_from("")), 0);
    cr_assert_eq(terminal_columns(text_from("abc")), 3);
    cr_assert_eq(terminal_columns(text_from("\xc3\xbc")), 1);
    cr_assert_eq(terminal_columns(text_from("u\xcc\x88")), 1); /* combining */
    cr_assert_eq(terminal_columns(text_from("\xe6\x96\xb0\xe9\x97\xbb")), 4);
    cr_assert_eq(terminal_columns(text_from("\x1b[1m")), 3);
}

static void wraps(const char *string, size_t width, const char *lines)
{
    struct text rest = text_from(string), line;
    AUTO_DONE(strbuf) out = STRBUF_INIT(1000);
    while (terminal_wrap(&rest, width, &line)) {
        strbuf_append(&out, line);
        strbuf_append_char(&out, '|');
        cr_assert_leq(out.len, 900);
    }
    cr_assert_str_eq(strbuf_string(&out), lines);
}

Test(terminal, lines_are_broken_at_blanks)
{
    wraps("the talks end today", 9, "the talks|end today|");
    wraps("the talks end today", 10, "the talks|end today|");
    wraps("  the   talks  ", 5, "the|talks|");
    wraps("the talks end today", 0, "the talks end today|");
    wraps("", 5, "");
    wraps("   ", 5, "");
    wraps("abc", 3, "abc|");
}

Test(terminal, a_word_that_is_too_long_is_broken_at_a_character)
{
    wraps("an antidisestablishment", 8, "an|antidise|stablish|ment|");
    wraps("\xe6\x96\xb0\xe9\x97\xbb\xe6\x96\xb0", 5,
          "\xe6\x96\xb0\xe9\x97\xbb|\xe6\x96\xb0|");
    wraps("\xe6\x96\xb0\xe9\x97\xbb", 1, "\xe6\x96\xb0|\xe9\x97\xbb|");
    wraps("\xff\xff\xff", 1, "\xff|\xff|\xff|");
}
