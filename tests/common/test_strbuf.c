#include "common/strbuf.h"

#include <criterion/criterion.h>

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
