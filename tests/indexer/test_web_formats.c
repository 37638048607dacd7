/* What comes from the web, as it is written there: pages, feeds, web archives,
 * mail. */
#include <criterion/criterion.h>
#include <string.h>

#include "common/dating.h"
#include "common/strbuf.h"
#include "indexer/reader.h"
#include "tests/support/gzip.h"

/* Two paragraphs that are long enough to be an article's, and how they are
 * read. */
#define LONG_1    "The bridge over the river is open again after two years of work"
#define LONG_2    "Its steel had rusted, and lorries will have to wait some longer"
#define PAGE_BODY "<p>" LONG_1 "</p><p>" LONG_2 " yet, the mayor said.</p>"
#define READ_BODY " | " LONG_1 "//" LONG_2 " yet, the mayor said."

static struct error err;
static struct arena arena = ARENA_INIT;

static void add_list(struct strbuf *out, const char *name,
                     const struct text *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        strbuf_append_format(out, "%s%.*s", i == 0 ? name : "+",
                             TEXT_ARG(values[i]));
}

static void add_date(struct strbuf *out, const struct article *a)
{
    char date[TIMESTAMP_SIZE];
    if (a->published == TIMESTAMP_UNKNOWN)
        return;
    timestamp_format(a->published, date, sizeof date);
    date[16] = '\0';
    strbuf_append_format(out, " ^%s%s %s", date, a->zone_unknown ? "" : "Z",
                         dating_name(a->dating));
}

/* "title @author+author #tag $section %source ~language ^date <url | body",
 * the body's lines parted by slashes. */
static void add_article(struct strbuf *out, const struct article *a)
{
    strbuf_append(out, a->title);
    add_list(out, " @", a->authors, a->author_count);
    add_list(out, " #", a->tags, a->tag_count);
    add_list(out, " $", &a->section, a->section.len > 0);
    add_list(out, " %", &a->source, a->source.len > 0);
    add_list(out, " ~", &a->language, a->language.len > 0);
    add_date(out, a);
    add_list(out, " <", &a->url, a->url.len > 0);
    add_list(out, " | ", &a->body, a->body.len > 0);
    for (size_t i = 0; i < out->len; i++)
        if (out->ptr[i] == '\n')
            out->ptr[i] = '/';
}

/* Articles are parted by a line end. */
static void describe(struct strbuf *out, struct text file)
{
    AUTO(reader) reader = NULL;
    enum status status =
        reader_open_input(&reader, input_from_memory(file, "x"), NULL, &err);
    if (status != STATUS_OK)
        strbuf_append_string(out, err.message);
    for (int i = 0; status == STATUS_OK; i++) {
        struct article a;
        AUTO_DONE(strbuf) line = STRBUF_INIT(1 << 20);
        status = reader_next(reader, &arena, &a, &err);
        if (status == STATUS_END)
            break;
        if (status == STATUS_OK)
            add_article(&line, &a);
        else
            strbuf_append_string(&line, err.message);
        strbuf_append_string(out, i > 0 ? "\n" : "");
        strbuf_append(out, strbuf_text(&line));
        status = STATUS_OK;
    }
    if (reader && reader->warning[0])
        strbuf_append_format(out, " ! %s", reader->warning);
}

struct example {
    struct text file;
    const char *article;
};

static void expect(const struct example *examples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        AUTO_DONE(strbuf) out = STRBUF_INIT(1 << 20);
        describe(&out, examples[i].file);
        cr_expect_str_eq(strbuf_string(&out), examples[i].article,
                         "%zu: %s\nis read as\n%s", i, examples[i].file.ptr,
                         strbuf_string(&out));
        arena_reset(&arena);
    }
    arena_done(&arena);
}

#define EXPECT(examples) expect(examples, sizeof examples / sizeof *examples)

