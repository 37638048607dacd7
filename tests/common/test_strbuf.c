#include "common/strbuf.h"

#include <criterion/criterion.h>
#include <stdint.h>

Test(strbuf, appends_of_all_kinds_add_up)
{
    AUTO_DONE(strbuf) b = STRBUF_INIT(100);
    strbuf_append(&b, text_make("a\0b", 3));
    strbuf_append_char(&b, '-');
    strbuf_append_string(&b, "cd");
    strbuf_append_format(&b, "%03d", 7);
    cr_assert_eq(b.len, 9);
    cr_assert_arr_eq(b.ptr, "a\0b-cd007", 10);
}

Test(strbuf, exceeding_the_maximum_changes_nothing_and_sticks)
{
    AUTO_DONE(strbuf) b = STRBUF_INIT(4);
    strbuf_append_string(&b, "abcd");
    cr_assert_not(b.overflowed);
    strbuf_append_string(&b, "e");
    cr_assert(b.overflowed);
    strbuf_truncate(&b, 0);
    strbuf_append_string(&b, "x");
    cr_assert_str_eq(strbuf_string(&b), "");
    strbuf_reset(&b);
    strbuf_append_string(&b, "x");
    cr_assert_str_eq(strbuf_string(&b), "x");
}

Test(strbuf, an_unused_one_is_the_empty_string)
{
    AUTO_DONE(strbuf) b = STRBUF_INIT(4);
    cr_assert_str_eq(strbuf_string(&b), "");
    cr_assert_eq(strbuf_text(&b).len, 0);
}

Test(strbuf, reserved_room_becomes_content_when_counted)
{
    AUTO_DONE(strbuf) b = STRBUF_INIT(1000000);
    for (int i = 0; i < 1000; i++) {
        char *room = strbuf_reserve(&b, 2);
        room[0] = 'x';
        room[1] = 'y';
        b.len += 2;
    }
    strbuf_append_char(&b, '.');
    cr_assert_eq(b.len, 2001);
    cr_assert_eq(b.ptr[1999], 'y');
}

static void assert_decimal(double value, int decimals)
{
    char expected[512];
    AUTO_DONE(strbuf) b = STRBUF_INIT(512);
    strbuf_append_string(&b, "x");
    strbuf_append_decimal(&b, value, decimals);
    snprintf(expected, sizeof expected, "x%.*f", decimals, value);
    cr_assert_str_eq(strbuf_string(&b), expected);
}

Test(strbuf, decimals_are_those_of_printf)
{
    static const double values[] = {
        0,       -0.0,     1,         -1,      0.5,     0.05,    0.00005,
        0.12345, 0.00025,  2.5,       1e-9,    -1e-9,   9.99995, 9.9999949,
        99999,   99999.99, 100000.05, 1e15,    1e300,   -7.25,   12.3456789,
        3.00005, 0.999999, 0.9999996, 1.00005, 8.00015, 16.0625, 5e-324};
    uint64_t state = 1;
    for (int decimals = 0; decimals <= 7; decimals++)
        for (size_t i = 0; i < sizeof values / sizeof *values; i++)
            assert_decimal(values[i], decimals);
    for (int i = 0; i < 100000; i++) {
        state = state * UINT64_C(6364136223846793005) + 1442695040888963407u;
        double value = (double)(state >> 11) / 9007199254740992.0;
        assert_decimal(i % 2 ? value * 40 : (double)(state >> 40) / 40000.0,
                       3 + i % 4);
    }
}

Test(strbuf, a_decimal_that_does_not_fit_overflows)
{
    AUTO_DONE(strbuf) b = STRBUF_INIT(5);
    strbuf_append_decimal(&b, 1.25, 4);
    cr_assert(b.overflowed);
}
