#include "indexer/html_parse.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#include "common/mem.h"
#include "common/strbuf.h"
#include "indexer/charset.h"

/* Elements that are opened and not closed; beyond that a page is an attack,
 * and the rest of it is not read. */
enum { OPEN_MAX = 20000 };

struct parse {
    struct arena *arena;
    struct html_node *root;
    struct html_node *at; /* the element that is open */
    unsigned beyond;      /* open elements below the deepest that there is */
    struct strbuf text; /* what has come of a text; libxml2 gives it in parts */
    htmlParserCtxtPtr context;
};

static struct text text_of(const xmlChar *string)
{
    return text_from((const char *)string);
}

/* What browsers make of references such as &#150;: Windows-1252's character,
 * not the control character. Behind others beyond ASCII it may be mojibake. */
static void append_as_1252(struct strbuf *out, struct text t)
{
    for (size_t at = 0; at < t.len;) {
        bool c1 = t.ptr[at] == '\xc2' && at + 1 < t.len &&
                  (unsigned char)t.ptr[at + 1] < 0xa0;
        bool alone = at == 0 || (unsigned char)t.ptr[at - 1] < 0x80;
        if (c1 && alone)
            charset_decode(text_slice(t, at + 1, 1), CHARSET_1252, out);
        else
            strbuf_append(out, text_slice(t, at, c1 ? 2 : 1));
        at += c1 ? 2 : 1;
    }
}

/* "<![endif]>", "<![CDATA[…]]>": comments in HTML, but text to libxml2. */
static void append_without_marks(struct strbuf *out, struct text t)
{
    static const char mark[] = "<![";
    const char *begin;
    while (t.len > 0 && (begin = memmem(t.ptr, t.len, mark, 3)) != NULL) {
        size_t before = (size_t)(begin - t.ptr);
        const char *end = memchr(begin, '>', t.len - before);
        strbuf_append(out, text_slice(t, 0, before));
        t = end ? text_slice(t, (size_t)(end - t.ptr) + 1, t.len)
                : text_slice(t, t.len, 0);
    }
    strbuf_append(out, t);
}

static bool has_c1(struct text t)
{
    const char *at = t.len ? memchr(t.ptr, '\xc2', t.len) : NULL;
    for (; at; at = memchr(at + 1, '\xc2', t.len - (size_t)(at + 1 - t.ptr)))
        if (at + 1 < t.ptr + t.len && (unsigned char)at[1] < 0xa0)
            return true;
    return false;
}

/* As a browser reads it, in the arena. `is_text`: of an element that is no
 * script. */
static struct text repaired(struct text t, bool is_text, struct arena *arena)
{
    bool marks = is_text && t.len > 3 && memmem(t.ptr, t.len, "<![", 3);
    if (!marks && !has_c1(t))
        return arena_text(arena, t);
    AUTO_DONE(strbuf) plain = STRBUF_INIT(t.len * 2 + 16);
    AUTO_DONE(strbuf) out = STRBUF_INIT(t.len * 2 + 16);
    if (marks)
        append_without_marks(&plain, t);
    else
        strbuf_append(&plain, t);
    append_as_1252(&out, strbuf_text(&plain));
    return arena_text(arena, strbuf_text(&out));
}

static void copy_attributes(struct html_node *node, const xmlChar **pairs,
                            struct arena *arena)
{
    size_t count = 0;
    while (pairs && pairs[2 * count])
        count++;
    struct html_attribute *list =
        arena_zeroed(arena, count ? count : 1, sizeof *list);
    for (size_t i = 0; i < count; i++) {
        list[i].name = arena_text(arena, text_of(pairs[2 * i]));
        list[i].value = repaired(text_of(pairs[2 * i + 1]), false, arena);
    }
    node->attributes = list;
    node->attribute_count = count;
}

static void flush(struct parse *p)
{
    if (p->text.len == 0)
        return;
    struct html_node *node = html_append(p->at, HTML_TEXT, p->arena);
    bool is_text = p->at->tag != HTML_SCRIPT && p->at->tag != HTML_STYLE;
    node->text = repaired(strbuf_text(&p->text), is_text, p->arena);
    strbuf_reset(&p->text);
}

static bool is_of_head(enum html_tag tag)
{
    switch (tag) {
    case HTML_BASE:
    case HTML_HEAD:
    case HTML_LINK:
    case HTML_META:
    case HTML_NOSCRIPT:
    case HTML_OBJECT:
    case HTML_OTHER:
    case HTML_SCRIPT:
    case HTML_STYLE:
    case HTML_TEMPLATE:
    case HTML_TITLE:
        return true;
    default:
        return false;
    }
}

