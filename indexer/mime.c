#include "indexer/mime.h"

#include <string.h>
#include <strings.h>

#include "common/strbuf.h"
#include "indexer/cleaning.h"
#include "indexer/encoding.h"
#include "indexer/http_message.h"
#include "indexer/xml_tree.h"

enum { DEPTH_MAX = 8, PARTS_MAX = 200, BODY_MAX = 64 << 20 };

/* --- codings -------------------------------------------------------------- */

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
        return (c | 0x20) - 'a' + 10;
    return -1;
}

/* `word`: as in headers, where _ is a blank. */
static void decode_quoted(struct text t, bool word, struct strbuf *out)
{
    for (size_t i = 0; i < t.len; i++) {
        char c = t.ptr[i];
        int high = c == '=' && i + 2 < t.len ? hex_digit(t.ptr[i + 1]) : -1;
        int low = high >= 0 ? hex_digit(t.ptr[i + 2]) : -1;
        if (low >= 0) {
            strbuf_append_char(out, (char)(high * 16 + low));
            i += 2;
        } else if (c == '=' && i + 1 < t.len && t.ptr[i + 1] == '\n') {
            i++;
        } else if (c == '=' && i + 2 < t.len && t.ptr[i + 1] == '\r') {
            i += 2;
        } else {
            strbuf_append_char(out, word && c == '_' ? ' ' : c);
        }
    }
}

static int base64_digit(char c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrs"
                                 "tuvwxyz0123456789+/";
    const char *found = c ? strchr(digits, c) : NULL;
    return found ? (int)(found - digits) : -1;
}

void mime_decode_base64(struct text t, struct strbuf *out)
{
    unsigned bits = 0, count = 0;
    for (size_t i = 0; i < t.len && t.ptr[i] != '='; i++) {
        int digit = base64_digit(t.ptr[i]);
        if (digit < 0)
            continue;
        bits = (bits << 6 | (unsigned)digit) & 0xffffff;
        count += 6;
        if (count >= 8) {
            count -= 8;
            strbuf_append_char(out, (char)(bits >> count & 0xff));
        }
    }
}

/* --- headers -------------------------------------------------------------- */

struct mime_message mime_split(struct text message)
{
    struct text rest = message, line;
    while (text_split(&rest, '\n', &line))
        if (text_trim(line).len == 0)
            break;
    if (!rest.ptr)
        rest = text_slice(message, message.len, 0);
    return (struct mime_message){
        .headers = text_make(message.ptr, message.len - rest.len),
        .body = rest};
}

/* With folded lines joined. */
static struct text raw_header(struct text headers, const char *name,
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
    bool nul = false;
    return cleaning_copy(text_make(first.ptr, (size_t)(end - first.ptr)),
                         CLEANING_LINE, arena, &nul);
}

/* "=?charset?Q?text?=" at `at`: its length, 0 if there is none. */
static size_t encoded_word(struct text t, size_t at, struct strbuf *out)
{
    struct text rest = text_slice(t, at + 2, t.len), charset, coding, text;
    if (!text_split(&rest, '?', &charset) || !text_split(&rest, '?', &coding) ||
        !text_split(&rest, '?', &text) || !rest.ptr || rest.len == 0 ||
        rest.ptr[0] != '=' || coding.len != 1)
        return 0;
    AUTO_DONE(strbuf) bytes = STRBUF_INIT(t.len + 1);
    struct encoding_report report;
    if ((coding.ptr[0] | 0x20) == 'b')
        mime_decode_base64(text, &bytes);
    else
        decode_quoted(text, true, &bytes);
    encoding_decode(strbuf_text(&bytes), charset, out, &report);
    return (size_t)(rest.ptr + 1 - (t.ptr + at));
}

static bool is_blank(struct text t)
{
    return text_trim(t).len == 0;
}

struct text mime_header(struct text headers, const char *name,
                        struct arena *arena)
{
    struct text t = raw_header(headers, name, arena);
    AUTO_DONE(strbuf) plain = STRBUF_INIT(t.len * 3 + 16);
    AUTO_DONE(strbuf) out = STRBUF_INIT(t.len * 9 + 64);
    struct encoding_report report;
    size_t gap = t.len; /* behind the last encoded word */
    for (size_t at = 0; at < t.len;) {
        bool begins =
            t.ptr[at] == '=' && at + 1 < t.len && t.ptr[at + 1] == '?';
        size_t before = plain.len;
        size_t len = begins ? encoded_word(t, at, &plain) : 0;
        if (len > 0 && gap < at && is_blank(text_slice(t, gap, at - gap))) {
            /* blanks between two words are none */
            memmove(plain.ptr + before - (at - gap), plain.ptr + before,
                    plain.len - before);
            strbuf_truncate(&plain, plain.len - (at - gap));
        }
        if (len == 0)
            strbuf_append_char(&plain, t.ptr[at]);
        at += len > 0 ? len : 1;
        gap = len > 0 ? at : gap;
    }
    encoding_decode(strbuf_text(&plain), text_make(NULL, 0), &out, &report);
    bool nul = false;
    return cleaning_copy(strbuf_text(&out), CLEANING_LINE, arena, &nul);
}