Test(web_pages, begin_with_anything)
{
    static const struct example examples[] = {
        {TEXT("</div>\n<html><h1>Open</h1>" PAGE_BODY), "Open" READ_BODY},
        {TEXT("<!DOCTYPE html></head><html><h1>Open</h1>" PAGE_BODY),
         "Open" READ_BODY},
        {TEXT("<h1>Open</h1>" PAGE_BODY), "Open" READ_BODY},
        {TEXT("<div class=x><h1>Open</h1>" PAGE_BODY "</div>"),
         "Open" READ_BODY},
        {TEXT("\n\xef\xbb\xbf\xef\xbb\xbf<!doctype html><h1>\xef\xbb\xbfOpen"
              "</h1>\xef\xbb\xbf" PAGE_BODY),
         "Open" READ_BODY},
        {TEXT("<!-- a --> <!--[if IE]><html class=ie><![endif]-->"
              "<html lang=en><h1>Open</h1>" PAGE_BODY),
         "Open ~en" READ_BODY},
    };
    EXPECT(examples);
}

Test(web_pages, in_utf16_are_known_without_a_mark)
{
    static const char page[] = "<html><h1>Open</h1>" PAGE_BODY;
    static char wide[2][2 * sizeof page];
    for (size_t i = 0; i + 1 < sizeof page; i++)
        wide[0][2 * i] = wide[1][2 * i + 1] = page[i];
    const struct example examples[] = {
        {{wide[0], 2 * sizeof page - 2}, "Open" READ_BODY},
        {{wide[1], 2 * sizeof page - 2}, "Open" READ_BODY},
    };
    EXPECT(examples);
}

Test(web_pages, what_is_hidden_is_no_text)
{
    static const struct example examples[] = {
        {TEXT("<html><h1>Open</h1><p hidden>" LONG_2 "</p>"
              "<p style='color:red; visibility : hidden'>" LONG_2 "</p>"
              "<p style='display:none'>" LONG_2 "</p>" PAGE_BODY),
         "Open" READ_BODY},
        {TEXT("<html><body style='visibility:hidden'><h1>Open</h1>" PAGE_BODY),
         "Open" READ_BODY},
    };
    EXPECT(examples);
}

#define LINKED(json)                                                           \
    "<html><script type='application/ld+json'>" json "</script>"               \
    "<h1>Open</h1>" PAGE_BODY
#define NEWS                                                                   \
    "{\"@type\":\"NewsArticle\",\"datePublished\":\"2022-02-07T18:45Z\""
#define ANN "Open @Ann Lee ^2022-02-07T18:45Z explicit" READ_BODY

Test(web_pages, linked_data_is_mended)
{
    static const struct example examples[] = {
        {TEXT(LINKED("/*<![CDATA[*/" NEWS ",\"author\":\"Ann Lee\"}/*]]>*/")),
         ANN},
        {TEXT(LINKED("//<![CDATA[\n" NEWS ",\"author\":\"Ann Lee\"}\n//]]>")),
         ANN},
        {TEXT(LINKED("<!--" NEWS ",\"author\":\"Ann Lee\"}-->")), ANN},
        {TEXT(LINKED(NEWS ",\"author\":{\"name\":\"Ann Lee\",},}")), ANN},
        {TEXT(LINKED(NEWS ",\"a\":\"a\nb\t\",\"author\":\"Ann Lee\"};")), ANN},
        {TEXT(LINKED(NEWS ",\"a\":\"the \"old\", rusty one\","
                          "\"author\":\"Ann Lee\"}")),
         ANN},
        {TEXT(LINKED(NEWS ",\"author\":\"Ann Lee\"}{\"@type\":\"Thing\"}")),
         ANN},
        {TEXT(LINKED("{&quot;@type&quot;:&quot;Article&quot;,&quot;author"
                     "&quot;:&quot;Ann Lee&quot;}")),
         "Open @Ann Lee" READ_BODY},
        {TEXT(LINKED("{\"@graph\":[{\"@type\":\"WebPage\",\"inLanguage\":"
                     "\"en-GB\",\"datePublished\":\"2022-02-07T18:45Z\"},"
                     "{\"@type\":\"WebSite\",\"name\":\"Post\"}]}")),
         "Open %Post ~en ^2022-02-07T18:45Z metadata" READ_BODY},
        {TEXT(LINKED(NEWS ",\"author\":\"Ann Lee\"")), "Open" READ_BODY},
    };
    EXPECT(examples);
}

