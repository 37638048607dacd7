#include "indexer/xml_tree.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#include "common/utf8.h"
#include "indexer/cleaning.h"
#include "indexer/html_parse.h"
#include "indexer/html_text.h"

enum { TEXT_MAX = 64 << 20, NAME_MAX_BYTES = 32 };

bool xml_is(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE &&
           strcmp((const char *)node->name, name) == 0;
}

/* Entity references have their declarations as children: not to be entered. */
static const xmlNode *step(const xmlNode *root, const xmlNode *node)
{
    if (node->type == XML_ELEMENT_NODE && node->children)
        return node->children;
    for (; node != root; node = node->parent)
        if (node->next)
            return node->next;
    return NULL;
}

static const xmlNode *skip(const xmlNode *root, const xmlNode *node)
{
    for (; node != root; node = node->parent)
        if (node->next)
            return node->next;
    return NULL;
}

const xmlNode *xml_next(const xmlNode *root, const xmlNode *after,
                        const char *name)
{
    const xmlNode *node = after ? after : root;
    while ((node = step(root, node)) != NULL)
        if (node->type == XML_ELEMENT_NODE && (!name || xml_is(node, name)))
            return node;
    return NULL;
}

const xmlNode *xml_find(const xmlNode *root, const char *name)
{
    return root ? xml_next(root, NULL, name) : NULL;
}

const xmlNode *xml_child(const xmlNode *node, const char *name)
{
    for (const xmlNode *c = node ? node->children : NULL; c; c = c->next)
        if (xml_is(c, name))
            return c;
    return NULL;
}

struct text xml_attribute(const xmlNode *node, const char *name)
{
    for (const xmlAttr *a = node ? node->properties : NULL; a; a = a->next)
        if (strcmp((const char *)a->name, name) == 0 && a->children)
            return text_trim(text_from((const char *)a->children->content));
    return text_make(NULL, 0);
}

static void append_reference(struct strbuf *out, const xmlNode *node)
{
    const htmlEntityDesc *entity = htmlEntityLookup(node->name);
    if (entity)
        utf8_append(out, entity->value);
}

static void append_content(struct strbuf *out, const xmlNode *node)
{
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
        strbuf_append_string(out, (const char *)node->content);
    else if (node->type == XML_ENTITY_REF_NODE)
        append_reference(out, node);
}

static void append_all(struct strbuf *out, const xmlNode *root)
{
    for (const xmlNode *n = root; n; n = step(root, n)) {
        append_content(out, n);
        if (xml_is(n, "br"))
            strbuf_append_char(out, ' ');
    }
}

struct text xml_line(const xmlNode *node, struct arena *arena)
{
    if (!node)
        return text_make(NULL, 0);
    AUTO_DONE(strbuf) text = STRBUF_INIT(TEXT_MAX);
    append_all(&text, node);
    return html_text_plain(strbuf_text(&text), arena);
}

struct text xml_line_of(const xmlNode *root, const char *name,
                        struct arena *arena)
{
    return xml_line(xml_find(root, name), arena);
}

struct text xml_html_text(struct text html, struct arena *arena)
{
    AUTO_DONE(strbuf) text = STRBUF_INIT(TEXT_MAX);
    bool nul = false;
    html_text_append(&text, html_parse(html, arena));
    return cleaning_copy(strbuf_text(&text), CLEANING_BLOCK, arena, &nul);
}

static bool is_one_of(const xmlNode *node, const char *const *names)
{
    for (; *names; names++)
        if (xml_is(node, *names))
            return true;
    return false;
}

static bool is_left_out(const xmlNode *node)
{
    static const char *const names[] = {"media",  "figure", "script", "style",
                                        "object", "iframe", NULL};
    return is_one_of(node, names);
}

static bool is_block(const xmlNode *node)
{
    static const char *const names[] = {
        "p",  "div", "hl2", "h1",    "h2",    "h3",         "h4",  "li",
        "tr", "br",  "pre", "block", "table", "blockquote", "hl3", "ul",
        "ol", "bq",  "dd",  "dt",    "h5",    "h6",         NULL};
    return is_one_of(node, names);
}

/* As HTML of which only the paragraphs matter. */
static void append_blocks(struct strbuf *out, const xmlNode *root)
{
    const xmlNode *next;
    for (const xmlNode *n = root; n; n = next) {
        bool block = is_block(n);
        next = is_left_out(n) ? skip(root, n) : step(root, n);
        if (is_left_out(n))
            continue;
        if (block)
            strbuf_append_string(out, "\n\n");
        append_content(out, n);
        if (!next || next->parent != n)
            for (const xmlNode *p = n;
                 p != root && p != (next ? next->parent : root); p = p->parent)
                if (is_block(p))
                    strbuf_append_string(out, "\n\n");
    }
}

static bool has_elements(const xmlNode *node)
{
    for (const xmlNode *c = node->children; c; c = c->next)
        if (c->type == XML_ELEMENT_NODE)
            return true;
    return false;
}

/* Runs of blanks become one, blank lines part paragraphs. */
struct text xml_tidy(struct text t, struct arena *arena)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(TEXT_MAX);
    struct text line;
    bool gap = false;
    while (text_split(&t, '\n', &line)) {
        struct text word, rest = text_trim(line);
        gap = gap || rest.len == 0;
        if (rest.len == 0)
            continue;
        if (out.len > 0)
            strbuf_append_string(&out, gap ? "\n\n" : " ");
        gap = false;
        bool first = true;
        while (text_split(&rest, ' ', &word)) {
            word = text_trim(word);
            if (word.len > 0 && !first)
                strbuf_append_char(&out, ' ');
            strbuf_append(&out, word);
            first = first && word.len == 0;
        }
    }
    bool nul = false;
    return cleaning_copy(strbuf_text(&out), CLEANING_BLOCK, arena, &nul);
}

static bool looks_like_html(struct text t)
{
    for (size_t i = 0; i + 2 < t.len; i++)
        if (t.ptr[i] == '<' &&
            (t.ptr[i + 1] == '/' ||
             ((t.ptr[i + 1] | 0x20) >= 'a' && (t.ptr[i + 1] | 0x20) <= 'z')))
            return true;
    return t.len > 0 && memchr(t.ptr, '&', t.len);
}

struct text xml_paragraphs(const xmlNode *node, struct arena *arena)
{
    if (!node)
        return text_make(NULL, 0);
    AUTO_DONE(strbuf) text = STRBUF_INIT(TEXT_MAX);
    bool elements = has_elements(node);
    if (elements)
        append_blocks(&text, node);
    else
        append_all(&text, node);
    struct text t = strbuf_text(&text);
    return !elements && looks_like_html(t) ? xml_html_text(t, arena)
                                           : xml_tidy(t, arena);
}

struct text xml_content(const xmlNode *node, struct arena *arena)
{
    if (!node)
        return text_make(NULL, 0);
    AUTO_DONE(strbuf) text = STRBUF_INIT(TEXT_MAX);
    append_all(&text, node);
    return arena_text(arena, strbuf_text(&text));
}
