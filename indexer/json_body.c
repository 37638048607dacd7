#include "indexer/json_body.h"

#include <string.h>

#include "indexer/html_text.h"
#include "indexer/json_member.h"
#include "indexer/xml_tree.h"

enum { DEPTH_MAX = 8 };

/* --- what is written as HTML ---------------------------------------------- */

static bool has(struct text t, char c)
{
    return t.len > 0 && memchr(t.ptr, c, t.len);
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_html(struct text t)
{
    if (!has(t, '<'))
        return false;
    t = text_trim(t);
    if (t.ptr[0] == '<' && t.len > 1 &&
        (is_letter(t.ptr[1]) || t.ptr[1] == '!'))
        return text_contains(t, "</");
    return !has(t, '\n') &&
           (text_contains(t, "<p>") || text_contains(t, "<br"));
}

static bool has_inline_tags(struct text t)
{
    static const char *const ends[] = {"</b>", "</i>", "</em>", "</strong>",
                                       "</span>"};
    if (!has(t, '<') || !text_contains(t, "</"))
        return false;
    bool any = false;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        any = any || text_contains(t, ends[i]);
    return any;
}

/* "&amp;" in what has no tags is no example of HTML. */
static bool has_references(struct text t)
{
    const char *end = t.ptr + t.len, *at = t.ptr;
    size_t length;
    while (t.len > 0 && (at = memchr(at, '&', (size_t)(end - at))) != NULL) {
        const size_t from = (size_t)(at++ - t.ptr);
        if (html_text_reference(t, from, &length) > 0 && length > 1 &&
            t.ptr[from + length - 1] == ';')
            return !has(t, '<');
    }
    return false;
}

static struct text resolved(struct text t, struct arena *arena)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(4 * t.len + 4);
    bool nul = false;
    html_text_resolve(t, &out);
    return cleaning_copy(strbuf_text(&out), CLEANING_BLOCK, arena, &nul);
}

/* In the arena, as `plain` is. */
static struct text as_text(struct text plain, struct arena *arena)
{
    if (is_html(plain))
        return xml_html_text(plain, arena);
    return has_references(plain) ? resolved(plain, arena) : plain;
}

static bool is_rendered(struct json_value value, struct json_value *html)
{
    return value.kind == JSON_IS_OBJECT &&
           json_member(value.bytes, "rendered", html) &&
           html->kind == JSON_IS_STRING;
}

bool json_body_read_html(struct json_shapes *s, struct json_value value,
                         struct text *out)
{
    struct json_value html = value;
    if (value.kind != JSON_IS_STRING && !is_rendered(value, &html))
        return false;
    *out = xml_html_text(json_string_of(s, &html), s->arena);
    return true;
}

bool json_body_read_title(struct json_shapes *s, struct json_value value,
                          struct text *out)
{
    static const char *const within[JSON_WITHIN_MAX] = {"main", "name", "text",
                                                        "value", "default"};
    struct json_value html;
    if (is_rendered(value, &html)) {
        *out = html_text_plain(json_string_of(s, &html), s->arena);
        return true;
    }
    if (!json_read_string(s, value, within, out))
        return false;
    if (has_references(*out) || has_inline_tags(*out))
        *out = html_text_plain(*out, s->arena);
    return true;
}

/* --- blocks --------------------------------------------------------------- */

struct blocks {
    struct json_shapes *shapes;
    struct strbuf text;
    bool others; /* there was something that is no text */
};

/* Of a block that is no part of the text, by its type. */
static bool is_aside(struct text object, struct arena *arena)
{
    static const char *const types[] = {"image",
                                        "photo",
                                        "picture",
                                        "video",
                                        "gallery",
                                        "audio",
                                        "kicker",
                                        "title",
                                        "byline",
                                        "date",
                                        "ad",
                                        "author",
                                        "caption",
                                        "author_info",
                                        "advertisement",
                                        "divider",
                                        "embed",
                                        "related",
                                        "raw_html",
                                        "oembed_response",
                                        "interstitial_link",
                                        NULL};
    struct text type = json_member_text(object, "type", arena);
    if (type.len == 0)
        type = json_member_text(object, "_type", arena);
    return text_is_one_of(type, types);
}

static void append_block(struct blocks *b, struct text t)
{
    if (text_trim(t).len == 0)
        return;
    if (b->text.len > 0)
        strbuf_append_string(&b->text, "\n\n");
    strbuf_append(&b->text, text_trim(t));
}

/* The spans of one paragraph. */
static void append_spans(struct strbuf *out, struct text object,
                         struct arena *arena, int depth)
{
    struct json_cursor c = json_member_items(object, "children");
    struct json_value key, span;
    strbuf_append(out, json_member_text(object, "text", arena));
    while (depth < DEPTH_MAX && json_cursor_next(&c, &key, &span))
        if (span.kind == JSON_IS_OBJECT)
            append_spans(out, span.bytes, arena, depth + 1);
}

static void append_value(struct blocks *b, struct json_value value, int depth);

static void append_object(struct blocks *b, struct text object, int depth)
{
    static const char *const names[] = {
        "rendered", "headline", "summary",    "content",  "text",   "html",
        "value",    "data",     "paragraphs", "sections", "blocks", "items"};
    struct arena *arena = b->shapes->arena;
    struct json_value value;
    if (is_aside(object, arena))
        return;
    if (json_member(object, "children", &value)) {
        AUTO_DONE(strbuf) line = STRBUF_INIT(2 * object.len);
        append_spans(&line, object, arena, 0);
        append_block(b, arena_text(arena, strbuf_text(&line)));
        return;
    }
    bool any = false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (json_member(object, names[i], &value)) {
            append_value(b, value, depth);
            any = true;
        }
    b->others |= !any;
}

static void append_value(struct blocks *b, struct json_value value, int depth)
{
    struct json_cursor c;
    struct json_value key, part;
    if (json_is_absent(b->shapes, &value) || depth == DEPTH_MAX)
        return;
    if (value.kind == JSON_IS_STRING) {
        const struct text t = json_text(&value, b->shapes->arena);
        const bool html = has(t, '<') && text_contains(t, "</");
        append_block(b, html ? xml_html_text(t, b->shapes->arena)
                             : as_text(t, b->shapes->arena));
    } else if (value.kind == JSON_IS_OBJECT) {
        append_object(b, value.bytes, depth + 1);
    } else if (value.kind == JSON_IS_ARRAY) {
        json_cursor_start(&c, value.bytes);
        json_cursor_enter(&c);
        while (json_cursor_next(&c, &key, &part))
            append_value(b, part, depth + 1);
    } else {
        b->others = true;
    }
}

bool json_body_read(struct json_shapes *s, struct json_value value,
                    struct text *out)
{
    if (value.kind == JSON_IS_STRING) {
        struct text plain;
        (void)json_read_joined(s, value, CLEANING_BLOCK, "", &plain);
        *out = as_text(plain, s->arena);
        return true;
    }
    struct blocks b = {.shapes = s, .text = STRBUF_INIT(4 * value.bytes.len)};
    append_value(&b, value, 0);
    const bool good = !b.others && (value.kind != JSON_IS_OBJECT || b.text.len);
    if (good)
        *out = cleaning_copy(strbuf_text(&b.text), CLEANING_BLOCK, s->arena,
                             &s->nul);
    strbuf_done(&b.text);
    return good;
}
