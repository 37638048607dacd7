#include "indexer/http_message.h"

#include <brotli/decode.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

#include "common/utf8.h"

/* zlib's windowBits: the largest window; gzip's or zlib's format, or neither */
enum {
    ANY_FORMAT = 15 + 32,
    RAW_DEFLATE = -15,
    STEP = 64 << 10,
    CODINGS_MAX = 3
};

struct text http_header(struct text headers, const char *name)
{
    struct text line, value = {NULL, 0};
    while (text_split(&headers, '\n', &line)) {
        const char *colon = line.len ? memchr(line.ptr, ':', line.len) : NULL;
        if (!colon)
            continue;
        size_t len = (size_t)(colon - line.ptr);
        if (text_is_in_any_case(text_trim(text_slice(line, 0, len)), name) &&
            value.len == 0)
            value = text_trim(text_slice(line, len + 1, line.len));
    }
    return value;
}

/* "HTTP/1.1 200 OK", "HTTP/2 200"; 0 if it is none. */
static unsigned status_of(struct text line)
{
    unsigned status = 0;
    if (line.len < 5 || strncasecmp(line.ptr, "HTTP/", 5) != 0)
        return 0;
    const char *blank = memchr(line.ptr, ' ', line.len);
    struct text rest =
        blank ? text_slice(line, (size_t)(blank - line.ptr), line.len)
              : text_slice(line, line.len, 0);
    rest = text_trim(rest);
    for (size_t i = 0;
         i < rest.len && i < 3 && rest.ptr[i] >= '0' && rest.ptr[i] <= '9'; i++)
        status = status * 10 + (unsigned)(rest.ptr[i] - '0');
    return status;
}

static struct text without_blank_lines(struct text t)
{
    while (t.len > 0 && (t.ptr[0] == '\r' || t.ptr[0] == '\n'))
        t = text_slice(t, 1, t.len);
    return t;
}

bool http_message_split(struct text t, struct http_message *out)
{
    *out = (struct http_message){.body = t};
    t = without_blank_lines(t);
    for (;;) {
        struct text rest = t, line;
        (void)text_split(&rest, '\n', &line);
        const unsigned status = status_of(line);
        if (status == 0)
            return out->status > 0;
        out->status = status;
        while (text_split(&rest, '\n', &line))
            if (text_trim(line).len == 0)
                break;
        out->body = rest.ptr ? rest : text_slice(t, t.len, 0);
        out->headers = text_make(t.ptr, t.len - out->body.len);
        out->content_type = http_header(out->headers, "content-type");
        if (status >= 200) /* else another one follows */
            return true;
        t = out->body;
    }
}

/* The number at the start of a chunk's line; false if there is none. */
static bool chunk_size(struct text line, size_t *size)
{
    size_t digits = 0;
    *size = 0;
    line = text_trim(line);
    for (; digits < line.len && digits < 8; digits++) {
        char c = line.ptr[digits];
        unsigned value = c >= '0' && c <= '9' ? (unsigned)(c - '0')
                         : (c | 0x20) >= 'a' && (c | 0x20) <= 'f'
                             ? (unsigned)((c | 0x20) - 'a') + 10
                             : 16;
        if (value == 16)
            break;
        *size = *size * 16 + value;
    }
    bool ends = digits == line.len || line.ptr[digits] == ';';
    return digits > 0 && ends;
}

/* False if it is not chunked at all. What is cut off ends there. */
static bool join_chunks(struct text body, struct strbuf *out)
{
    struct text rest = body, line;
    bool first = true;
    while (text_split(&rest, '\n', &line)) {
        size_t size;
        if (!chunk_size(line, &size))
            return !first;
        first = false;
        if (size == 0)
            return true;
        strbuf_append(out, text_slice(rest, 0, size));
        rest = text_slice(rest, size, rest.len);
        if (text_starts_with(rest, (struct text)TEXT("\r")))
            rest = text_slice(rest, 1, rest.len);
        if (text_starts_with(rest, (struct text)TEXT("\n")))
            rest = text_slice(rest, 1, rest.len);
    }
    return !first;
}

