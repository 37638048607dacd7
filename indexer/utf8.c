#include "indexer/utf8.h"

#include <stdbool.h>
#include <string.h>

static bool continues(struct text t, size_t at)
{
    return at < t.len && ((unsigned char)t.ptr[at] & 0xc0) == 0x80;
}

/* The second byte's range is narrower after some first bytes. */
static bool second_fits(unsigned char first, unsigned char second)
{
    switch (first) {
    case 0xe0:
        return second >= 0xa0;
    case 0xed:
        return second <= 0x9f;
    case 0xf0:
        return second >= 0x90;
    case 0xf4:
        return second <= 0x8f;
    default:
        return true;
    }
}

size_t utf8_character(struct text t)
{
    if (t.len == 0)
        return 0;
    unsigned char first = (unsigned char)t.ptr[0];
    if (first < 0x80)
        return 1;
    if (first < 0xc2 || first > 0xf4 || !continues(t, 1) ||
        !second_fits(first, (unsigned char)t.ptr[1]))
        return 0;
    if (first < 0xe0)
        return 2;
    if (!continues(t, 2))
        return 0;
    if (first < 0xf0)
        return 3;
    return continues(t, 3) ? 4 : 0;
}

static size_t ascii_length(struct text t)
{
    size_t at = 0;
    uint64_t eight;
    for (; t.len - at >= sizeof eight; at += sizeof eight) {
        memcpy(&eight, t.ptr + at, sizeof eight);
        if (eight & UINT64_C(0x8080808080808080))
            break;
    }
    while (at < t.len && (unsigned char)t.ptr[at] < 0x80)
        at++;
    return at;
}

size_t utf8_valid_length(struct text t)
{
    size_t at = 0;
    while (at < t.len) {
        struct text rest = text_slice(t, at, t.len);
        size_t ascii = ascii_length(rest);
        size_t len = ascii > 0 ? ascii : utf8_character(rest);
        if (len == 0)
            break;
        at += len;
    }
    return at;
}

void utf8_append(struct strbuf *out, uint32_t code)
{
    char bytes[4];
    size_t len = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned char leads[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = len - 1; i > 0; i--) {
        bytes[i] = (char)(0x80 | (code & 0x3f));
        code >>= 6;
    }
    bytes[0] = (char)(leads[len] | code);
    strbuf_append(out, text_make(bytes, len));
}
