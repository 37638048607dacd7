#include <criterion/criterion.h>

#include "indexer/encoding.h"

static struct strbuf out;
static struct encoding_report report;

static const char *decode(struct text t, const char *declared)
{
    strbuf_init(&out, 1 << 20);
    encoding_decode(t, text_from(declared), &out, &report);
    return strbuf_string(&out);
}

Test(encoding, a_mark_outweighs_what_is_declared)
{
    struct text t = TEXT("\xff\xfe"
                         "a\0\xe9\0");
    cr_assert_str_eq(decode(t, "koi8-r"), "aé");
    strbuf_done(&out);
}

Test(encoding, what_is_utf8_is_utf8_whatever_it_declares)
{
    struct text t = TEXT("caf\xc3\xa9");
    cr_assert_str_eq(decode(t, "iso-8859-1"), "café");
    strbuf_done(&out);
}

Test(encoding, latin1_is_read_as_windows_1252)
{
    struct text t = TEXT("\x93quoted\x94 \x80");
    cr_assert_str_eq(decode(t, "ISO-8859-1"), "“quoted” €");
    strbuf_done(&out);
}

Test(encoding, an_unknown_name_is_replaced_by_what_is_detected)
{
    struct text t = TEXT("r\xe9sum\xe9 d\xe9pos\xe9 \xe0 l'\xe9t\xe9");
    cr_assert_str_eq(decode(t, "no-such-charset"), "résumé déposé à l'été");
    strbuf_done(&out);
}

Test(encoding, a_declaration_that_the_bytes_belie_is_not_believed)
{
    static const struct {
        const char *declared, *from, *to;
    } cases[] = {
        {"utf-8", "r\xe9sum\xe9 d\xe9pos\xe9 \xe0 l'\xe9t\xe9",
         "résumé déposé à l'été"},
        {"utf-16", "r\xe9sum\xe9 d\xe9pos\xe9 \xe0 l'\xe9t\xe9",
         "résumé déposé à l'été"},
        {"iso-8859-1",
         "\xd1\xf2\xe0\xf0\xfb\xe9 \xec\xee\xf1\xf2 "
         "\xe7\xe0\xea\xf0\xfb\xf2 \xed\xe0 \xe3\xee\xe4",
         "Старый мост закрыт на год"},
        {"windows-1251",
         "\xf3\xd4\xc1\xd2\xd9\xca \xcd\xcf\xd3\xd4 "
         "\xda\xc1\xcb\xd2\xd9\xd4 \xce\xc1 "
         "\xc7\xcf\xc4",
         "Старый мост закрыт на год"},
        {"iso-8859-1",
         "G\xb3osowanie: ju\xbf si\xea zag\xb3osowa\xb3o, \xbf"
         "e stal "
         "rdzewieje pod jezdni\xb1 i \xbc"
         "le si\xea dzieje, powiedzia\xb3",
         "Głosowanie: już się zagłosowało, że stal rdzewieje pod jezdnią i źle "
         "się dzieje, powiedział"},
        {"shift_jis",
         "\xa5\xcb\xa5\xe5\xa1\xbc\xa5\xb9\xa4\xc7\xa4\xb9\xa1\xa3"
         "\xbb\xd4\xb5\xc4\xb2\xf1\xa4\xcf\xb7\xee\xcd\xcb\xc6\xfc"
         "\xa4\xce\xcc\xeb\xa1\xa2\xb8\xc5\xa4\xa4\xb6\xb6\xa4\xf2"
         "\xca\xc4\xba\xbf\xa4\xb9\xa4\xeb",
         "ニュースです。市議会は月曜日の夜、古い橋を閉鎖する"},
        {"iso-8859-1",
         "cost \xa3"
         "5, it\xb4s 5\xb1"
         "1 \xbd litre, 3\xb3, no\xb9",
         "cost £5, it´s 5±1 ½ litre, 3³, no¹"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cr_expect_str_eq(decode(text_from(cases[i].from), cases[i].declared),
                         cases[i].to, "%s: %s", cases[i].declared,
                         strbuf_string(&out));
        strbuf_done(&out);
    }
}

Test(encoding, what_means_nothing_is_counted)
{
    struct text t = TEXT("caf\xc3\xa9 \xff\xfe");
    decode(t, "utf-8");
    cr_assert_eq(report.replaced, 2);
    cr_assert_str_eq(strbuf_string(&out), "café \xef\xbf\xbd\xef\xbf\xbd");
    strbuf_done(&out);
}

Test(encoding, declarations_are_found_in_xml_and_html)
{
    struct text xml = TEXT("<?xml version='1.0' encoding='Big5'?><a/>");
    struct text html = TEXT("<html><META CHARSET=\"euc-kr\">");
    cr_assert(text_is(encoding_declared(xml), "Big5"));
    cr_assert(text_is(encoding_declared(html), "euc-kr"));
    cr_assert_eq(encoding_declared((struct text)TEXT("charset")).len, 0);
    cr_assert(text_is(
        encoding_of_content_type(text_from("text/html; charset=\"utf-8\"")),
        "utf-8"));
}