/* What can be inflated, as far as it goes; false if nothing can. */
static bool inflate_all(struct text t, int window, struct strbuf *out)
{
    z_stream z;
    memset(&z, 0, sizeof z);
    if (t.len > UINT32_MAX || inflateInit2(&z, window) != Z_OK)
        return false;
    size_t before = out->len;
    int result = Z_OK;
    z.next_in = (Bytef *)(uintptr_t)t.ptr;
    z.avail_in = (uInt)t.len;
    while (result == Z_OK) {
        char *room = strbuf_reserve(out, STEP);
        if (!room)
            break;
        z.next_out = (Bytef *)room;
        z.avail_out = STEP;
        result = inflate(&z, Z_NO_FLUSH);
        out->len += STEP - z.avail_out;
    }
    inflateEnd(&z);
    return out->len > before;
}

static bool unbrotli(struct text t, struct strbuf *out)
{
    BrotliDecoderState *state = BrotliDecoderCreateInstance(NULL, NULL, NULL);
    const uint8_t *from = (const uint8_t *)t.ptr;
    size_t left = t.len, before = out->len;
    BrotliDecoderResult result = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
    while (state && result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) {
        char *room = strbuf_reserve(out, STEP);
        size_t size = STEP;
        uint8_t *to = (uint8_t *)room;
        if (!room)
            break;
        result = BrotliDecoderDecompressStream(state, &left, &from, &size, &to,
                                               NULL);
        out->len += STEP - size;
    }
    BrotliDecoderDestroyInstance(state);
    return out->len > before;
}

/* What no coding makes: it is wrongly declared, or was archived without. */
static bool is_markup(struct text t)
{
    t = text_trim(utf8_without_mark(t));
    return t.len > 1 && t.ptr[0] == '<' &&
           (strchr("!?/", t.ptr[1]) ||
            ((t.ptr[1] | 0x20) >= 'a' && (t.ptr[1] | 0x20) <= 'z'));
}

static bool is_gzip(struct text t)
{
    return text_starts_with(t, (struct text)TEXT("\x1f\x8b"));
}

static bool undo_coding(struct text body, struct text coding,
                        struct strbuf *out)
{
    if (is_gzip(body))
        return inflate_all(body, ANY_FORMAT, out);
    if (text_is_in_any_case(coding, "br"))
        return unbrotli(body, out);
    bool known = text_is_in_any_case(coding, "gzip") ||
                 text_is_in_any_case(coding, "x-gzip") ||
                 text_is_in_any_case(coding, "deflate");
    return known && (inflate_all(body, ANY_FORMAT, out) ||
                     inflate_all(body, RAW_DEFLATE, out));
}

static bool may_be_plain(struct text coding)
{
    static const char *const names[] = {"",        "br",    "chunked",
                                        "deflate", "gzip",  "identity",
                                        "none",    "utf-8", "x-gzip"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_is_in_any_case(coding, names[i]))
            return true;
    return false;
}

/* Off the end of "gzip, br". */
static struct text take_coding(struct text *list)
{
    size_t at = list->len;
    while (at > 0 && list->ptr[at - 1] != ',')
        at--;
    struct text coding = text_trim(text_slice(*list, at, list->len));
    list->len = at > 0 ? at - 1 : 0;
    return coding;
}

static bool is_chunked(struct text codings)
{
    while (codings.len > 0)
        if (text_is_in_any_case(take_coding(&codings), "chunked"))
            return true;
    return false;
}

bool http_message_decode(const struct http_message *m, struct strbuf *out)
{
    AUTO_DONE(strbuf) joined = STRBUF_INIT(m->body.len + 1);
    AUTO_DONE(strbuf) again = STRBUF_INIT(m->body.len + 1);
    AUTO_DONE(strbuf) even = STRBUF_INIT(out->max);
    AUTO_DONE(strbuf) odd = STRBUF_INIT(out->max);
    struct text body = m->body;
    struct text codings = http_header(m->headers, "content-encoding");
    if (is_chunked(http_header(m->headers, "transfer-encoding"))) {
        if (join_chunks(body, &joined))
            body = strbuf_text(&joined);
        if (join_chunks(body, &again)) /* by a proxy, too */
            body = strbuf_text(&again);
    }
    for (int i = 0; i < CODINGS_MAX && !is_markup(body); i++) {
        struct strbuf *room = i % 2 ? &odd : &even;
        struct text coding = take_coding(&codings);
        strbuf_reset(room);
        if (undo_coding(body, coding, room))
            body = strbuf_text(room);
        else if (!may_be_plain(coding))
            return false;
        if (room->overflowed)
            return false;
    }
    strbuf_append(out, body);
    return !out->overflowed;
}
