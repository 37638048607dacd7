#include "searcher/query.h"

#include <string.h>

#include <criterion/criterion.h>

#include "common/strbuf.h"

static void check_written(const char *query, const char *expected)
{
    struct error err = ERROR_NONE;
    AUTO(query) q = NULL;
    AUTO_DONE(strbuf) out = STRBUF_INIT(1000);
    cr_assert_eq(query_parse(&q, text_from(query), &err), STATUS_OK, "%s",
                 err.message);
    query_write(q->root, &out);
    cr_expect_str_eq(strbuf_string(&out), expected);
}

Test(query, is_written_as_plainly_as_it_parses)
{
    check_written(" gas   AND oil ", "gas oil");
    check_written("(gas) OR (oil OR coal)", "gas OR oil OR coal");
    check_written("gas NOT (oil price)", "gas -(oil price)");
    check_written("title:(gas =oil „a  b“)", "title:gas title:\"oil\" "
                                             "title:\"a b\"");
    check_written("-gas", "* -gas");
    check_written("gas OR -oil", "gas OR (* -oil)");
    check_written("(a OR b) c", "(a OR b) c");
    check_written("*", "*");
}

static void check_shown(struct text query, size_t offset, const char *expected)
{
    struct error err = ERROR_NONE;
    error_set_at(&err, STATUS_QUERY, offset, "bad");
    AUTO_DONE(strbuf) out = STRBUF_INIT(10000);
    query_print_error(query, &err, &out);
    cr_expect_str_eq(strbuf_string(&out), expected, "%s", strbuf_string(&out));
}

Test(query, an_error_has_a_caret_under_its_column)
{
    check_shown(text_from("gas OR"), 4, "bad\ngas OR\n    ^");
    check_shown(text_from("gas"), 0, "bad\ngas\n^");
    check_shown(text_from("gas"), 3, "bad\ngas\n   ^");
    check_shown(text_from(""), 0, "bad\n\n^");
    check_shown(text_from("gas"), 1000, "bad\ngas\n   ^");
}

Test(query, columns_are_those_of_a_terminal)
{
    check_shown(text_from("é x"), 3, "bad\né x\n  ^");
    check_shown(text_from("中文 x"), 7, "bad\n中文 x\n     ^");
    check_shown(text_from("e\u0301 x"), 4, "bad\ne\u0301 x\n  ^");
    check_shown(text_from("a\u200b\u202ex y"), 9, "bad\nax y\n   ^");
}

Test(query, nothing_but_printable_text_is_shown)
{
    check_shown(text_from("a\x1b[31m b"), 7, "bad\na?[31m b\n       ^");
    check_shown(text_make("a\0b", 3), 1, "bad\na?b\n ^");
    check_shown(text_from("a\tb\nc"), 4, "bad\na b c\n    ^");
    check_shown(text_from("a \xff\xfe b"), 2, "bad\na ?? b\n  ^");
    check_shown(text_from("a\xc2\x85"
                          "b\u2028c"),
                6, "bad\na?b c\n    ^");
}

Test(query, an_error_without_offset_is_its_message)
{
    struct error err = ERROR_NONE;
    error_set(&err, STATUS_QUERY, "bad");
    AUTO_DONE(strbuf) out = STRBUF_INIT(100);
    query_print_error(text_from("gas"), &err, &out);
    cr_assert_str_eq(strbuf_string(&out), "bad");
}

/* The character above the caret. */
static char pointed_at(const char *shown)
{
    const char *line = strchr(shown, '\n') + 1;
    const char *end = strchr(line, '\n');
    return line[strlen(end + 1) - 1];
}

Test(query, a_long_query_is_cut_to_the_neighbourhood_of_the_fault)
{
    char query[3000];
    AUTO_DONE(strbuf) out = STRBUF_INIT(10000);
    for (size_t at = 0; at < sizeof query; at++) {
        memset(query, 'x', sizeof query);
        query[at] = '!';
        struct error err = ERROR_NONE;
        error_set_at(&err, STATUS_QUERY, at, "bad");
        strbuf_reset(&out);
        query_print_error(text_make(query, sizeof query), &err, &out);
        cr_assert_eq(pointed_at(strbuf_string(&out)), '!', "at %zu", at);
        cr_assert_lt(strcspn(strbuf_string(&out) + 4, "\n"), 80);
    }
}

Test(query, a_wide_character_at_the_edge_of_the_cut_moves_no_caret)
{
    for (size_t before = 30; before < 80; before++) {
        AUTO_DONE(strbuf) query = STRBUF_INIT(1000);
        for (size_t i = 0; i < before; i++)
            strbuf_append_string(&query, i % 3 ? "中" : "x");
        size_t at = query.len;
        strbuf_append_string(&query, "!");
        struct error err = ERROR_NONE;
        error_set_at(&err, STATUS_QUERY, at, "bad");
        AUTO_DONE(strbuf) out = STRBUF_INIT(1000);
        query_print_error(strbuf_text(&query), &err, &out);
        const char *line = strbuf_string(&out) + 4;
        size_t columns = 0;
        const char *c = line;
        for (; *c != '!'; c++)
            columns += (*c & 0xc0) == 0x80 ? 0 : (*c & 0x80) ? 2 : 1;
        cr_assert_eq(strlen(strchr(line, '\n') + 1), columns + 1);
    }
}
