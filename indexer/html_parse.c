#include "indexer/html_parse.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#include "common/mem.h"
#include "common/strbuf.h"

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
        list[i].value = arena_text(arena, text_of(pairs[2 * i + 1]));
    }
    node->attributes = list;
    node->attribute_count = count;
}

static void flush(struct parse *p)
{
    if (p->text.len == 0)
        return;
    struct html_node *node = html_append(p->at, HTML_TEXT, p->arena);
    node->text = arena_text(p->arena, strbuf_text(&p->text));
    strbuf_reset(&p->text);
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