Test(web_pages, a_person_is_preferred_to_the_publisher)
{
    static const struct example examples[] = {
        {TEXT("<html><meta name=author content='Ann Lee'>" LINKED(
             "{\"@type\":\"Article\",\"author\":\"The Post\",\"publisher\":"
             "{\"name\":\"The Post Ltd\"}}")),
         "Open @Ann Lee %The Post Ltd" READ_BODY},
        {TEXT("<html><meta name=author content='Newsroom'>" LINKED(
             "{\"@type\":\"Article\",\"author\":\"The Post\",\"publisher\":"
             "{\"name\":\"The Post\"}}")),
         "Open @The Post %The Post" READ_BODY},
    };
    EXPECT(examples);
}

Test(web_pages, say_themselves_what_is_what)
{
    static const struct example examples[] = {
        {TEXT("<html><h2 itemprop=headline>Open</h2>" PAGE_BODY
              "<footer><span itemprop=author><b itemprop=name>Ann Lee</b>, "
              "editor"
              "</span><span itemprop=author>Bo Ek</span><i "
              "itemprop=datePublished>7 Feb 2022</i><b itemprop=publisher><b "
              "itemprop=name>Post</b></b><meta itemprop=articleSection "
              "content=City></footer>"
              "<div class=comment><b itemprop=author>No</b></div>"),
         "Open @Ann Lee+Bo Ek $City %Post ^2022-02-07T00:00 "
         "explicit" READ_BODY},
        {TEXT("<html><h1 property=schema:headline>Open</h1>"
              "<b property='dc:date dc:created' content=2022-02-07T18:45Z></b>"
              "<b property=schema:author>Ann Lee</b>" PAGE_BODY),
         "Open @Ann Lee ^2022-02-07T18:45Z metadata" READ_BODY},
        {TEXT("<html><div class=hentry><h3 class=entry-title>Open</h3>"
              "<span class='byline author vcard'>By <b class=fn>Ann "
              "Lee</b></span>, "
              "<abbr class=published "
              "title=2022-02-07T18:45Z>7 Feb 2022</abbr>" PAGE_BODY),
         "Open @Ann Lee ^2022-02-07T18:45Z explicit" READ_BODY},
        {TEXT(
             "<html><meta name=DC.title content=Open><meta name=dcterms.issued "
             "content=2022-02-07><meta name=author content=admin>"
             "<meta name=DC.Language content=en-GB>" PAGE_BODY),
         "Open ~en ^2022-02-07T00:00 explicit" READ_BODY},
        {TEXT("<html><base href=http://a/b/c><link rel=canonical href=../d>"
              "<title>Open | Post</title><h1>Open</h1>" PAGE_BODY),
         "Open %Post <http://a/d" READ_BODY},
    };
    EXPECT(examples);
}

Test(web_pages, dates_and_names_beside_the_headline_are_read)
{
    static const struct example examples[] = {
        {TEXT("<html lang=en><div>Today is Friday, 4 March "
              "2022</div><h1>Open</h1>"
              "<p>By Ann Lee and Bo Ek, Staff Writers</p><p>Updated: 8 Feb "
              "2022 | "
              "Published: 18:45 GMT, 7 Feb 2022</p>" PAGE_BODY),
         "Open @Ann Lee+Bo Ek ~en ^2022-02-07T18:45Z text" READ_BODY},
        {TEXT("<html lang=de><div><p>7. Februar 2022</p><h1>Open</h1></div>"
              "<p class=autor>Ann Lee</p>" PAGE_BODY),
         "Open @Ann Lee ~de ^2022-02-07T00:00 text" READ_BODY},
        {TEXT("<html lang=en><title>Post - Open at last</title><font>Open at "
              "last"
              "</font><br>February 7, 2022<p><b>By ANN LEE</b><br>" LONG_1
              "<p>" LONG_2 " yet, the mayor said."),
         "Open at last @ANN LEE ~en ^2022-02-07T00:00 text | " LONG_1
         "//" LONG_2 " yet, the mayor said."},
        {TEXT("<html lang=en><h1>Open</h1><p>2 min read</p><p>It was closed on "
              "7 "
              "February 2022 for a while</p>" PAGE_BODY),
         "Open ~en | It was closed on 7 February 2022 for a while//" LONG_1
         "//" LONG_2 " yet, the mayor said."},
        {TEXT(
             "<html lang=en><h1>Open</h1><aside>7 Feb 2022</aside><p>07/02/2022"
             "</p>" PAGE_BODY),
         "Open ~en | 07/02/2022//" LONG_1 "//" LONG_2 " yet, the mayor said."},
    };
    EXPECT(examples);
}

