#include "indexer/xml_tree.h"

#include <string.h>

#include "indexer/cleaning.h"
#include "indexer/html_parse.h"
#include "indexer/html_text.h"

enum { TEXT_MAX = 64 << 20 };

struct xml_node *xml_append(struct xml_node *parent, struct arena *arena)
{
    struct xml_node *node = arena_zeroed(arena, 1, sizeof *node);
    node->parent = parent;
    if (!parent)
        return node;
    if (parent->last)
        parent->last->next = node;
    else
        parent->first = node;
    parent->last = node;
    return node;
}

static bool is_element(const struct xml_node *node)
{
    return node->name.len > 0;
}

bool xml_is(const struct xml_node *node, const char *name)
{
    return text_is(node->name, name);
}

static const struct xml_node *skip(const struct xml_node *root,
                                   const struct xml_node *node)
{
    for (; node != root; node = node->parent)
        if (node->next)
            return node->next;
    return NULL;
}

static const struct xml_node *step(const struct xml_node *root,
                                   const struct xml_node *node)
{
    return node->first ? node->first : skip(root, node);
}

const struct xml_node *xml_next(const struct xml_node *root,
                                const struct xml_node *after, const char *name)
{
    const struct xml_node *node = after ? after : root;
    while ((node = step(root, node)) != NULL)
        if (is_element(node) && (!name || xml_is(node, name)))
            return node;
    return NULL;
}

const struct xml_node *xml_find(const struct xml_node *root, const char *name)
{
    return root ? xml_next(root, NULL, name) : NULL;
}

const struct xml_node *xml_find_with(const struct xml_node *root,
                                     const char *name, const char *key,
                                     const char *value)
{
    const struct xml_node *node = xml_find(root, name);
    while (node && !text_is(xml_attribute(node, key), value))
        node = xml_next(root, node, name);
    return node;
}

const struct xml_node *xml_child(const struct xml_node *node, const char *name)
{
    for (const struct xml_node *c = node ? node->first : NULL; c; c = c->next)
        if (xml_is(c, name))
            return c;
    return NULL;
}

struct text xml_attribute(const struct xml_node *node, const char *name)
{
    for (size_t i = 0; node && i < node->attribute_count; i++)
        if (text_is(node->attributes[i].name, name))
            return text_trim(node->attributes[i].value);
    return text_make(NULL, 0);
}

static void append_all(struct strbuf *out, const struct xml_node *root)
{
    for (const struct xml_node *n = root; n; n = step(root, n)) {
        strbuf_append(out, n->text);
        if (xml_is(n, "br"))
            strbuf_append_char(out, ' ');
    }
}

struct text xml_line(const struct xml_node *node, struct arena *arena)
{
    if (!node)
        return text_make(NULL, 0);
    AUTO_DONE(strbuf) text = STRBUF_INIT(TEXT_MAX);
    append_all(&text, node);
    return html_text_plain(strbuf_text(&text), arena);
}

struct text xml_line_of(const struct xml_node *root, const char *name,
                        struct arena *arena)
{
    return xml_line(xml_find(root, name), arena);
}

struct text xml_html_text(struct text html, struct arena *arena)
{
    AUTO_DONE(strbuf) text = STRBUF_INIT(TEXT_MAX);
    bool nul = false;
    struct html_node *root = html_parse(html, arena);
    for (struct html_node *n = root; n; n = html_next(root, n))
        n->dropped = html_is_hidden(n);
    html_text_append(&text, root);
    return cleaning_copy(strbuf_text(&text), CLEANING_BLOCK, arena, &nul);
}

static bool is_left_out(const struct xml_node *node)
{
    static const char *const names[] = {"media",  "figure", "script", "style",
                                        "object", "iframe", NULL};
    return text_is_one_of(node->name, names);
}

static bool is_block(const struct xml_node *node)
{
    static const char *const names[] = {
        "p",  "div", "hl2", "h1",    "h2",    "h3",         "h4",  "li",
        "tr", "br",  "pre", "block", "table", "blockquote", "hl3", "ul",
        "ol", "bq",  "dd",  "dt",    "h5",    "h6",         NULL};
    return text_is_one_of(node->name, names);
}

/* As HTML of which only the paragraphs matter. */
static void append_blocks(struct strbuf *out, const struct xml_node *root)
{
    const struct xml_node *next;
    for (const struct xml_node *n = root; n; n = next) {
        bool block = is_block(n);
        next = is_left_out(n) ? skip(root, n) : step(root, n);
        if (is_left_out(n))
            continue;
        if (block)
            strbuf_append_string(out, "\n\n");
        if (xml_is(n, "td") || xml_is(n, "th"))
            strbuf_append_char(out, ' ');
        strbuf_append(out, n->text);
        if (!next || next->parent != n)
            for (const struct xml_node *p = n;
                 p != root && p != (next ? next->parent : root); p = p->parent)
                if (is_block(p))
                    strbuf_append_string(out, "\n\n");
    }
}

static bool has_elements(const struct xml_node *node)
{
    for (const struct xml_node *c = node->first; c; c = c->next)
        if (is_element(c))
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
        while (text_starts_with(rest, (struct text)TEXT("\u3000"))) {
            gap = true; /* as Japanese and Chinese begin a paragraph */
            rest = text_trim(text_slice(rest, 3, rest.len));
        }
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

struct text xml_paragraphs(const struct xml_node *node, struct arena *arena)
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

struct text xml_content(const struct xml_node *node, struct arena *arena)
{
    if (!node)
        return text_make(NULL, 0);
    AUTO_DONE(strbuf) text = STRBUF_INIT(TEXT_MAX);
    append_all(&text, node);
    return arena_text(arena, strbuf_text(&text));
}
