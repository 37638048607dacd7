#include "indexer/cleaning.h"

#include <criterion/criterion.h>
#include <string.h>

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