/* --- parts ---------------------------------------------------------------- */

struct search {
    struct arena *arena;
    struct text plain, html;
    unsigned parts;
};

static bool begins(struct text t, const char *word)
{
    return t.len >= strlen(word) && strncasecmp(t.ptr, word, strlen(word)) == 0;
}

static struct text parameter(struct text type, const char *name)
{
    size_t len = strlen(name);
    for (size_t at = 0; at + len + 1 < type.len; at++) {
        if (strncasecmp(type.ptr + at, name, len) != 0 ||
            type.ptr[at + len] != '=')
            continue;
        struct text value = text_slice(type, at + len + 1, type.len);
        bool quoted = value.ptr[0] == '"';
        size_t end = quoted;
        while (end < value.len &&
               (quoted ? value.ptr[end] != '"'
                       : value.ptr[end] != ';' && value.ptr[end] != ' '))
            end++;
        return text_slice(value, quoted, end - quoted);
    }
    return text_make(NULL, 0);
}

static struct text decode_part(const struct mime_message *m, struct text type,
                               struct arena *arena)
{
    AUTO_DONE(strbuf) bytes = STRBUF_INIT(BODY_MAX);
    AUTO_DONE(strbuf) text = STRBUF_INIT(m->body.len * 3 + 16);
    struct encoding_report report;
    struct text coding =
        raw_header(m->headers, "content-transfer-encoding", arena);
    if (begins(coding, "base64"))
        mime_decode_base64(m->body, &bytes);
    else if (begins(coding, "quoted-printable"))
        decode_quoted(m->body, false, &bytes);
    else
        strbuf_append(&bytes, m->body);
    encoding_decode(strbuf_text(&bytes), parameter(type, "charset"), &text,
                    &report);
    return arena_text(arena, strbuf_text(&text));
}

static void search_parts(struct search *s, const struct mime_message *m,
                         unsigned depth);

/* What is between "--boundary" lines. */
static void search_multipart(struct search *s, struct text body,
                             struct text boundary, unsigned depth)
{
    struct text rest = body, line;
    const char *start = NULL;
    while (text_split(&rest, '\n', &line)) {
        bool mark = line.len >= boundary.len + 2 &&
                    memcmp(line.ptr, "--", 2) == 0 &&
                    memcmp(line.ptr + 2, boundary.ptr, boundary.len) == 0;
        if (!mark && rest.ptr)
            continue;
        const char *end = mark ? line.ptr : line.ptr + line.len;
        if (start && end > start) {
            struct mime_message part =
                mime_split(text_make(start, (size_t)(end - start)));
            search_parts(s, &part, depth + 1);
        }
        start = mark && rest.ptr ? rest.ptr : NULL;
    }
}

static void search_parts(struct search *s, const struct mime_message *m,
                         unsigned depth)
{
    struct text type = raw_header(m->headers, "content-type", s->arena);
    struct text boundary = parameter(type, "boundary");
    struct text place = raw_header(m->headers, "content-disposition", s->arena);
    if (depth > DEPTH_MAX || ++s->parts > PARTS_MAX ||
        begins(place, "attachment"))
        return;
    if (begins(type, "multipart/") && boundary.len > 0)
        search_multipart(s, m->body, boundary, depth);
    else if (begins(type, "text/html") && s->html.len == 0)
        s->html = decode_part(m, type, s->arena);
    else if ((type.len == 0 || begins(type, "text/plain")) && s->plain.len == 0)
        s->plain = decode_part(m, type, s->arena);
}

struct text mime_text(const struct mime_message *message, struct arena *arena)
{
    struct search s = {.arena = arena};
    bool nul = false;
    search_parts(&s, message, 0);
    if (text_trim(s.plain).len > 0)
        return text_trim(cleaning_copy(s.plain, CLEANING_BLOCK, arena, &nul));
    return xml_html_text(s.html, arena);
}
