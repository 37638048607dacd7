#include "searcher/html.h"

#include <criterion/criterion.h>
#include <string.h>

#include "searcher/facets.h"
#include "searcher/report.h"
#include "searcher/timeline.h"

Test(html, text_is_never_markup)
{
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {"a < b & \"c\" > 'd'", "a &lt; b &amp; &quot;c&quot; &gt; 'd'"},
        {"</title><script>", "&lt;/title&gt;&lt;script&gt;"},
        {"&lt;", "&amp;lt;"},
        {"\x01gas\x02 \x1b[31m\r\n\x7f", "gas [31m "},
        {"\xff\xc3(", "\xef\xbf\xbd\xef\xbf\xbd("},
        {"\xe2\x80\xae gas", " gas"},
        {"\xe5\xa4\xa9 \xc3\xa9", "\xe5\xa4\xa9 \xc3\xa9"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        AUTO_DONE(strbuf) out = STRBUF_INIT(4096);
        html_append(&out, text_from(rows[i].text));
        cr_expect_str_eq(strbuf_string(&out), rows[i].expected, "%s",
                         strbuf_string(&out));
    }
}

Test(html, matches_are_marked_and_nothing_else)
{
    const struct range marks[] = {{2, 7}};
    const struct snippet s = {
        .text = TEXT("a <gas> b\x01"), .marks = marks, .mark_count = 1};
    AUTO_DONE(strbuf) out = STRBUF_INIT(4096);
    html_append_marked(&out, &s);
    cr_expect_str_eq(strbuf_string(&out), "a <mark>&lt;gas&gt;</mark> b");
}

Test(html, only_web_addresses_are_links)
{
    static const char *const links[] = {"http://x.example",
                                        "HTTPS://x.example/?a=1&b='2'#c",
                                        "https://x.example/\xc3\xa9"};
    static const char *const others[] = {
        "",
        "http://",
        "ftp://x.example",
        "javascript:alert(1)",
        " http://x.example",
        "http://x.example/a b",
        "http://x.example/\"onclick=\"x",
        "http://x.example/<x>",
        "java\nscript:http://x",
        "http://x.example/\x01",
        "//x.example",
        "data:text/html,x",
        "x.example",
    };
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        cr_expect(html_is_link(text_from(links[i])), "%s", links[i]);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        cr_expect(!html_is_link(text_from(others[i])), "%s", others[i]);
}

Test(html, a_language_is_a_code)
{
    static const char *const codes[] = {"en", "de-AT", "zh-Hant", "sl-1994"};
    static const char *const others[] = {
        "",
        "x",
        "e1",
        "en\"",
        "en x",
        "-en",
        "a-language-tag-that-is-longer-than-any-is"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        cr_expect(html_is_language(text_from(codes[i])), "%s", codes[i]);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        cr_expect(!html_is_language(text_from(others[i])), "%s", others[i]);
}

Test(html, a_timeline_is_a_picture_of_bars_and_holes)
{
    struct value_count found[] = {{TEXT("2022-01-01"), 4},
                                  {TEXT("2022-01-03"), 1}};
    struct value_count all[] = {{TEXT("2022-01-01"), 8},
                                {TEXT("2022-01-03"), 1}};
    const struct facet matches = {.values = found, .count = 2, .without = 3};
    const struct facet held = {.values = all, .count = 2};
    AUTO_DONE(timeline) t = {.count = 0};
    AUTO_DONE(strbuf) out = STRBUF_INIT(1 << 16);
    timeline_make(&t, &matches, &held, REPORT_PERIODS);
    report_timeline(&out, &t);
    const char *svg = strbuf_string(&out);
    cr_expect(strstr(svg, "<rect class=\"bar\" x=\"0.0\" y=\"0.0\" "
                          "width=\"47.0\" height=\"120.0\"><title>2022-01-01: "
                          "4 of 8</title></rect>"),
              "%s", svg);
    cr_expect(strstr(svg, "<rect class=\"hole\" x=\"48.0\" y=\"116.0\""));
    cr_expect(strstr(svg, "<title>2022-01-03: 1 of 1</title>"));
    cr_expect(strstr(svg, "by day, at most 4 in 2022-01-01; 3 without a date. "
                          "Gray"));
    strbuf_reset(&out);
    const struct timeline empty = {.count = 0};
    report_timeline(&out, &empty);
    cr_expect_eq(out.len, 0);
}