#define CARD                                                                   \
    "<div><h3><a href=1>The bridge over the river</a></h3><p>" LONG_1          \
    "</p></div>"

Test(web_pages, that_are_no_article_are_said_to_be_none)
{
    static const char none[] = "'x': the page is no article";
    static const struct example examples[] = {
        {TEXT("<html><h1>Latest</h1>" CARD CARD CARD CARD), none},
        {TEXT("<html><h1>404 - Gone</h1>" PAGE_BODY), none},
        {TEXT("<html><h1>Page not found</h1>" PAGE_BODY), none},
        {TEXT("<html><h1>Boy not found</h1>" PAGE_BODY),
         "Boy not found" READ_BODY},
        {TEXT("<html><title>Open</title><meta property=og:type content=article>"
              "<article><p>It is.</p></article><footer><p>" LONG_1
              "</p></footer>"),
         "Open | It is."},
    };
    EXPECT(examples);
}

Test(web_pages, what_parsers_leave_is_tidied)
{
    static const struct example examples[] = {
        {TEXT("<html><title>Open &#150; now</title><body>" LONG_1
              "<br><br>" LONG_2
              " &#x85; and <![if !IE]>so<![endif]> on for ever."),
         "Open – now | " LONG_1 "//" LONG_2 " … and so on for ever."},
        {TEXT("<html><title>Open at last - Post</title><h1><a "
              "href=/>Post</a></h1>"
              "<h2>Open at last</h2>" PAGE_BODY),
         "Open at last %Post" READ_BODY},
        {TEXT("<html><meta property=og:title content='Open « Post'><meta "
              "property=og:site_name content=Post>" PAGE_BODY),
         "Open %Post" READ_BODY},
    };
    EXPECT(examples);
}

/* --- web archives --------------------------------------------------------- */

static void add_record(struct strbuf *out, const char *head,
                       struct text content)
{
    strbuf_append_format(out,
                         "WARC/1.0\r\nWARC-Target-URI: http://a/\r\n%s\r\n"
                         "Content-Length: %zu\r\n\r\n",
                         head, content.len);
    strbuf_append(out, content);
    strbuf_append_string(out, "\r\n\r\n");
}

/* A file of one record with `content` under `head`. */
static void expect_record(const char *head, struct text content,
                          const char *article)
{
    AUTO_DONE(strbuf) file = STRBUF_INIT(1 << 20);
    add_record(&file, head, content);
    const struct example example = {strbuf_text(&file), article};
    expect(&example, 1);
}

#define HTML     "<html><h1>Open</h1>" PAGE_BODY
#define OPEN     "Open <http://a/" READ_BODY
#define RESPONSE "WARC-Type: response"

Test(web_archives, answers_are_read_as_servers_write_them)
{
    static const char *const answers[] = {
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" HTML,
        "HTTP/2 200\nContent-Type: TEXT/HTML\n\n" HTML,
        "\r\nHTTP/1.1  203 OK\r\nContent-Type: \"text/html\"\r\n\r\n" HTML,
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n" HTML,
        "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n\r\n"
        "<!doctype html>" HTML,
        HTML,
        "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n" HTML,
        "HTTP/1.1 200 OK\r\nContent-Encoding: aws-chunked\r\n\r\n" HTML,
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" HTML,
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        "fff\r\nfff\r\n" HTML,
    };
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
        expect_record(RESPONSE, text_from(answers[i]), OPEN);
}

