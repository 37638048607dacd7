#include "indexer/http_message.h"

#include <brotli/decode.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

/* zlib's windowBits: the largest window; gzip's or zlib's format, or neither */
enum { ANY_FORMAT = 15 + 32, RAW_DEFLATE = -15, STEP = 64 << 10 };

static bool equals(struct text t, const char *word)
{
    return t.len == strlen(word) && strncasecmp(t.ptr, word, t.len) == 0;
}

struct text http_header(struct text headers, const char *name)
{
    struct text line, value = {NULL, 0};
    while (text_split(&headers, '\n', &line)) {
        const char *colon = line.len ? memchr(line.ptr, ':', line.len) : NULL;
        if (!colon)
            continue;
        size_t len = (size_t)(colon - line.ptr);
        if (equals(text_trim(text_slice(line, 0, len)), name) && value.len == 0)
            value = text_trim(text_slice(line, len + 1, line.len));
    }
    return value;
}

bool http_message_split(struct text t, struct http_message *out)
{
    *out = (struct http_message){.body = t};
    if (!text_starts_with(t, (struct text)TEXT("HTTP/")))
        return false;
    const char *blank = memchr(t.ptr, ' ', t.len < 16 ? t.len : 16);
    for (const char *p = blank ? blank + 1 : NULL;
         p && p < t.ptr + t.len && *p >= '0' && *p <= '9' && out->status < 1000;
         p++)
        out->status = out->status * 10 + (unsigned)(*p - '0');
    struct text rest = t, line;
    while (text_split(&rest, '\n', &line))
        if (text_trim(line).len == 0)
            break;
    out->body = rest.ptr ? rest : text_slice(t, t.len, 0);
    out->headers = text_make(t.ptr, t.len - out->body.len);
    out->content_type = http_header(out->headers, "content-type");
    return true;
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

static bool undo_coding(struct text body, struct text coding,
                        struct strbuf *out)
{
    if (equals(coding, "br"))
        return unbrotli(body, out);
    bool known = equals(coding, "gzip") || equals(coding, "x-gzip") ||
                 equals(coding, "deflate");
    if (known && (inflate_all(body, ANY_FORMAT, out) ||
                  inflate_all(body, RAW_DEFLATE, out)))
        return true;
    if (!known && coding.len > 0 && !equals(coding, "identity") &&
        !equals(coding, "none") && !equals(coding, "utf-8"))
        return false;
    strbuf_append(out, body); /* wrongly declared, or archived without */
    return true;
}

bool http_message_decode(const struct http_message *m, struct strbuf *out)
{
    AUTO_DONE(strbuf) joined = STRBUF_INIT(m->body.len + 1);
    struct text body = m->body;
    if (equals(http_header(m->headers, "transfer-encoding"), "chunked") &&
        join_chunks(body, &joined))
        body = strbuf_text(&joined);
    bool known =
        undo_coding(body, http_header(m->headers, "content-encoding"), out);
    return known && !out->overflowed;
}
