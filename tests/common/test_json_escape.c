#include "common/json_escape.h"

#include <criterion/criterion.h>
#include <string.h>

#include "common/json_plain.h"

Test(json_escape, four_hexadecimal_digits_are_a_unit)
{
    const struct text t = TEXT("\\u00e9\\uD83D 12");
    cr_assert_eq(json_escape_unit(t, 2), 0xe9);
    cr_assert_eq(json_escape_unit(t, 8), 0xd83d);
}

Test(json_escape, anything_else_is_none)
{
    static const struct text bad[] = {TEXT(""),     TEXT("12"),   TEXT("123"),
                                      TEXT("12g4"), TEXT("-123"), TEXT(" 123")};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        cr_assert_eq(json_escape_unit(bad[i], 0), JSON_ESCAPE_NONE, "%zu", i);
    cr_assert_eq(json_escape_unit(text_from("12345"), 2), JSON_ESCAPE_NONE);
    cr_assert_eq(json_escape_unit(text_from("12345"), 99), JSON_ESCAPE_NONE);
}

Test(json_escape, knows_high_and_low_units_to_their_edges)
{
    cr_assert_not(json_escape_is_high(0xd7ff));
    cr_assert(json_escape_is_high(0xd800) && json_escape_is_high(0xdbff));
    cr_assert_not(json_escape_is_high(0xdc00));
    cr_assert_not(json_escape_is_low(0xdbff));
    cr_assert(json_escape_is_low(0xdc00) && json_escape_is_low(0xdfff));
    cr_assert_not(json_escape_is_low(0xe000));
    cr_assert_not(json_escape_is_high(JSON_ESCAPE_NONE));
    cr_assert_not(json_escape_is_low(JSON_ESCAPE_NONE));
}

Test(json_escape, plain_stretches_end_before_every_special_byte)
{
    char bytes[48];
    for (size_t at = 0; at < sizeof bytes; at++)
        for (unsigned byte = 0; byte < 256; byte++) {
            memset(bytes, 'a', sizeof bytes);
            bytes[at] = (char)byte;
            bool special =
                byte < 0x20 || byte >= 0x7f || byte == '"' || byte == '\\';
            struct text t = text_make(bytes, sizeof bytes);
            cr_assert_eq(json_plain_length(t, 0), special ? at : t.len,
                         "%#x at %zu", byte, at);
            cr_assert_eq(json_plain_length(t, at), special ? 0 : t.len - at);
        }
    cr_assert_eq(json_plain_length(text_make(NULL, 0), 0), 0);
}
