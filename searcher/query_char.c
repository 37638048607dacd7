#include "searcher/query_char.h"

#include <utf8proc.h>

enum {
    FULL_WIDTH_FIRST = 0xff01,
    FULL_WIDTH_LAST = 0xff5e,
    FULL_WIDTH_SHIFT = 0xfee0
};

static int32_t plain_ascii(int32_t c)
{
    return c == '\t' || c == '\n' || c == '\v' || c == '\f' || c == '\r' ? ' '
                                                                         : c;
}

static int32_t plain_by_category(int32_t c)
{
    switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return ' ';
    case UTF8PROC_CATEGORY_CF:
        return QUERY_CHAR_INVISIBLE;
    default:
        return c;
    }
}

static int32_t plain(int32_t c)
{
    if (c < 0x80)
        return plain_ascii(c);
    if (c >= FULL_WIDTH_FIRST && c <= FULL_WIDTH_LAST)
        return c - FULL_WIDTH_SHIFT;
    switch (c) {
    case 0x85: /* next line */
        return ' ';
    case 0xab: /* angled */
    case 0xbb:
    case 0x201c: /* curly and low */
    case 0x201d:
    case 0x201e:
    case 0x201f:
    case 0x301d: /* primes of East Asian type */
    case 0x301e:
    case 0x301f:
        return '"';
    case 0x2010: /* hyphen */
    case 0x2011: /* non-breaking hyphen */
    case 0x2212: /* minus */
        return '-';
    default:
        return plain_by_category(c);
    }
}

int32_t query_char_at(struct text t, size_t at, size_t *length)
{
    *length = 0;
    if (at >= t.len)
        return QUERY_CHAR_END;
    utf8proc_int32_t c;
    utf8proc_ssize_t bytes =
        utf8proc_iterate((const utf8proc_uint8_t *)t.ptr + at,
                         (utf8proc_ssize_t)(t.len - at), &c);
    *length = bytes > 0 ? (size_t)bytes : 1;
    return bytes > 0 ? plain(c) : QUERY_CHAR_INVISIBLE;
}

bool query_char_in(struct text t, int32_t c)
{
    size_t length;
    for (size_t at = 0; at < t.len; at += length)
        if (query_char_at(t, at, &length) == c)
            return true;
    return false;
}
