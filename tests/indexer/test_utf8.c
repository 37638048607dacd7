#include "indexer/utf8.h"

#include <criterion/criterion.h>

#include "indexer/charset.h"
#include "indexer/cleaning.h"

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

Test(charset, guesses_and_decodes)
{
    static const struct {
        struct text raw;
        enum charset charset;
        const char *decoded;
    } cases[] = {
        {TEXT(""), CHARSET_UTF8, ""},
        {TEXT("M\xc3\xbcnchen"), CHARSET_UTF8, "München"},
        {TEXT("\xef\xbb\xbfM\xc3\xbcnchen"), CHARSET_UTF8, "München"},
        {TEXT("M\xfcnchen"), CHARSET_1252, "München"},
        {TEXT("\x93quoted\x94 \x80 5"), CHARSET_1252, "“quoted” € 5"},
        {TEXT("\x81 \x9f"), CHARSET_1252, "\xef\xbf\xbd Ÿ"},
        {TEXT("\xc3\xbc\xc3\xbc\xc3\xbc \xff"), CHARSET_DAMAGED_UTF8,
         "üüü \xef\xbf\xbd"},
        {TEXT("\xff\xfeM\0\xfc\0"), CHARSET_UTF16, "Mü"},
        {TEXT("\xfe\xff\0M\0\xfc"), CHARSET_UTF16, "Mü"},
        {TEXT("\xff\xfe\x3d\xd8\x00\xde"), CHARSET_UTF16, "😀"},
        {TEXT("\xff\xfe\x3d\xd8M\0"), CHARSET_UTF16, "\xef\xbf\xbdM"},
        {TEXT("\xff\xfe\x3d\xd8"), CHARSET_UTF16, "\xef\xbf\xbd"},
        {TEXT("\xff\xfeM\0x"), CHARSET_UTF16, "M\xef\xbf\xbd"},
        {TEXT("\xff\xfe"), CHARSET_UTF16, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        AUTO_DONE(strbuf) out = STRBUF_INIT(1000);
        cr_assert_eq(charset_guess(cases[i].raw), cases[i].charset, "%zu", i);
        charset_decode(cases[i].raw, cases[i].charset, &out);
        cr_assert_str_eq(strbuf_string(&out), cases[i].decoded);
    }
}

Test(cleaning, controls_become_blanks_and_line_ends_are_kept_in_blocks)
{
    static const struct {
        struct text raw;
        const char *line, *block;
        bool nul;
    } cases[] = {
        {TEXT(""), "", "", false},
        {TEXT(" a\tb\r\nc\rd\n"), "a b  c d", " a\tb\nc\nd\n", false},
        {TEXT("\x1b[31mred\x1b[0m\x7f"), "[31mred [0m", " [31mred [0m ", false},
        {TEXT("a\xc2\x9b"
              "31m\xc2\xa0é"),
         "a 31m\xc2\xa0é", "a 31m\xc2\xa0é", false},
        {TEXT("twelve bytes\0and more than eight bytes"),
         "twelve bytes and more than eight bytes",
         "twelve bytes and more than eight bytes", true},
        {TEXT("seven b\xc2\x85seven\xc2"), "seven b seven\xc2",
         "seven b seven\xc2", false},
    };
    AUTO_DONE(arena) arena = ARENA_INIT;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bool nul = false;
        struct text line =
            cleaning_copy(cases[i].raw, CLEANING_LINE, &arena, &nul);
        struct text block =
            cleaning_copy(cases[i].raw, CLEANING_BLOCK, &arena, &nul);
        cr_assert(text_is(line, cases[i].line), "%s", line.ptr);
        cr_assert(text_is(block, cases[i].block), "%s", block.ptr);
        cr_assert_eq(nul, cases[i].nul);
    }
}

Test(cleaning, finds_every_control_character_at_every_place)
{
    AUTO_DONE(arena) arena = ARENA_INIT;
    for (size_t at = 0; at < 24; at++)
        for (int c = 0; c < 256; c++) {
            char bytes[24];
            bool nul = false;
            memset(bytes, 'a', sizeof bytes);
            bytes[at] = (char)c;
            struct text clean = cleaning_copy(text_make(bytes, sizeof bytes),
                                              CLEANING_BLOCK, &arena, &nul);
            bool control = (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f;
            char expected = c == '\r' ? '\n' : control ? ' ' : (char)c;
            cr_assert_eq(clean.len, sizeof bytes);
            cr_assert_eq(clean.ptr[at], expected, "%d at %zu", c, at);
            cr_assert_eq(nul, c == 0);
            arena_reset(&arena);
        }
}
