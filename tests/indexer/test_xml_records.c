#include "indexer/xml_records.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "common/original.h"
#include "common/strbuf.h"
#include "indexer/reader.h"

static struct error err;
static struct arena arena = ARENA_INIT;

/* A source that comes in steps of so many bytes. */
struct steps {
    struct text rest;
    size_t step;
};

static enum status read_step(void *context, char *to, size_t size, size_t *got,
                             struct error *ignored)
{
    struct steps *s = context;
    (void)ignored;
    struct text part = text_slice(s->rest, 0, size < s->step ? size : s->step);
    if (part.len > 0)
        memcpy(to, part.ptr, part.len);
    *got = part.len;
    s->rest = text_slice(s->rest, part.len, s->rest.len);
    return STATUS_OK;
}

static struct reader *open_steps(struct steps *steps)
{
    struct reader *reader = NULL;
    const struct input_stream stream = {.read = read_step, .context = steps};
    cr_assert_eq(reader_open_input(&reader,
                                   input_from_stream(&stream, "x.rss", 0),
                                   reader_format_by_name("feed"), &err),
                 STATUS_OK);
    return reader;
}

/* "title=body@the bytes it is made of;" of each article, "!reason;" of what is
 * rejected, "?;" for a warning. Bytes that were mended are written "~". */
static void read_all(struct text source, size_t step, struct strbuf *out)
{
    struct steps steps = {source, step};
    AUTO(reader) reader = open_steps(&steps);
    struct article a;
    enum status status;
    while ((status = reader_next(reader, &arena, &a, &err)) != STATUS_END) {
        if (status != STATUS_OK) {
            cr_assert_eq(status, STATUS_SOURCE, "%s", err.message);
            strbuf_append_format(out, "!%s;", reader->reject_reason);
            continue;
        }
        struct text bytes = text_slice(source, (size_t)a.origin.offset,
                                       (size_t)a.origin.length);
        struct origin again = a.origin;
        original_measure(&again, bytes);
        cr_assert_eq(again.digest, a.origin.digest);
        bool whole = text_starts_with(bytes, (struct text)TEXT("<item"));
        strbuf_append_format(out, "%.*s=%.*s@%.*s;", TEXT_ARG(a.title),
                             TEXT_ARG(a.body),
                             TEXT_ARG(whole ? bytes : text_from("~")));
    }
    if (reader->warnings > 0)
        strbuf_append_string(out, "?;");
    arena_reset(&arena);
}

#define START                                                                  \
    "<?xml version='1.0'?>\n<rss xmlns:x='u'><channel><title>c</title>"
#define A   "<item><title>a</title></item>"
#define B   "<item\n><title>b</title></item >"
#define END "</channel></rss>"

static const struct {
    const char *source, *read;
} rows[] = {
    {START END, ""},
    {"", ""},
    {" \n ", ""},
    {"\xef\xbb\xbf\n " START A "x" B END, "a=@" A ";b=@" B ";"},
    {START "<item><title>\xc3\xa9&eacute;\xe2\x82\xac</title></item>" END,
     "\xc3\xa9\xc3\xa9\xe2\x82\xac=@<item><title>\xc3\xa9&eacute;\xe2\x82\xac"
     "</title></item>;"},
    {START "<item><title>\x7f</title></item>" A END, "!no-body;a=@" A ";"},
    {START "<x:item><x:title>n</x:title></x:item><y:item><title>o</title>"
           "</y:item>" END,
     "n=@~;o=@~;"},
    /* mended one by one: what is around stays exact */
    {START A "<item><title>1 < 2 &amp; AT&T</title></item>" B END,
     "a=@" A ";1 < 2 & AT&T=@<item><title>1 < 2 &amp; AT&T</title></item>;b=@" B
     ";?;"},
    {START A "<item><title>t</titel></item>" B END,
     "a=@" A ";t=@<item><title>t</titel></item>;b=@" B ";?;"},
    {START A "<item><title>q</item>" B END,
     "a=@" A ";q=@<item><title>q</item>;b=@" B ";?;"},
    {START A "<item><title>&unknown;&#1;x</title></item>" B END,
     "a=@" A ";&unknown;x=@<item><title>&unknown;&#1;x</title></item>;b=@" B
     ";?;"},
    {START A "<junk <" B "<item><title>d",
     "a=@" A ";b=@~;d=@<item><title>d;?;"},
    {START A "<item><title>n\x01\x0bo</title></item>" END,
     "a=@" A ";n o=@<item><title>n\x01\x0bo</title></item>;?;"},
    /* cut off; nothing; no UTF-8 */
    {START A "<item><title>cut", "a=@" A ";cut=@<item><title>cut;?;"},
    {START "<item><title>cut", "cut=@~;?;"},
    {"<rss <", "!bad-xml;"},
    {START "<item><title>caf\xe9</title></item>" A END, "caf\xc3\xa9=@~;a=@~;"},
    {START A "<item><title>caf\xe9</title></item>" B END,
     "a=@" A ";caf\xc3\xa9=@<item><title>caf\xe9</title></item>" B END
     ";b=@<item><title>caf\xe9</title></item>" B END ";"},
    /* what is declared does not grow; what it hides is not looked at */
    {"<!DOCTYPE rss [<!ENTITY l 'l'><!ENTITY m '&l;&l;'>%x;]><rss><item><title>"
     "m&m;&amp;</title><link href='&m;h'/></item></rss>",
     "m&=@<item><title>m&m;&amp;</title><link href='&m;h'/></item>;"},
#define C                                                                      \
    "<item><description><![CDATA[x </item> & <b>e</b>]]></description><title>" \
    "f &</title></item>"
    {START A C B END, "a=@" A ";f &=x & e@" C ";b=@" B ";?;"},
};

