/* Small documents as agencies, libraries and collections write them, and what
 * is read of them. */
#include <criterion/criterion.h>

#include "common/strbuf.h"
#include "indexer/reader.h"

static struct error err;
static struct arena arena = ARENA_INIT;

static void append(struct strbuf *out, const char *name, struct text t)
{
    if (t.len > 0)
        strbuf_append_format(out, "%s=%.*s ", name, TEXT_ARG(t));
}

static void append_article(struct strbuf *out, const struct article *a)
{
    char date[TIMESTAMP_SIZE];
    timestamp_format(a->published, date, sizeof date);
    append(out, "id", a->id);
    append(out, "title", a->title);
    append(out, "date", text_slice(text_from(date), 0, 16));
    append(out, "source", a->source);
    append(out, "section", a->section);
    append(out, "lang", a->language);
    for (size_t i = 0; i < a->author_count; i++)
        append(out, "by", a->authors[i]);
    for (size_t i = 0; i < a->tag_count; i++)
        append(out, "tag", a->tags[i]);
    append(out, "body", a->body);
}

/* By content, as `format`; NULL: of no known format. */
static void expect(const char *format, const char *document,
                   const char *expected)
{
    AUTO(reader) reader = NULL;
    AUTO_DONE(strbuf) got = STRBUF_INIT(1 << 16);
    struct article a;
    enum status status = reader_open_input(
        &reader, input_from_memory(text_from(document), "x"), NULL, &err);
    cr_assert_eq(status, format ? STATUS_OK : STATUS_SOURCE, "%s", document);
    if (!format)
        return;
    cr_assert_str_eq(reader->format->name, format, "%s", document);
    while ((status = reader_next(reader, &arena, &a, &err)) != STATUS_END) {
        if (status == STATUS_OK)
            append_article(&got, &a);
        else
            strbuf_append_format(&got, "(%s) ", reader->reject_reason);
    }
    cr_expect_str_eq(strbuf_string(&got), expected, "%s\n%s", document,
                     got.ptr);
}

#define PAGE(title, inner)                                                     \
    "<mediawiki><page><title>" title "</title>" inner "</page></mediawiki>"
#define WIKI(text) PAGE("T", "<ns>0</ns><revision>" text "</revision>")

