#include "indexer/mime_header.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "common/strbuf.h"
#include "indexer/cleaning.h"
#include "indexer/encoding.h"
#include "indexer/http_message.h"
#include "indexer/mime_coding.h"

enum { NAME_MAX_BYTES = 40, PARTS_MAX = 20 };

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Runs of blanks as one. */
static struct text on_one_line(struct text t, struct arena *arena)
{
    AUTO_DONE(strbuf) line = STRBUF_INIT(t.len + 1);
    bool nul = false;
    t = text_trim(t);
    for (size_t i = 0; i < t.len; i++) {
        if (!is_blank(t.ptr[i]))
            strbuf_append_char(&line, t.ptr[i]);
        else if (!is_blank(t.ptr[i - 1]))
            strbuf_append_char(&line, ' ');
    }
    return cleaning_copy(strbuf_text(&line), CLEANING_LINE, arena, &nul);
}

struct text mime_header_raw(struct text headers, const char *name,
                            struct arena *arena)
{
    struct text first = http_header(headers, name);
    if (first.len == 0)
        return first;
    const char *limit = headers.ptr + headers.len;
    const char *end = first.ptr + first.len;
    for (;;) {
        const char *line = memchr(end, '\n', (size_t)(limit - end));
        if (!line || line + 1 >= limit || (line[1] != ' ' && line[1] != '\t'))
            break;
        end = line + 1;
        const char *next = memchr(end, '\n', (size_t)(limit - end));
        end = next ? next : limit;
    }
    return on_one_line(text_make(first.ptr, (size_t)(end - first.ptr)), arena);
}

/* --- encoded words -------------------------------------------------------- */

struct word {
    struct text charset, text;
    char coding;
    size_t len; /* of all of it; 0: there is none */
};

/* "=?charset?Q?text?=" at the start of `t`; RFC 2231 has a language behind the
 * charset. */
static struct word word_at(struct text t)
{
    struct word w = {.len = 0};
    struct text rest = text_slice(t, 2, t.len), coding;
    if (!text_starts_with(t, (struct text)TEXT("=?")) ||
        !text_split(&rest, '?', &w.charset) ||
        !text_split(&rest, '?', &coding) || !text_split(&rest, '?', &w.text) ||
        !rest.ptr || rest.len == 0 || rest.ptr[0] != '=' || coding.len != 1)
        return w;
    struct text charset = w.charset;
    (void)text_split(&charset, '*', &w.charset);
    w.coding = (char)(coding.ptr[0] | 0x20);
    w.len = (size_t)(rest.ptr + 1 - t.ptr);
    return w;
}

static bool is_same_charset(struct text a, struct text b)
{
    return a.len == b.len && strncasecmp(a.ptr, b.ptr, a.len) == 0;
}

/* Words of one charset side by side are decoded together: writers part them
 * within characters. Returns the length of all. */
static size_t append_words(struct text t, struct strbuf *out)
{
    AUTO_DONE(strbuf) bytes = STRBUF_INIT(t.len + 1);
    struct encoding_report report;
    const struct word first = word_at(t);
    struct word w = first;
    size_t end = 0, next = 0;
    do {
        if (w.coding == 'b')
            mime_decode_base64(w.text, &bytes);
        else
            mime_decode_quoted(w.text, MIME_IN_HEADER, &bytes);
        end = next + w.len;
        for (next = end; next < t.len && is_blank(t.ptr[next]);)
            next++;
        w = word_at(text_slice(t, next, t.len));
    } while (w.len > 0 && is_same_charset(w.charset, first.charset));
    encoding_decode(strbuf_text(&bytes), first.charset, out, &report);
    return w.len > 0 ? next : end; /* blanks between two words are none */
}

struct text mime_header(struct text headers, const char *name,
                        struct arena *arena)
{
    struct text t = mime_header_raw(headers, name, arena);
    AUTO_DONE(strbuf) plain = STRBUF_INIT(t.len * 3 + 16);
    AUTO_DONE(strbuf) out = STRBUF_INIT(t.len * 9 + 64);
    struct encoding_report report;
    while (t.len > 0) {
        size_t len = word_at(t).len > 0 ? append_words(t, &plain) : 0;
        if (len == 0)
            strbuf_append_char(&plain, t.ptr[0]);
        t = text_slice(t, len > 0 ? len : 1, t.len);
    }
    encoding_decode(strbuf_text(&plain), text_make(NULL, 0), &out, &report);
    return on_one_line(strbuf_text(&out), arena);
}

/* --- parameters ----------------------------------------------------------- */

static bool is_called(struct text field, size_t at, const char *name)
{
    size_t len = strlen(name);
    return at + len < field.len &&
           strncasecmp(field.ptr + at, name, len) == 0 &&
           (is_blank(field.ptr[at - 1]) || field.ptr[at - 1] == ';');
}

