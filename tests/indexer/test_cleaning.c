#include "indexer/cleaning.h"

#include <criterion/criterion.h>

#include "indexer/mojibake.h"
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

/* --- mojibake.h ----------------------------------------------------------- */

Test(mojibake, goes_back_to_what_was_written)
{
    static const struct {
        const char *bad, *good;
    } cases[] = {
        {"it\xc3\xa2\xe2\x82\xac\xe2\x84\xa2s", "it\xe2\x80\x99s"},
        {"\xc3\xa2\xe2\x82\xac\xc5\x93No,\xc3\xa2\xe2\x82\xac\xc2\x9d she said "
         "\xc3\xa2\xe2\x82\xac\xe2\x80\x9d twice\xc3\xa2\xe2\x82\xac\xc2\xa6",
         "\xe2\x80\x9cNo,\xe2\x80\x9d she said \xe2\x80\x94 twice\xe2\x80\xa6"},
        {"caf\xc3\x83\xc2\xa9 in M\xc3\x83\xc2\xbcnchen",
         "caf\xc3\xa9 in M\xc3\xbcnchen"},
        {"\xc3\x83\xe2\x80\xa6ngstr\xc3\x83\xc2\xb6m und "
         "\xc3\x83\xe2\x80\x93l: \xc3\x83\xc5\x93"
         "berm\xc3\x83\xc2\xa4\xc3\x83\xc5\xb8ig gro\xc3\x83\xc5\xb8",
         "\xc3\x85ngstr\xc3\xb6m und \xc3\x96l: \xc3\x9c"
         "berm\xc3\xa4\xc3\x9fig gro\xc3\x9f"},
        {"\xc3\x90\xc5\x93\xc3\x90\xc2\xbe\xc3\x91\xc2\x81\xc3\x90\xc2\xba\xc3"
         "\x90\xc2\xb2\xc3\x90\xc2\xb0 "
         "\xc3\x91\xc2\x81\xc3\x90\xc2\xbb\xc3\x91\xc6\x92\xc3\x91\xcb\x86\xc3"
         "\x90\xc2\xb0\xc3\x90\xc2\xb5\xc3\x91\xe2\x80\x9a",
         "\xd0\x9c\xd0\xbe\xd1\x81\xd0\xba\xd0\xb2\xd0\xb0 "
         "\xd1\x81\xd0\xbb\xd1\x83\xd1\x88\xd0\xb0\xd0\xb5\xd1\x82"},
        {"\xc3\x8e\xe2\x80\xa2\xc3\x8e\xc2\xbb\xc3\x8e\xc2\xbb\xc3\x8e\xc2\xb7"
         "\xc3\x8e\xc2\xbd\xc3\x8e\xc2\xb9\xc3\x8e\xc2\xba\xc3\x8e\xc2\xac "
         "\xc3\x8e\xc2\xbd\xc3\x8e\xc2\xad\xc3\x8e\xc2\xb1 "
         "\xc3\x8f\xc6\x92\xc3\x8e\xc2\xae\xc3\x8e\xc2\xbc\xc3\x8e\xc2\xb5\xc3"
         "\x8f\xc2\x81\xc3\x8e\xc2\xb1",
         "\xce\x95\xce\xbb\xce\xbb\xce\xb7\xce\xbd\xce\xb9\xce\xba\xce\xac "
         "\xce\xbd\xce\xad\xce\xb1 "
         "\xcf\x83\xce\xae\xce\xbc\xce\xb5\xcf\x81\xce\xb1"},
        {"\xc3\xa6\xe2\x80\x94\xc2\xa5\xc3\xa6\xc5\x93\xc2\xac\xc3\xa8\xc2\xaa"
         "\xc5\xbe\xc3\xa3\xc2\x81\xc2\xae\xc3\xa6\xe2\x80\x93\xc2\xb0\xc3\xa8"
         "\xc2\x81\xc5\xbe",
         "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e\xe3\x81\xae\xe6\x96\xb0\xe8\x81"
         "\x9e"},
        {"costs \xc3\xa2\xe2\x80\x9a\xc2\xac"
         "5\xc3\xa2\xe2\x80\x9e\xc2\xa2",
         "costs \xe2\x82\xac"
         "5\xe2\x84\xa2"},
        {"na\xc3\x83\xc2\xafve \xc3\xb0\xc5\xb8\xcb\x9c\xe2\x82\xac",
         "na\xc3\xafve \xf0\x9f\x98\x80"},
        {"\xc3\x84\xc2\xb0stanbul\xc3\xa2\xe2\x82\xac\xe2\x84\xa2"
         "da \xc3\x85\xc5\xb8\xc3\x83\xc2\xb6yle",
         "\xc4\xb0stanbul\xe2\x80\x99"
         "da \xc5\x9f\xc3\xb6yle"},
        {"\xc3\x85\xc2\x81\xc3\x83\xc2\xb3"
         "d\xc3\x85\xc2\xba i Krak\xc3\x83\xc2\xb3w: "
         "\xc3\x85\xc2\xbc\xc3\x83\xc2\xb3\xc3\x85\xe2\x80\x9a\xc3\x84\xe2\x80"
         "\xa1",
         "\xc5\x81\xc3\xb3"
         "d\xc5\xba i Krak\xc3\xb3w: \xc5\xbc\xc3\xb3\xc5\x82\xc4\x87"},
        {"it\xc3\x83\xc2\xa2\xc3\xa2\xe2\x80\x9a\xc2\xac\xc3\xa2\xe2\x80\x9e"
         "\xc2\xa2s",
         "it\xe2\x80\x99s"},
        {"caf\xc3\x83\xc6\x92\xc3\x82\xc2\xa9 in "
         "M\xc3\x83\xc6\x92\xc3\x82\xc2\xbcnchen",
         "caf\xc3\xa9 in M\xc3\xbcnchen"},
        {"it\xc3\x83\xc6\x92\xc3\x82\xc2\xa2\xc3\x83\xc2\xa2\xc3\xa2\xe2\x82"
         "\xac\xc5\xa1\xc3\x82\xc2\xac\xc3\x83\xc2\xa2\xc3\xa2\xe2\x82\xac\xc5"
         "\xbe\xc3\x82\xc2\xa2s "
         "\xc3\x83\xc6\x92\xc3\x82\xc2\xa2\xc3\x83\xc2\xa2\xc3\xa2\xe2\x82\xac"
         "\xc5\xa1\xc3\x82\xc2\xac\xc3\x83\xe2\x80\xa6\xc3\xa2\xe2\x82\xac\xc5"
         "\x93"
         "a\xc3\x83\xc6\x92\xc3\x82\xc2\xa2\xc3\x83\xc2\xa2\xc3\xa2\xe2\x82\xac"
         "\xc5\xa1\xc3\x82\xc2\xac\xc3\x83\xe2\x80\x9a\xc3\x82\xc2\x9d",
         "it\xe2\x80\x99s \xe2\x80\x9c"
         "a\xe2\x80\x9d"},
        {"\xc3\xa2\xc2\x80\xc2\x9cNo,\xc3\xa2\xc2\x80\xc2\x9d she said "
         "\xc3\xa2\xc2\x80\xc2\x94 twice\xc3\xa2\xc2\x80\xc2\xa6",
         "\xe2\x80\x9cNo,\xe2\x80\x9d she said \xe2\x80\x94 twice\xe2\x80\xa6"},
        {"\xc3\x83\xc2\xa9t\xc3\x83\xc2\xa9 "
         "d\xc3\xa2\xc2\x80\xc2\x99\xc3\x83\xc2\x81ngel",
         "\xc3\xa9t\xc3\xa9 d\xe2\x80\x99\xc3\x81ngel"},
        {"it\xc3\xa2\xe2\x82\xac\xe2\x84\xa2s a "
         "\xe2\x80\x9eSpa\xc3\x9f\xe2\x80\x9c in \xe6\x97\xa5\xe6\x9c\xac",
         "it\xe2\x80\x99s a \xe2\x80\x9eSpa\xc3\x9f\xe2\x80\x9c in "
         "\xe6\x97\xa5\xe6\x9c\xac"},
    };
    AUTO_DONE(arena) arena = ARENA_INIT;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool nul = false;
        struct text t =
            cleaning_copy(text_from(cases[i].bad), CLEANING_LINE, &arena, &nul);
        cr_expect(mojibake_mend(&t, MOJIBAKE_NONE, &arena), "%s", t.ptr);
        cr_expect(text_is(t, cases[i].good), "%s is not %s", t.ptr,
                  cases[i].good);
        cr_expect_not(mojibake_mend(&t, MOJIBAKE_NONE, &arena), "%s", t.ptr);
    }
}