Test(formats, mediawiki)
{
    static const char *const cases[][2] = {
        {WIKI("<text>{{date|February 7, 2022}}A &amp;nbsp;[[w:B]].</text>"),
         "title=T date=2022-02-07T00:00 body=A \xc2\xa0"
         "B. "},
        {WIKI("<text>old</text></revision><revision><text>new</text>"),
         "title=T body=new "},
        {WIKI("<text bytes='9' deleted='deleted'/>"), "(not-an-article) "},
        {WIKI("<text>#WEITERLEITUNG [[X]]</text>"), "(not-an-article) "},
        {PAGE("File:X", "<revision><text>x</text></revision>"),
         "(not-an-article) "},
        {WIKI("<text>A\n== H ==\n* b\n* c\n== Empty ==\n{{source|x}}\n"
              "__NOTOC__</text>"),
         "title=T body=A\n\nH\n\nb\n\nc "},
        {WIKI("<text>A [[Datei:x.jpg|mini|[[y]]]] [[de:B]]\n"
              "[[Kategorie:C|k]][[category:D]]</text>"),
         "title=T tag=subject:C tag=subject:D body=A "},
        {WIKI(
             "<text>A\n{{quote|said '''[[B|b]]'''|C}}{{cquote|text=d}}</text>"),
         "title=T body=A\n\nsaid b\n\nd "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect("mediawiki", cases[i][0], cases[i][1]);
}

#define DOC(inner) "<DOC>\n" inner "\n<TEXT>\nA.\n</TEXT>\n</DOC>\n"

Test(formats, trec_collections)
{
    static const char *const cases[][2] = {
        {DOC("<DOCNO> AP880212-0001 </DOCNO>\n<HEAD>T</HEAD>"),
         "id=AP880212-0001 title=T date=1988-02-12T00:00 body=A. "},
        {DOC("<DOCNO>WSJ1</DOCNO><HL> T </HL><DD> 03/24/87</DD>"
             "<SO> WALL STREET JOURNAL (J)</SO><LP>\nLead.\n</LP>"),
         "id=WSJ1 title=T date=1987-03-24T00:00 source=WALL STREET JOURNAL "
         "body=Lead.\n\nA. "},
        {DOC("<DOCNO>LA1</DOCNO><SECTION><P>Book; Page 1</P></SECTION>"
             "<SUBJECT><P>GAS; OIL</P></SUBJECT>"),
         "id=LA1 section=Book tag=subject:GAS tag=subject:OIL body=A. "},
        {DOC("<DOCNO>FBIS3-1</DOCNO><HEADER><H2> March </H2><DATE1>1 March 1994"
             "</DATE1><H3><TI> T </TI></H3></HEADER>"),
         "id=FBIS3-1 title=T date=1994-03-01T00:00 body=A. "},
        {"<DOC id=\"NYT_ENG_19940701.0001\" type=\"story\" >\n<TEXT>\n<P>\nA\n"
         "</P>\n</TEXT>\n</DOC>\n",
         "id=NYT_ENG_19940701.0001 date=1994-07-01T00:00 body=A "},
        {"<DOC>\n<DOCNO>FR1</DOCNO>\n<TEXT>\n<!-- PJG -->\nA&blank;&sect; 1&LR;"
         "&hyph;B &AMP; &QL\n</TEXT>\n</DOC>\n",
         "id=FR1 body=A \xc2\xa7 1 -B &AMP; &QL "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect("sgml", cases[i][0], cases[i][1]);
}

#define NITF(head, body)                                                       \
    "<nitf><head>" head "</head><body><body.head>" body                        \
    "</body.head><body.content><p>A.</p></body.content></body></nitf>"

Test(formats, nitf)
{
    static const char *const cases[][2] = {
        {NITF("<title>T</title>", "<byline>By <person>Ann "
                                  "Lee</person><byttl>Writer</byttl></byline>"),
         "title=T by=Ann Lee body=A. "},
        {NITF("<title>T</title>",
              "<byline>Ann Lee and Bo Ek<byttl>Staff</byttl></byline>"),
         "title=T by=Ann Lee by=Bo Ek body=A. "},
        {NITF("<docdata><du-key key='gas'/><series series.name='S'/></docdata>",
              "<hedline><hl1>T</hl1></hedline>"),
         "title=T tag=slug:gas tag=series:S body=A. "},
        {"<articles>" NITF("<title>T</title>", "")
             NITF("<title>U</title>", "") "</articles>",
         "title=T body=A. title=U body=A. "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect("nitf", cases[i][0], cases[i][1]);
    expect(NULL, "<NITF><BODY><P>A.</P></BODY></NITF>", "");
    expect(NULL, "<story><p>A.</p></story>", "");
}

#define NEWSML(component)                                                      \
    "<NewsML><NewsItem><NewsComponent>" component                              \
    "</NewsComponent></NewsItem></NewsML>"

Test(formats, newsml)
{
    expect("newsml",
           NEWSML("<TopicSet><Topic><Description>Gas</Description></Topic>"
                  "</TopicSet><NewsLines><HeadLine>T</HeadLine><ByLine>By Ann "
                  "Lee and Bo Ek</ByLine></NewsLines><ContentItem><DataContent>"
                  "\u3000A.\n\u3000B.</DataContent></ContentItem>"),
           "title=T by=Ann Lee by=Bo Ek tag=subject:Gas body=A.\n\nB. ");
}

#define ITEM(meta, content)                                                    \
    "<newsItem guid='g' xml:lang='en'><contentMeta>" meta                      \
    "</contentMeta><contentSet>" content "</contentSet></newsItem>"

Test(formats, newsml_g2)
{
    static const char *const cases[][2] = {
        {ITEM("<headline xml:lang='fr'>Un</headline><headline xml:lang='en'>One"
              "</headline><subject><name xml:lang='fr'>gaz</name><name xml:lang"
              "='en'>gas</name></subject>",
              "<inlineData>A.</inlineData>"),
         "id=g title=One lang=en tag=subject:gas body=A. "},
        {ITEM("<headline>T</headline>",
              "<inlineXML><p>A.</p></inlineXML><inlineXML><p>A.</p><p>B.</p>"
              "</inlineXML>"),
         "id=g title=T lang=en body=A.\n\nB. "},
        {ITEM("<headline>T</headline><description>D.</description>",
              "<remoteContent href='x'/>"),
         "id=g title=T lang=en tag=form:summary body=D. "},
        {ITEM("<headline>T</headline><by>By Ann Lee and Bo Ek, Rome</by>", ""),
         "id=g title=T lang=en by=Ann Lee by=Bo Ek "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect("newsml_g2", cases[i][0], cases[i][1]);
}

Test(formats, markdown)
{
    static const char *const cases[][2] = {
        {"+++\ntitle = \"T \\\"q\\\"\" # c\ndate = 2022-02-07\nauthors = "
         "['Ann Lee',\n \"Bo Ek\", ]\ndraft = false\n[taxonomies]\ntags = "
         "[\"gas\"]\n+++\n\n# T \"q\"\n\nA *b*.\n",
         "title=T \"q\" date=2022-02-07T00:00 by=Ann Lee by=Bo Ek tag=gas "
         "body=A b. "},
        {"+++\ntitle = '''\nT'''\nno member\nx = \"open\n+++\nA.\n",
         "title=T body=A. "},
        {"# T\n\nA [b](c).\n", "title=T body=A b. "},
        {"T\n===\n\nA.\n", "title=T body=A. "},
        {"Title: T\nAuthor: Ann Lee\nDate: 2022-02-07\n\nA.\n",
         "title=T date=2022-02-07T00:00 by=Ann Lee body=A. "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect("markdown", cases[i][0], cases[i][1]);
}

Test(formats, plain_text)
{
    static const char *const cases[][2] = {
        {"#T\n\nA.\n", "title=#T body=A. "},
        {"Title: one line is a title\n\nA.\n",
         "title=Title: one line is a title body=A. "},
        {"A\n\n 1 of 2 DOCUMENTS\n", "title=A body= 1 of 2 DOCUMENTS "},
        {"  1 of 2 DOCUMENTS\n\nA\n\n  2 of 2 DOCUMENTS\n\nB\n",
         "(many-in-one) "},
        {"A\nDocument J000000020220207ei2700001\n\nB\nDocument "
         "J000000020220207ei2700002\n",
         "(many-in-one) "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect("text", cases[i][0], cases[i][1]);
}