Test(web_archives, compression_is_undone_whatever_is_declared)
{
    static const char *const headers[] = {
        "X: y", "Content-Encoding: gzip", "Content-Encoding: gzip, gzip",
        "Transfer-Encoding: gzip, chunked", "Content-Encoding: deflate"};
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        AUTO_DONE(strbuf) once = STRBUF_INIT(1 << 20);
        AUTO_DONE(strbuf) answer = STRBUF_INIT(1 << 20);
        strbuf_append_format(&answer, "HTTP/1.1 200 OK\r\n%s\r\n\r\n",
                             headers[i]);
        gzip_append(&once, text_from("<!doctype html>" HTML));
        if (i % 2)
            strbuf_append(&answer, strbuf_text(&once));
        else
            gzip_append(&answer, strbuf_text(&once));
        expect_record(RESPONSE, strbuf_text(&answer), OPEN);
    }
}

Test(web_archives, records_are_found_between_zeros_and_behind_marks)
{
    AUTO_DONE(strbuf) file = STRBUF_INIT(1 << 20);
    strbuf_append_string(&file, "\xef\xbb\xbf\r\n\r\n");
    add_record(&file, "WARC-Type: Response", text_from(HTML));
    strbuf_append(&file, (struct text)TEXT("\0\0\0\0"));
    add_record(&file, "WARC-Type: resource\r\nContent-Type: text/html",
               text_from(HTML));
    const struct example example = {strbuf_text(&file), OPEN "\n" OPEN};
    expect(&example, 1);
}

Test(web_archives, the_text_of_a_conversion_is_an_article)
{
    expect_record("WARC-Type: conversion\r\nContent-Type: text/plain\r\n"
                  "WARC-Identified-Content-Language: eng,fra",
                  text_from("Open\nIt is.\n"), "Open ~eng <http://a/ | It is.");
}

Test(web_archives, the_lines_of_arc_may_have_blanks)
{
    static const char *const heads[] = {
        "http://a/ 1.2.3.4 20080430204825 text/html; charset=utf-8",
        "http://a/ 1.2.3.4 20080430204825 text/html 200 CHECK - 0 x.arc",
        "http://a/ 1.2.3.4 20080430204825 no-type"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        AUTO_DONE(strbuf) file = STRBUF_INIT(1 << 20);
        strbuf_append_format(&file,
                             "filedesc://x 0.0.0.0 20080430204825 "
                             "text/plain 2\nx\n\n%s %zu\n%s\n",
                             heads[i], sizeof HTML - 1, HTML);
        const struct example example = {
            strbuf_text(&file),
            OPEN " ! 'x': 1 records passed over: 1 are no answers, 0 answers "
                 "without a page, 0 no HTML, 0 too large or of unknown coding"};
        expect(&example, 1);
    }
}

Test(web_archives, the_page_says_its_charset_where_the_server_is_wrong)
{
    expect_record(
        RESPONSE,
        (struct text)TEXT("HTTP/1.1 200 OK\r\nContent-Type: text/html; "
                          "charset=utf-8\r\n\r\n<html><meta charset="
                          "windows-1251><h1>\xcc\xee\xf1\xf2</h1>" PAGE_BODY),
        "Мост <http://a/" READ_BODY);
}

/* --- mail ----------------------------------------------------------------- */

#define MAIL(headers, body)                                                    \
    TEXT("From: Ann Lee <ann@a>\nSubject: Open\n" headers "\n" body)
#define READ_MAIL "Open @Ann Lee"

