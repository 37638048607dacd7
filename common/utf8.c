#include "common/utf8.h"

#include "common/eight.h"

/* The second byte's range depends on the first (Unicode, table 3-7); all
 * further ones are 80 to BF. */
struct lead {
    size_t length; /* 0: begins no character */
    uint8_t from, to;
    uint8_t payload; /* mask of the first byte's bits */
};

static struct lead lead_of(uint8_t byte)
{
    if (byte < 0x80)
        return (struct lead){1, 0, 0, 0x7f};
    if (byte < 0xc2 || byte > 0xf4)
        return (struct lead){0, 0, 0, 0};
    if (byte < 0xe0)
        return (struct lead){2, 0x80, 0xbf, 0x1f};
    if (byte < 0xf0)
        return (struct lead){3, byte == 0xe0 ? 0xa0 : 0x80,
                             byte == 0xed ? 0x9f : 0xbf, 0x0f};
    return (struct lead){4, byte == 0xf0 ? 0x90 : 0x80,
                         byte == 0xf4 ? 0x8f : 0xbf, 0x07};
}

uint32_t utf8_decode(struct text t, size_t at, size_t *length)
{
    const uint8_t *bytes = (const uint8_t *)t.ptr + at;
    size_t left = t.len - at;
    struct lead lead = lead_of(bytes[0]);
    uint32_t code_point = bytes[0] & lead.payload;
    *length = 1;
    if (lead.length == 0)
        return UTF8_INVALID;
    for (size_t i = 1; i < lead.length; i++) {
        uint8_t from = i == 1 ? lead.from : 0x80;
        uint8_t to = i == 1 ? lead.to : 0xbf;
        if (i == left || bytes[i] < from || bytes[i] > to)
            return UTF8_INVALID;
        code_point = code_point << 6 | (bytes[i] & 0x3f);
        *length = i + 1;
    }
    return code_point;
}

size_t utf8_encode(uint32_t code_point, char out[UTF8_LENGTH_MAX])
{
    static const uint8_t leads[] = {0, 0x00, 0xc0, 0xe0, 0xf0};
    size_t length = code_point < 0x80      ? 1
                    : code_point < 0x800   ? 2
                    : code_point < 0x10000 ? 3
                                           : 4;
    for (size_t i = length - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (code_point & 0x3f));
        code_point >>= 6;
    }
    out[0] = (char)(leads[length] | code_point);
    return length;
}

void utf8_append(struct strbuf *out, uint32_t code_point)
{
    char bytes[UTF8_LENGTH_MAX];
    strbuf_append(out, text_make(bytes, utf8_encode(code_point, bytes)));
}

size_t utf8_character(struct text t)
{
    size_t length;
    if (t.len == 0 || utf8_decode(t, 0, &length) == UTF8_INVALID)
        return 0;
    return length;
}

size_t utf8_valid_length(struct text t)
{
    size_t at = 0, length;
    for (; at < t.len; at += length) {
        size_t left = t.len - at;
        length = sizeof(uint64_t);
        if (left >= length && !eight_beyond_ascii(eight_load(t.ptr + at, left)))
            continue;
        length = utf8_character(text_slice(t, at, left));
        if (length == 0)
            break;
    }
    return at;
}

bool utf8_is_valid(struct text t)
{
    return utf8_valid_length(t) == t.len;
}

struct text utf8_without_mark(struct text t)
{
    static const struct text mark = TEXT("\xef\xbb\xbf");
    return text_starts_with(t, mark) ? text_slice(t, mark.len, t.len) : t;
}

struct text utf8_cut(struct text t, size_t max)
{
    if (t.len <= max)
        return t;
    while (max > 0 && ((uint8_t)t.ptr[max] & 0xc0) == 0x80)
        max--;
    return (struct text){t.ptr, max};
}
