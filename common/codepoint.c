#include "common/codepoint.h"

#include <utf8proc.h>

struct codepoint codepoint_first(struct text t)
{
    unsigned char first = (unsigned char)t.ptr[0];
    if (first < 0x80)
        return (struct codepoint){first, 1, true};
    int32_t value;
    utf8proc_ssize_t length =
        utf8proc_iterate((const utf8proc_uint8_t *)t.ptr,
                         t.len < 4 ? (utf8proc_ssize_t)t.len : 4, &value);
    if (length <= 0)
        return (struct codepoint){CODEPOINT_REPLACEMENT, 1, false};
    return (struct codepoint){value, (size_t)length, true};
}

size_t codepoint_write(int32_t value, char out[4])
{
    return (size_t)utf8proc_encode_char(value, (utf8proc_uint8_t *)out);
}

bool codepoint_is_safe(int32_t value)
{
    if (value < 0xa0)
        return value >= ' ' && value < 0x7f;
    bool separator = value == 0x2028 || value == 0x2029;
    bool embedding = value >= 0x202a && value <= 0x202e;
    bool isolate = value >= 0x2066 && value <= 0x2069;
    return !separator && !embedding && !isolate && value != 0xfeff;
}

unsigned codepoint_width(int32_t value)
{
    if (value >= ' ' && value < 0x7f)
        return 1;
    int width = utf8proc_charwidth(value);
    return width > 0 ? (unsigned)width : 0;
}