Test(mail, parts_are_put_together)
{
    static const struct example examples[] = {
        {MAIL("Content-Type: multipart/mixed; boundary = \"a b\"\n",
              "--a b  \n\nOne\n--a b\nContent-Disposition: attachment\n\nNo\n"
              "--a b\n\nTwo\n--a b\n\n_____\nList\n"),
         READ_MAIL " | One//Two"},
        {MAIL("Content-Type: multipart/mixed; boundary=a\n",
              "--a\nContent-Type: multipart/alternative; boundary=ab\n\n"
              "--ab\n\nOne\n--ab\nContent-Type: text/html\n\n<p>1\n--ab--\n"
              "--a\n\nTwo\n--a--\n"),
         READ_MAIL " | One//Two"},
        {MAIL("Content-Type: multipart/alternative;\n boundary*0=a;"
              "\n boundary*1=\"b\"\n",
              "--ab\n\nSee online\n--ab\nContent-Type: text/html\n\n"
              "<p hidden>Not<p>" LONG_1 "\n--ab--\n"),
         READ_MAIL " | " LONG_1},
        {MAIL("Content-Type: message/rfc822\n",
              "Subject: Forwarded\n\nIt is open.\n"),
         READ_MAIL " | Forwarded//It is open."},
        {MAIL("Content-Type: multipart/digest; boundary=a\n",
              "--a\n\nSubject: First\n\nOne\n--a\n\nSubject: Second\n\n"
              "Two\n--a--\n"),
         READ_MAIL " | First//One//Second//Two"},
    };
    EXPECT(examples);
}

Test(mail, codings_are_undone)
{
    static const struct example examples[] = {
        {MAIL("Content-Transfer-Encoding: quoted-printable\n",
              "soft=\nbreak, with=  \r\nblanks, =XY =3"),
         READ_MAIL " | softbreak, withblanks, =XY =3"},
        {MAIL("Content-Transfer-Encoding: BASE64\n",
              "T25lCg==\nVHdvCg==\n\nThe list's footer\n"),
         READ_MAIL " | One/Two"},
        {MAIL("Content-Type: text/plain; format=flowed\n",
              "One \nline.\n\n> of \n> two\n From\n-- \nAnn\n"),
         READ_MAIL " | One line.//> of two/From/-- /Ann"},
        {MAIL("Content-Type: text/plain; format=flowed; delsp=yes\n",
              "Mo \nst\n"),
         READ_MAIL " | Most"},
        {MAIL("Content-Type: text/plain; charset*=''iso-8859-1\n", "\xe9t\xe9"),
         READ_MAIL " | été"},
    };
    EXPECT(examples);
}

Test(mail, headers_are_read_in_all_their_forms)
{
    static const struct example examples[] = {
        {TEXT("From: =?utf-8*fr?q?L=C3=A9?= <a@a>, \"Ek, \\\"Bo\\\"\" <b@b>,\n"
              "\tann@a (Ann Lee), <c@c>\nSubject: A\n\tlong \n   one\n\nText"),
         "A long one @Lé+Ek, \"Bo\"+Ann Lee+c@c | Text"},
        {TEXT("To: a@a\nSubject: =?utf-8?Q?=D0?=\n =?UTF-8?Q?=9C_1?=\n\nText"),
         "М 1 | Text"},
        {TEXT("From: a@a\nSubject: A\nContent-Language: en\nKeywords: x, y\n"
              "Newsgroups: a.b\nList-Id: \"The Post\" <l.a>\n"
              "Archived-At: <http://a/1>\n\nText"),
         "A @a@a #x+y+a.b %The Post ~en <http://a/1 | Text"},
        {MAIL("Date: Mon, 7 Feb 2022 18:45:00 -0500 (Eastern (US) Time)\n",
              "."),
         READ_MAIL " ^2022-02-07T23:45Z explicit | ."},
        {MAIL("Date: Mon, 7 Feb 2022 18:45:00 GMT+0100\n", "."),
         READ_MAIL " ^2022-02-07T17:45Z explicit | ."},
        {MAIL("Date: today\nReceived: from a by b; Mon,\n"
              " 7 Feb 2022 18:45:00 +0100 (CET)\n",
              "."),
         READ_MAIL " ^2022-02-07T17:45Z metadata | ."},
    };
    EXPECT(examples);
}

