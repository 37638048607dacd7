#include "common/utf16.h"

#include <stdint.h>

#include "common/utf8.h"

enum { REPLACEMENT = 0xfffd };

enum utf16_order utf16_order_of(struct text t)
{
    if (text_starts_with(t, (struct text)TEXT("\xff\xfe")))
        return UTF16_LITTLE;
    return text_starts_with(t, (struct text)TEXT("\xfe\xff")) ? UTF16_BIG
                                                              : UTF16_NONE;
}

static uint32_t unit_at(struct text t, size_t at, enum utf16_order order)
{
    const unsigned char *p = (const unsigned char *)t.ptr + at;
    return order == UTF16_BIG ? (uint32_t)p[0] << 8 | p[1]
                              : (uint32_t)p[1] << 8 | p[0];
}

/* The character at `at`, two bytes of which are there; its length, 0 if its
 * second half is still to come. */
static size_t character_at(struct text t, size_t at, enum utf16_order order,
                           uint32_t *code)
{
    *code = unit_at(t, at, order);
    if (*code < 0xd800 || *code >= 0xe000)
        return 2;
    const bool high = *code < 0xdc00;
    if (high && t.len - at < 4)
        return 0;
    const uint32_t low = high ? unit_at(t, at + 2, order) : 0;
    if (low < 0xdc00 || low >= 0xe000) {
        *code = REPLACEMENT;
        return 2;
    }
    *code = 0x10000 + ((*code - 0xd800) << 10) + (low - 0xdc00);
    return 4;
}

struct utf16_step utf16_decode(struct text t, enum utf16_order order,
                               enum utf16_extent extent, char *out, size_t size)
{
    struct utf16_step step = {0, 0};
    while (size - step.written >= UTF8_LENGTH_MAX && step.read < t.len) {
        uint32_t code = REPLACEMENT;
        size_t len = 0;
        if (t.len - step.read >= 2)
            len = character_at(t, step.read, order, &code);
        if (len == 0 && extent == UTF16_MORE)
            break;
        if (len == 0) {
            code = REPLACEMENT;
            len = t.len - step.read;
        }
        step.written += utf8_encode(code, out + step.written);
        step.read += len;
    }
    return step;
}
