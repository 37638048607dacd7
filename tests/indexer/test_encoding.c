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
