#include "indexer/charset.h"

#include <criterion/criterion.h>

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
