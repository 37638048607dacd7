#include "common/error.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <string.h>

Test(error, set_returns_the_status_and_keeps_the_message)
{
    struct error err = ERROR_NONE;
    cr_assert_eq(error_set(&err, STATUS_BUSY, "held by %d", 7), STATUS_BUSY);
    cr_assert_eq(err.status, STATUS_BUSY);
    cr_assert_eq(err.offset, ERROR_NO_OFFSET);
    cr_assert_str_eq(err.message, "held by 7");
}

Test(error, prefix_keeps_status_and_offset)
{
    struct error err = ERROR_NONE;
    (void)error_set_at(&err, STATUS_QUERY, 4, "no word");
    cr_assert_eq(error_prefix(&err, "line %d", 2), STATUS_QUERY);
    cr_assert_eq(err.offset, 4);
    cr_assert_str_eq(err.message, "line 2: no word");
}

Test(error, long_messages_are_cut_at_a_character)
{
    struct error err = ERROR_NONE;
    char name[600];
    memset(name, 'a', sizeof name);
    for (size_t i = 1; i + 2 < sizeof name; i += 2)
        memcpy(name + i, "\xc3\xa9", 2);
    name[sizeof name - 1] = '\0';
    (void)error_set(&err, STATUS_IO, "%s", name);
    size_t len = strlen(err.message);
    cr_assert_lt(len, sizeof err.message);
    cr_assert_eq((unsigned char)err.message[len - 1], 0xa9);
    cr_assert_eq(len % 2, 1);
}

Test(error, io_names_verb_path_and_reason)
{
    struct error err = ERROR_NONE;
    errno = ENOENT;
    cr_assert_eq(error_io(&err, "open", "x.jsonl"), STATUS_IO);
    cr_assert_str_eq(err.message,
                     "cannot open 'x.jsonl': No such file or directory");
}

Test(error, every_status_has_a_name)
{
    for (int s = STATUS_OK; s <= STATUS_INTERNAL; s++)
        cr_assert_not_null(status_name((enum status)s));
}