Test(xml_records, what_is_read_is_the_same_however_the_bytes_come)
{
    static const size_t step_of[] = {1, 2, 3, 5, 7, 11, 64, 1 << 20};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t k = 0; k < sizeof step_of / sizeof *step_of; k++) {
            AUTO_DONE(strbuf) got = STRBUF_INIT(1 << 16);
            strbuf_append_string(&got, "");
            read_all(text_from(rows[i].source), step_of[k], &got);
            cr_assert_str_eq(strbuf_string(&got), rows[i].read,
                             "row %zu by %zu: %s", i, step_of[k], got.ptr);
        }
}

Test(xml_records, many_faults_and_much_text_stay_bounded)
{
    AUTO_DONE(strbuf) all = STRBUF_INIT(1 << 24);
    enum { COUNT = 3000 };
    strbuf_append_string(&all, START);
    for (int i = 0; i < COUNT; i++)
        strbuf_append_format(&all, "<item><title>%d & </title></item>\n", i);
    strbuf_append_string(&all, END);
    struct steps steps = {strbuf_text(&all), 4096};
    AUTO(reader) reader = open_steps(&steps);
    reader->limits.article = 64 << 10; /* the rest is mended at once */
    struct article a;
    for (int i = 0; i < COUNT; i++) {
        char title[16];
        snprintf(title, sizeof title, "%d &", i);
        arena_reset(&arena);
        cr_assert_eq(reader_next(reader, &arena, &a, &err), STATUS_OK, "%s",
                     err.message);
        cr_assert(text_is(a.title, title), "%s", a.title.ptr);
        cr_assert_eq(a.origin.line, (uint64_t)i + 2);
    }
    cr_assert_eq(reader_next(reader, &arena, &a, &err), STATUS_END);
}

Test(xml_records, a_record_larger_than_is_accepted_ends_the_source)
{
    AUTO_DONE(strbuf) all = STRBUF_INIT(1 << 24);
    strbuf_append_string(&all, START A "<item><title>");
    for (int i = 0; i < 5000; i++)
        strbuf_append_string(&all, "long ");
    strbuf_append_string(&all, "</title></item>" B END);
    struct steps steps = {strbuf_text(&all), 1000};
    AUTO(reader) reader = open_steps(&steps);
    reader->limits.article = 4096;
    struct article a;
    cr_assert_eq(reader_next(reader, &arena, &a, &err), STATUS_OK);
    cr_assert_eq(reader_next(reader, &arena, &a, &err), STATUS_SOURCE);
    cr_assert_str_eq(reader->reject_reason, "too-large");
    cr_assert_eq(reader_next(reader, &arena, &a, &err), STATUS_END);
}

/* Each bracket looked through all behind it. */
Test(xml_records, wiki_text_of_nothing_but_open_brackets_is_read, .timeout = 60)
{
    static const char *const opens[] = {"[[\n", "{{\n", "{|\n", "__ ", "[h "};
    enum { TIMES = 60000 };
    for (size_t i = 0; i < sizeof opens / sizeof *opens; i++) {
        AUTO_DONE(strbuf) all = STRBUF_INIT(1 << 20);
        strbuf_append_string(&all, "<mediawiki><page><title>t</title>"
                                   "<revision><text>");
        for (int k = 0; k < TIMES; k++)
            strbuf_append_string(&all, opens[i]);
        strbuf_append_string(&all, "</text></revision></page></mediawiki>");
        AUTO(reader) reader = NULL;
        struct article a;
        cr_assert_eq(reader_open_input(
                         &reader, input_from_memory(strbuf_text(&all), "x.xml"),
                         reader_format_by_name("mediawiki"), &err),
                     STATUS_OK);
        cr_assert_eq(reader_next(reader, &arena, &a, &err), STATUS_OK);
        cr_assert(text_is(a.title, "t"));
        arena_reset(&arena);
    }
}