static void start_element(void *user, const xmlChar *name,
                          const xmlChar **attributes)
{
    struct parse *p = user;
    flush(p);
    enum html_tag tag = html_tag_of(text_of(name));
    if (p->at->depth >= HTML_DEPTH_MAX) {
        if (++p->beyond > OPEN_MAX)
            xmlStopParser(p->context);
        return;
    }
    if (tag == HTML_HTML) { /* the root is there; once more does not count */
        if (p->root->attribute_count == 0)
            copy_attributes(p->root, attributes, p->arena);
        if (p->at == p->root)
            return;
    }
    /* libxml2 does not know that <article> and its like end the head. */
    if (p->at->tag == HTML_HEAD && tag != HTML_BODY && !is_of_head(tag))
        p->at = html_append(p->at->parent, HTML_BODY, p->arena);
    p->at = html_append(p->at, tag, p->arena);
    copy_attributes(p->at, attributes, p->arena);
}

static void end_element(void *user, const xmlChar *name)
{
    struct parse *p = user;
    flush(p);
    if (p->beyond > 0) {
        p->beyond--;
        return;
    }
    if (p->at != p->root && html_tag_of(text_of(name)) == p->at->tag)
        p->at = p->at->parent;
}

static void characters(void *user, const xmlChar *bytes, int len)
{
    struct parse *p = user;
    if (len > 0)
        strbuf_append(&p->text, text_make((const char *)bytes, (size_t)len));
}

static void ignore_error(void *user, xmlErrorPtr error)
{
    (void)user;
    (void)error;
}

static htmlSAXHandler handler(void)
{
    htmlSAXHandler sax;
    memset(&sax, 0, sizeof sax);
    sax.startElement = start_element;
    sax.endElement = end_element;
    sax.characters = characters;
    sax.ignorableWhitespace = characters;
    sax.cdataBlock = characters;
    sax.serror = ignore_error;
    sax.initialized = XML_SAX2_MAGIC;
    return sax;
}

/* "</", "<!d", "<!--", "<![", "<?" */
static bool is_prolog(struct text t)
{
    if (t.len < 3 || t.ptr[0] != '<')
        return false;
    char third = t.ptr[2];
    bool letter = (third | 0x20) >= 'a' && (third | 0x20) <= 'z';
    return (t.ptr[1] == '?' && letter) || (t.ptr[1] == '/' && letter) ||
           (t.ptr[1] == '!' && (letter || third == '-' || third == '['));
}

/* Behind what stands before the first element and is none: libxml2 reads
 * nothing of a page that begins with an end tag, or with two marks. */
static struct text skip_prolog(struct text t)
{
    static const struct text mark = TEXT("\xef\xbb\xbf"),
                             comment = TEXT("<!--");
    for (;;) {
        t = text_trim(t);
        bool comments = text_starts_with(t, comment);
        if (text_starts_with(t, mark)) {
            t = text_slice(t, mark.len, t.len);
            continue;
        }
        if (!is_prolog(t))
            return t;
        const char *end = comments ? memmem(t.ptr, t.len, "-->", 3)
                                   : memchr(t.ptr, '>', t.len);
        if (!end)
            return t;
        t = text_slice(t, (size_t)(end - t.ptr) + (comments ? 3 : 1), t.len);
    }
}

struct html_node *html_parse(struct text html, struct arena *arena)
{
    struct parse p = {.arena = arena};
    p.root = p.at = html_append(NULL, HTML_HTML, arena);
    html = skip_prolog(html);
    if (html.len == 0)
        return p.root;
    strbuf_init(&p.text, html.len * 4);
    htmlSAXHandler sax = handler();
    p.context = htmlCreatePushParserCtxt(&sax, &p, NULL, 0, NULL,
                                         XML_CHAR_ENCODING_UTF8);
    if (!p.context)
        mem_exhausted(sizeof *p.context);
    htmlCtxtUseOptions(p.context, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
                                      HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                      HTML_PARSE_IGNORE_ENC);
    htmlParseChunk(p.context, html.ptr, (int)html.len, 1);
    htmlFreeParserCtxt(p.context);
    flush(&p);
    strbuf_done(&p.text);
    return p.root;
}
