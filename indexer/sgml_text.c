#include "indexer/sgml_text.h"

#include <string.h>
#include <strings.h>

#include "common/strbuf.h"
#include "indexer/cleaning.h"
#include "indexer/html_text.h"

enum { TAG_MAX = 400 };

static bool is_name_end(char c)
{
    return c == '>' || c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Whether "<name" or "</name" stands at `at`. */
static bool is_tag(struct text t, size_t at, const char *prefix,
                   const char *name)
{
    size_t first = strlen(prefix), len = strlen(name);
    return t.len - at > first + len && t.ptr[at] == '<' &&
           memcmp(t.ptr + at, prefix, first) == 0 &&
           strncasecmp(t.ptr + at + first, name, len) == 0 &&
           is_name_end(t.ptr[at + first + len]);
}

static size_t behind_tag(struct text t, size_t at)
{
    const char *end = memchr(t.ptr + at, '>', t.len - at);
    return end ? (size_t)(end - t.ptr) + 1 : t.len;
}

bool sgml_element(struct text t, const char *name, size_t *at, struct text *out)
{
    size_t from = *at;
    while (from < t.len && !is_tag(t, from, "<", name))
        from++;
    if (from >= t.len)
        return false;
    from = behind_tag(t, from);
    size_t open = t.len, end = from;
    for (; end < t.len && !is_tag(t, end, "</", name); end++)
        if (open == t.len && t.ptr[end] == '<')
            open = end;
    *out = text_slice(t, from, (end < t.len ? end : open) - from);
    *at = end < t.len ? behind_tag(t, end) : from;
    return true;
}

struct text sgml_find(struct text t, const char *name)
{
    size_t at = 0;
    struct text found = {NULL, 0};
    return sgml_element(t, name, &at, &found) ? found : text_slice(t, 0, 0);
}

struct text sgml_attribute(struct text t, const char *name)
{
    struct text tag = text_slice(t, 0, behind_tag(t, 0));
    size_t len = strlen(name);
    for (size_t at = 1; at + len + 1 < tag.len; at++) {
        if (tag.ptr[at - 1] != ' ' || tag.ptr[at + len] != '=' ||
            strncasecmp(tag.ptr + at, name, len) != 0)
            continue;
        struct text value = text_slice(tag, at + len + 1, tag.len);
        bool quoted = value.ptr[0] == '"' || value.ptr[0] == '\'';
        char stop = quoted ? value.ptr[0] : ' ';
        size_t end = quoted;
        while (end < value.len && value.ptr[end] != stop &&
               value.ptr[end] != '>')
            end++;
        return text_slice(value, quoted, end - quoted);
    }
    return text_make(NULL, 0);
}

/* "<b_enamex type=…>": letters behind the bracket. */
static bool begins_tag(struct text t, size_t at)
{
    size_t next = at + 1 + (at + 1 < t.len && t.ptr[at + 1] == '/');
    if (t.ptr[at] != '<' || next >= t.len)
        return false;
    char c = (char)(t.ptr[next] | 0x20);
    size_t end = behind_tag(t, at);
    return c >= 'a' && c <= 'z' && end - at < TAG_MAX;
}

/* Behind "<!-- … -->" at `at`; `at` if there is none. */
static size_t behind_comment(struct text t, size_t at)
{
    if (!text_starts_with(text_slice(t, at, 4), (struct text)TEXT("<!--")))
        return at;
    const char *end = memmem(t.ptr + at, t.len - at, "-->", 3);
    return end ? (size_t)(end - t.ptr) + 3 : at;
}

/* "&blank;" and "&hyph;" of the Federal Register, "&LR;" and "&Cx1f;" of
 * teleprinters, which HTML does not know. */
static void drop_codes(struct text t, struct strbuf *out)
{
    enum { CODE_MAX = 6 };
    for (size_t at = 0; at < t.len; at++) {
        struct text rest = text_slice(t, at, CODE_MAX + 2);
        if (t.ptr[at] != '&') {
            strbuf_append_char(out, t.ptr[at]);
            continue;
        }
        const char *end = memchr(rest.ptr, ';', rest.len);
        rest.len = end ? (size_t)(end - rest.ptr) + 1 : 0;
        const bool blank = text_is(rest, "&blank;");
        const bool hyphen = text_is(rest, "&hyph;");
        size_t letters = 1;
        while (letters < rest.len && rest.ptr[letters] >= 'A' &&
               rest.ptr[letters] <= 'Z')
            letters++;
        const bool code = (rest.len == 4 && letters == 3) ||
                          text_starts_with(rest, text_from("&Cx"));
        const bool known = rest.len > 0 && (blank || hyphen || code);
        strbuf_append_char(out, known ? (hyphen ? '-' : ' ') : '&');
        at += known ? rest.len - 1 : 0;
    }
}

static void append_plain(struct strbuf *out, struct text t)
{
    AUTO_DONE(strbuf) plain = STRBUF_INIT(t.len + 1);
    AUTO_DONE(strbuf) text = STRBUF_INIT(t.len + 1);
    for (size_t at = 0; at < t.len;) {
        const size_t behind = behind_comment(t, at);
        if (behind > at) {
            at = behind;
            continue;
        }
        if (begins_tag(t, at)) {
            at = behind_tag(t, at);
            continue;
        }
        const char *next = memchr(t.ptr + at + 1, '<', t.len - at - 1);
        size_t end = next ? (size_t)(next - t.ptr) : t.len;
        strbuf_append(&text, text_slice(t, at, end - at));
        at = end;
    }
    drop_codes(strbuf_text(&text), &plain);
    html_text_resolve(strbuf_text(&plain), out);
}

static struct text plain(struct text t, enum cleaning how, struct arena *arena)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(t.len * 2 + 16);
    bool nul = false;
    append_plain(&out, t);
    return text_trim(cleaning_copy(strbuf_text(&out), how, arena, &nul));
}

struct text sgml_line(struct text t, struct arena *arena)
{
    struct text line = plain(t, CLEANING_LINE, arena);
    char *to = arena_alloc(arena, line.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < line.len; i++)
        if (line.ptr[i] != ' ' || (len > 0 && to[len - 1] != ' '))
            to[len++] = line.ptr[i];
    return text_trim(text_make(to, len));
}

struct text sgml_block(struct text t, struct arena *arena)
{
    return plain(t, CLEANING_BLOCK, arena);
}
