#include "common/utf8.h"

#include <criterion/criterion.h>

static uint32_t decode(const char *bytes, size_t len, size_t *length)
{
    return utf8_decode(text_make(bytes, len), 0, length);
}

Test(utf8, every_code_point_survives_encoding_and_decoding)
{
    for (uint32_t c = 0; c <= 0x10ffff; c++) {
        char bytes[UTF8_LENGTH_MAX];
        size_t length, written = utf8_encode(c, bytes);
        bool surrogate = c >= 0xd800 && c <= 0xdfff;
        uint32_t expected = surrogate ? UTF8_INVALID : c;
        cr_assert_eq(decode(bytes, written, &length), expected, "U+%04X", c);
        if (!surrogate)
            cr_assert_eq(length, written);
    }
}

Test(utf8, overlong_forms_and_what_lies_above_unicode_are_invalid)
{
    const char *bad[] = {
        "\xc0\x80",     "\xc1\xbf",         "\xe0\x9f\xbf", "\xf0\x8f\xbf\xbf",
        "\xf4\x90\x80", "\xf5\x80\x80\x80", "\x80",         "\xff",
        "\xed\xa0\x80"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        size_t length;
        cr_assert_eq(decode(bad[i], strlen(bad[i]), &length), UTF8_INVALID);
        cr_assert_eq(length, 1, "case %zu", i);
        cr_assert_not(utf8_is_valid(text_from(bad[i])));
    }
}

Test(utf8, a_truncated_character_is_one_invalid_part)
{
    size_t length;
    cr_assert_eq(decode("\xf0\x9f\x98", 3, &length), UTF8_INVALID);
    cr_assert_eq(length, 3);
    cr_assert_eq(decode("\xe2\x82"
                        "a",
                        3, &length),
                 UTF8_INVALID);
    cr_assert_eq(length, 2);
    cr_assert_eq(decode("\xe2\x82\xac", 2, &length), UTF8_INVALID);
    cr_assert_eq(length, 2);
}

Test(utf8, valid_text_is_valid_nul_bytes_included)
{
    cr_assert(utf8_is_valid(text_make("a\0b", 3)));
    cr_assert(utf8_is_valid(text_from("Erdoğan 北 😀")));
    cr_assert(utf8_is_valid(text_make(NULL, 0)));
    cr_assert_not(utf8_is_valid(text_from("abc\xe2")));
}

Test(utf8, cuts_at_a_characters_edge)
{
    struct text t = text_from("aé北😀");
    const size_t expected[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10};
    for (size_t max = 0; max < 12; max++)
        cr_assert_eq(utf8_cut(t, max).len, expected[max], "max %zu", max);
}

Test(utf8, every_character_is_valid_and_no_surrogate_is)
{
    AUTO_DONE(strbuf) b = STRBUF_INIT(16);
    for (uint32_t code = 0; code <= 0x10ffff; code++) {
        strbuf_reset(&b);
        utf8_append(&b, code);
        bool surrogate = code >= 0xd800 && code < 0xe000;
        cr_assert_eq(utf8_character(strbuf_text(&b)), surrogate ? 0 : b.len);
    }
}

Test(utf8, overlong_cut_and_stray_bytes_are_no_characters)
{
    static const char *const bad[] = {"\x80",
                                      "\xbf",
                                      "\xc0\x80",
                                      "\xc1\xbf",
                                      "\xc3",
                                      "\xc3(",
                                      "\xe0\x80\x80",
                                      "\xe0\x9f\xbf",
                                      "\xe2\x82",
                                      "\xed\xa0\x80",
                                      "\xf0\x80\x80\x80",
                                      "\xf0\x8f\xbf\xbf",
                                      "\xf0\x9f\x98",
                                      "\xf5\x80\x80\x80",
                                      "\xf4\x90\x80\x80",
                                      "\xff"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        cr_assert_eq(utf8_character(text_from(bad[i])), 0, "%zu", i);
    cr_assert_eq(utf8_character(text_make(NULL, 0)), 0);
}

Test(utf8, the_valid_length_ends_before_the_first_bad_byte)
{
    char bytes[64];
    for (size_t at = 0; at < sizeof bytes; at++) {
        memset(bytes, 'a', sizeof bytes);
        bytes[at] = '\x80';
        cr_assert_eq(utf8_valid_length(text_make(bytes, sizeof bytes)), at);
    }
    cr_assert_eq(utf8_valid_length(text_from("M\xc3\xbcnchen \xe2\x82")), 9);
    cr_assert_eq(utf8_valid_length(text_make(NULL, 0)), 0);
}