static struct text value_at(struct text t)
{
    while (t.len > 0 && is_blank(t.ptr[0]))
        t = text_slice(t, 1, t.len);
    bool quoted = t.len > 0 && t.ptr[0] == '"';
    size_t end = quoted;
    while (end < t.len && (quoted ? t.ptr[end] != '"'
                                  : t.ptr[end] != ';' && !is_blank(t.ptr[end])))
        end++;
    return text_slice(t, quoted, end - quoted);
}

static struct text find_value(struct text field, const char *name)
{
    for (size_t at = 1; at < field.len; at++) {
        if (!is_called(field, at, name))
            continue;
        size_t sign = at + strlen(name);
        while (sign < field.len && is_blank(field.ptr[sign]))
            sign++;
        if (sign < field.len && field.ptr[sign] == '=')
            return value_at(text_slice(field, sign + 1, field.len));
    }
    return text_make(NULL, 0);
}

/* Behind "charset'language'". */
static struct text without_language(struct text t)
{
    const char *mark = t.len ? memrchr(t.ptr, '\'', t.len) : NULL;
    return mark ? text_slice(t, (size_t)(mark - t.ptr) + 1, t.len) : t;
}

struct text mime_parameter(struct text field, const char *name,
                           struct arena *arena)
{
    char part[NAME_MAX_BYTES];
    AUTO_DONE(strbuf) joined = STRBUF_INIT(field.len + 1);
    struct text value = find_value(field, name);
    if (value.len > 0)
        return value;
    snprintf(part, sizeof part, "%s*", name);
    value = without_language(find_value(field, part));
    for (int i = 0; i < PARTS_MAX && value.len == 0; i++) {
        snprintf(part, sizeof part, "%s*%d", name, i);
        struct text piece = find_value(field, part);
        if (piece.len == 0)
            break;
        strbuf_append(&joined, piece);
    }
    return value.len > 0 ? value : arena_text(arena, strbuf_text(&joined));
}

/* --- persons and comments ------------------------------------------------- */

struct text mime_date(struct text field, struct arena *arena)
{
    static const struct text gmt = TEXT("GMT");
    AUTO_DONE(strbuf) out = STRBUF_INIT(field.len + 1);
    unsigned depth = 0;
    for (size_t i = 0; i < field.len; i++) {
        char c = field.ptr[i];
        if (i + 3 < field.len && strchr("+-", field.ptr[i + 3]) &&
            text_equal(text_slice(field, i, gmt.len), gmt)) {
            i += gmt.len - 1;
            continue;
        }
        depth += c == '(';
        if (depth == 0 && c != '"')
            strbuf_append_char(&out, c);
        depth -= c == ')' && depth > 0;
    }
    return on_one_line(strbuf_text(&out), arena);
}

/* Up to a comma that is neither quoted nor in a comment or address. */
static struct text take_address(struct text *list)
{
    bool quoted = false;
    int depth = 0;
    size_t i = 0;
    for (; i < list->len; i++) {
        char c = list->ptr[i];
        if (c == '\\')
            i++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '(' || c == '<'))
            depth++;
        else if (!quoted && (c == ')' || c == '>'))
            depth--;
        else if (!quoted && depth <= 0 && c == ',')
            break;
    }
    struct text address = text_trim(text_slice(*list, 0, i));
    *list = text_slice(*list, i + 1, list->len);
    return address;
}

static struct text between(struct text t, char open, char close)
{
    const char *from = t.len ? memchr(t.ptr, open, t.len) : NULL;
    const char *to =
        from ? memchr(from, close, t.len - (size_t)(from - t.ptr)) : NULL;
    return to ? text_trim(text_make(from + 1, (size_t)(to - from) - 1))
              : text_make(NULL, 0);
}

/* Without quotation marks around it and backslashes within. */
static struct text unquoted(struct text t, struct arena *arena)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(t.len + 1);
    if (t.len > 1 && t.ptr[0] == '"' && t.ptr[t.len - 1] == '"')
        t = text_slice(t, 1, t.len - 2);
    for (size_t i = 0; i < t.len; i++) {
        i += t.ptr[i] == '\\' && i + 1 < t.len;
        strbuf_append_char(&out, t.ptr[i]);
    }
    return arena_text(arena, text_trim(strbuf_text(&out)));
}

bool mime_take_person(struct text *list, struct text *out, struct arena *arena)
{
    struct text address = {NULL, 0};
    while (address.len == 0 && list->len > 0)
        address = take_address(list);
    const char *open =
        address.len ? memchr(address.ptr, '<', address.len) : NULL;
    size_t before = open ? (size_t)(open - address.ptr) : 0;
    struct text name = text_trim(text_slice(address, 0, before));
    if (name.len == 0 && open)
        name = between(address, '<', '>');
    else if (name.len == 0)
        name = between(address, '(', ')');
    *out = unquoted(name.len > 0 ? name : address, arena);
    return out->len > 0;
}
