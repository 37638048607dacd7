#include "indexer/html_text.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#include "common/utf8.h"
#include "indexer/text_flow.h"

enum { TEXT_MAX = 64 << 20, REFERENCE_MAX = 32 };

bool html_text_is_silent(enum html_tag tag)
{
    switch (tag) {
    case HTML_AUDIO:
    case HTML_CANVAS:
    case HTML_EMBED:
    case HTML_HEAD:
    case HTML_IFRAME:
    case HTML_INPUT:
    case HTML_NOSCRIPT:
    case HTML_OBJECT:
    case HTML_OPTION:
    case HTML_SCRIPT:
    case HTML_SELECT:
    case HTML_STYLE:
    case HTML_SVG:
    case HTML_TEMPLATE:
    case HTML_TEXTAREA:
    case HTML_VIDEO:
        return true;
    default:
        return false;
    }
}

enum gap html_text_gap(enum html_tag tag)
{
    if (tag == HTML_LI || tag == HTML_TR || tag == HTML_DT || tag == HTML_DD)
        return GAP_LINE;
    if (tag == HTML_TD || tag == HTML_TH)
        return GAP_BLANK;
    return html_is_block(tag) ? GAP_PARAGRAPH : GAP_NONE;
}

static void leave(struct text_flow *w, const struct html_node *root,
                  const struct html_node *node, const struct html_node *next)
{
    const struct html_node *until = next ? next->parent : root->parent;
    for (; node && node != until; node = node->parent)
        text_flow_widen(w, html_text_gap(node->tag));
}

static void write_break(struct text_flow *w)
{
    text_flow_widen(w, w->gap == GAP_LINE ? GAP_PARAGRAPH : GAP_LINE);
}

void html_text_append(struct strbuf *out, const struct html_node *root)
{
    struct text_flow w = {.out = out};
    const struct html_node *node = root;
    unsigned verbatim = 0; /* depth of the <pre> that we are in */
    while (node) {
        bool silent = node->dropped || html_text_is_silent(node->tag);
        if (verbatim > 0 && node->depth <= verbatim)
            verbatim = 0;
        if (node->tag == HTML_PRE && verbatim == 0)
            verbatim = node->depth;
        if (node->tag == HTML_BR)
            write_break(&w);
        else
            text_flow_widen(&w, silent ? GAP_NONE : html_text_gap(node->tag));
        if (node->tag == HTML_TEXT && !silent) {
            if (verbatim > 0)
                text_flow_lines(&w, node->text);
            else
                text_flow_words(&w, node->text);
        }
        const struct html_node *next =
            silent ? html_skip(root, node) : html_next(root, node);
        if (!next || next->parent != node)
            leave(&w, root, node->tag == HTML_BR ? node->parent : node, next);
        node = next;
    }
}

static struct text one_line(struct strbuf *lines, struct arena *arena)
{
    for (size_t i = 0; i < lines->len; i++)
        if (lines->ptr[i] == '\n')
            lines->ptr[i] = ' ';
    AUTO_DONE(strbuf) line = STRBUF_INIT(TEXT_MAX);
    struct text_flow w = {.out = &line};
    text_flow_words(&w, strbuf_text(lines));
    return arena_text(arena, strbuf_text(&line));
}

struct text html_text_line(const struct html_node *root, struct arena *arena)
{
    AUTO_DONE(strbuf) lines = STRBUF_INIT(TEXT_MAX);
    html_text_append(&lines, root);
    return one_line(&lines, arena);
}

/* A decimal or hexadecimal number; 0 if it is none or no character. */
static uint32_t numeric_reference(struct text name)
{
    uint32_t value = 0;
    bool hex = name.len > 1 && (name.ptr[1] | 0x20) == 'x';
    size_t at = hex ? 2 : 1;
    if (at >= name.len || name.len > 9)
        return 0;
    for (; at < name.len; at++) {
        char c = name.ptr[at];
        uint32_t digit = c >= '0' && c <= '9' ? (uint32_t)(c - '0')
                         : hex && (c | 0x20) >= 'a' && (c | 0x20) <= 'f'
                             ? (uint32_t)((c | 0x20) - 'a') + 10
                             : 16;
        if (digit >= (hex ? 16 : 10))
            return 0;
        value = value * (hex ? 16 : 10) + digit;
    }
    bool valid =
        value > 0 && value < 0x110000 && (value < 0xd800 || value > 0xdfff);
    return valid ? value : 0;
}

uint32_t html_text_reference(struct text t, size_t at, size_t *length)
{
    struct text rest = text_slice(t, at + 1, REFERENCE_MAX);
    const char *end = rest.len ? memchr(rest.ptr, ';', rest.len) : NULL;
    char name[REFERENCE_MAX + 1];
    if (!end || end == rest.ptr)
        return 0;
    rest.len = (size_t)(end - rest.ptr);
    *length = rest.len + 2;
    if (rest.ptr[0] == '#')
        return numeric_reference(rest);
    memcpy(name, rest.ptr, rest.len);
    name[rest.len] = '\0';
    if (strcmp(name, "apos") == 0)
        return '\'';
    const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)name);
    return entity ? entity->value : 0;
}

void html_text_resolve(struct text t, struct strbuf *out)
{
    for (size_t at = 0, length = 0; at < t.len; at += length) {
        uint32_t c = t.ptr[at] == '&' ? html_text_reference(t, at, &length) : 0;
        if (c > 0) {
            utf8_append(out, c);
            continue;
        }
        const char *next = memchr(t.ptr + at + 1, '&', t.len - at - 1);
        length = next ? (size_t)(next - t.ptr) - at : t.len - at;
        strbuf_append(out, text_slice(t, at, length));
    }
}

/* "<b>", "</p>", "<br/>": not "a < b" */
static size_t tag_at(struct text t, size_t at)
{
    enum { TAG_MAX = 1000 };
    struct text rest = text_slice(t, at + 1, TAG_MAX);
    size_t slash = rest.len > 0 && rest.ptr[0] == '/';
    if (rest.len <= slash || (rest.ptr[slash] | 0x20) < 'a' ||
        (rest.ptr[slash] | 0x20) > 'z')
        return 0;
    const char *end = memchr(rest.ptr, '>', rest.len);
    return end ? (size_t)(end - rest.ptr) + 2 : 0;
}

static void strip_tags(struct text t, struct strbuf *out)
{
    for (size_t at = 0; at < t.len;) {
        size_t tag = t.ptr[at] == '<' ? tag_at(t, at) : 0;
        strbuf_append_char(out, tag > 0 ? ' ' : t.ptr[at]);
        at += tag > 0 ? tag : 1;
    }
}

struct text html_text_plain(struct text t, struct arena *arena)
{
    AUTO_DONE(strbuf) resolved = STRBUF_INIT(t.len * 2 + 16);
    AUTO_DONE(strbuf) again = STRBUF_INIT(t.len * 2 + 16);
    AUTO_DONE(strbuf) stripped = STRBUF_INIT(t.len * 2 + 16);
    html_text_resolve(t, &resolved);
    html_text_resolve(strbuf_text(&resolved), &again);
    strip_tags(strbuf_text(&again), &stripped);
    return one_line(&stripped, arena);
}

size_t html_text_length(struct text t)
{
    size_t length = 0;
    bool blank = true;
    for (size_t at = 0; at < t.len;) {
        size_t size = text_flow_blank(t, at);
        length += size == 0 || !blank;
        blank = size > 0;
        at += size > 0 ? size : 1;
    }
    return length;
}