Test(mojibake, what_people_write_stays)
{
    static const char *const texts[] = {
        "\xe2\x80\x9eSpa\xc3\x9f\xe2\x80\x9c",
        "\xe2\x80\x9cIRM\xc3\x83\xe2\x80\x9d",
        "IRM\xc3\x83\xc2\xbb",
        "un caf\xc3\xa9\xe2\x80\x9d\xe2\x80\xa6 et \xc2\xab"
        "CAF\xc3\x89\xc2\xbb",
        "P\xc3\x85\xe2\x80\x9d og SM\xc3\x85\xe2\x80\xa6",
        "\xc3\x82\xc2\xb0 and \xc3\x83 alone",
        "plain text",
        "\xc3\xa9t\xc3\xa9 \xc3\xa0 No\xc3\xabl",
        "\xc3\x84\xc3\x96\xc3\x9c \xc3\xa4\xc3\xb6\xc3\xbc \xc3\x9f",
        "ESPA\xc3\x91\xe2\x80\x9d \xc3\xb1",
        "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e",
        "\xd0\x9c\xd0\xbe\xd1\x81\xd0\xba\xd0\xb2\xd0\xb0 "
        "\xc2\xab\xd0\xaf\xc2\xbb",
        "l\xe2\x80\x99\xc3\xa2ge \xe2\x82\xac 5",
        "\xc3\xa2 \xe2\x82\xac",
        "\xc5\x93uf \xc3\x82ge",
        "Fu\xc3\x9f\xe2\x80\xa6 Ma\xc3\x9f\xe2\x80\x9c.",
        "",
    };
    AUTO_DONE(arena) arena = ARENA_INIT;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct text t = text_from(texts[i]);
        cr_expect_not(mojibake_mend(&t, MOJIBAKE_NONE, &arena), "%s", texts[i]);
        cr_expect_str_eq(t.ptr, texts[i]);
    }
}

Test(mojibake, of_an_article_one_text_is_evidence_for_the_others)
{
    AUTO_DONE(arena) arena = ARENA_INIT;
    const struct text tags[] = {TEXT("a"), TEXT("caf\xc3\x83\xc2\xa9")};
    struct article a = {.title = TEXT("MANH\xc3\x83\xe2\x80\x9d"),
                        .body = TEXT("it\xc3\xa2\xe2\x82\xac\xe2\x84\xa2s"
                                     " \xc3\xa2\xe2\x82\xac\xc2\x81"),
                        .tags = tags,
                        .tag_count = 2};
    struct article alone = {.title = a.title};
    cr_assert(mojibake_mend_article(&a, &arena));
    cr_assert(text_is(a.title, "MANH\xc3\x94"));
    cr_assert(text_is(a.body, "it\xe2\x80\x99s"
                              " \xe2\x80\x81"));
    cr_assert(text_is(a.tags[0], "a"));
    cr_assert(text_is(a.tags[1], "caf\xc3\xa9"));
    cr_assert_not(mojibake_mend_article(&alone, &arena));
}
