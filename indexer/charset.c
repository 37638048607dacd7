#include "indexer/charset.h"

#include <stdint.h>

#include "common/utf8.h"

enum { REPLACEMENT = 0xfffd, UTF16_MARK_SIZE = 2 };

static bool is_utf16(struct text t)
{
    return text_starts_with(t, (struct text)TEXT("\xff\xfe")) ||
           text_starts_with(t, (struct text)TEXT("\xfe\xff"));
}

enum charset charset_guess(struct text t)
{
    if (is_utf16(t))
        return CHARSET_UTF16;
    size_t characters = 0, bad = 0;
    for (size_t at = 0; at < t.len;) {
        struct text rest = text_slice(t, at, t.len);
        size_t len = utf8_character(rest);
        characters += len > 1;
        bad += len == 0;
        at += len > 0 ? len : 1;
    }
    if (bad == 0)
        return CHARSET_UTF8;
    return characters > bad ? CHARSET_DAMAGED_UTF8 : CHARSET_1252;
}

static void decode_utf8(struct text t, struct strbuf *out)
{
    t = utf8_without_mark(t);
    while (t.len > 0) {
        size_t valid = utf8_valid_length(t);
        strbuf_append(out, text_slice(t, 0, valid));
        if (valid < t.len)
            strbuf_append_string(out, UTF8_REPLACEMENT);
        t = text_slice(t, valid + 1, t.len);
    }
}

/* The table is Unicode's CP1252.TXT; the rest is as in Latin-1. */
static void decode_1252(struct text t, struct strbuf *out)
{
    static const uint16_t from_0x80[32] = {
        0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
        0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd,
        0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
        0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178};
    for (size_t i = 0; i < t.len; i++) {
        unsigned char c = (unsigned char)t.ptr[i];
        utf8_append(out, c >= 0x80 && c < 0xa0 ? from_0x80[c - 0x80] : c);
    }
}

static uint32_t utf16_unit(struct text t, size_t at, size_t high)
{
    return (uint32_t)(unsigned char)t.ptr[at + high] << 8 |
           (unsigned char)t.ptr[at + 1 - high];
}

static void decode_utf16(struct text t, struct strbuf *out)
{
    size_t high = (unsigned char)t.ptr[0] == 0xff; /* place of the high byte */
    size_t at = UTF16_MARK_SIZE;
    while (at + 2 <= t.len) {
        uint32_t code = utf16_unit(t, at, high);
        at += 2;
        bool pair = code >= 0xd800 && code < 0xdc00 && at + 2 <= t.len;
        uint32_t low = pair ? utf16_unit(t, at, high) : 0;
        if (low >= 0xdc00 && low < 0xe000) {
            code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
            at += 2;
        } else if (code >= 0xd800 && code < 0xe000) {
            code = REPLACEMENT;
        }
        utf8_append(out, code);
    }
    if (at < t.len)
        utf8_append(out, REPLACEMENT);
}

void charset_decode(struct text t, enum charset charset, struct strbuf *out)
{
    switch (charset) {
    case CHARSET_UTF8:
    case CHARSET_DAMAGED_UTF8:
        decode_utf8(t, out);
        break;
    case CHARSET_1252:
        decode_1252(t, out);
        break;
    case CHARSET_UTF16:
        decode_utf16(t, out);
        break;
    }
}