Test(mail, messages_are_parted_where_a_dated_line_is)
{
#define SEPARATOR     "From ann@a Mon Feb  7 18:45:00 2022\n"
#define MESSAGE(text) "From: Ann Lee <ann@a>\nSubject: Open\n\n" text
#define DATED         READ_MAIL " ^2022-02-07T18:45 metadata"
    static const struct example examples[] = {
        {TEXT(SEPARATOR MESSAGE("One\n\nFrom now on it is.\n>From now.\n")
                  SEPARATOR MESSAGE("Two\n")),
         DATED " | One//From now on it is./From now.\n" DATED " | Two"},
        {TEXT("From ann@a\n" MESSAGE("One\n\n") "From bo@a\n" MESSAGE("Two")),
         READ_MAIL " | One\n" READ_MAIL " | Two"},
        {TEXT("From 17@xxx Mon Feb 07 18:45:00 +0000 2022\nSubject: DON'T "
              "DELETE "
              "THIS MESSAGE -- FOLDER INTERNAL DATA\nTo: a@a\n\n.\n\n"
              "From - Mon Feb 07 18:45:00 2022\n" MESSAGE("Two")),
         "'x' line 2: notes of the mail server\n" DATED " | Two"},
    };
    EXPECT(examples);
}

/* --- feeds ---------------------------------------------------------------- */

#define RSS(item)                                                              \
    TEXT("<rss xmlns:content='c' xmlns:media='m' xmlns:itunes='i' "            \
         "xmlns:excerpt='e' xmlns:wp='w'><channel><title>Post</title>"         \
         "<link>http://a/b/</link><item><title>Open</title>" item              \
         "</item></channel></rss>")

Test(feeds, the_item_itself_is_read)
{
    static const struct example examples[] = {
        {RSS("<itunes:title>No</itunes:title><media:content url='x'>No"
             "</media:content><media:description>No</media:description>"
             "<description>Yes</description>"),
         "Open #form:summary %Post | Yes"},
        {RSS("<description>&amp;lt;p&amp;gt;A&amp;lt;/"
             "p&amp;gt;&amp;lt;p&amp;gt;"
             "B&amp;lt;/p&amp;gt;</description><link>../1</link>"),
         "Open #form:summary %Post <http://a/1 | A//B"},
        {RSS("<author>ann@a (Ann Lee)</author><source url='u'>Paper</source>"),
         "Open @Ann Lee %Paper"},
        {TEXT("<rss><channel><item><title>Open - Paper</title><source url='u'>"
              "Paper</source></item></channel></rss>"),
         "Open %Paper"},
        {RSS("<description>A&lt;p>The post &lt;a href='1'>Open&lt;/a> appeared "
             "first on Post.</description>"),
         "Open #form:summary %Post | A"},
        {TEXT(
             "<feed xml:lang='de' xml:base='http://a/b/c?d'><title>Post</title>"
             "<entry><title>Open</title><link href='e'/></entry></feed>"),
         "Open %Post ~de <http://a/b/e"},
        {TEXT("{\"version\":\"https://jsonfeed.org/version/1.1\",\"language\":"
              "\"de\",\"items\":[{\"id\":\"1\",\"title\":\"Open\"}]}"),
         "Open ~de"},
    };
    EXPECT(examples);
}

Test(feeds, exports_of_wordpress_have_drafts_and_blank_lines)
{
    static const struct example examples[] = {
        {RSS("<excerpt:encoded>No</excerpt:encoded><content:encoded>A\n\nB "
             "[gallery ids='1']C [caption id='1']No[/caption][sic]"
             "</content:encoded><wp:post_type>post</wp:post_type>"
             "<wp:status>publish</wp:status>"),
         "Open %Post | A//B C [sic]"},
        {RSS("<wp:post_type>post</wp:post_type><wp:status>draft</wp:status>"),
         "'x' line 1: withheld by its provider"},
        {RSS("<wp:post_type>attachment</wp:post_type>"),
         "'x' line 1: not an article"},
    };
    EXPECT(examples);
}
