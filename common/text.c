#include "common/text.h"

#include <string.h>
#include <strings.h>

struct text text_make(const char *ptr, size_t len)
{
    return (struct text){ptr, len};
}

struct text text_from(const char *string)
{
    return (struct text){string, string ? strlen(string) : 0};
}

bool text_equal(struct text a, struct text b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool text_is(struct text a, const char *string)
{
    return text_equal(a, text_from(string));
}

bool text_starts_with(struct text a, struct text prefix)
{
    return a.len >= prefix.len &&
           (prefix.len == 0 || memcmp(a.ptr, prefix.ptr, prefix.len) == 0);
}

bool text_is_in_any_case(struct text a, const char *string)
{
    return a.len == strlen(string) && text_starts_in_any_case(a, string);
}

bool text_starts_in_any_case(struct text a, const char *prefix)
{
    const size_t len = strlen(prefix);
    return len == 0 || (a.len >= len && strncasecmp(a.ptr, prefix, len) == 0);
}

bool text_contains(struct text t, const char *part)
{
    return t.len > 0 && memmem(t.ptr, t.len, part, strlen(part));
}

bool text_is_one_of(struct text t, const char *const *list)
{
    for (; *list; list++)
        if (text_is(t, *list))
            return true;
    return false;
}

int text_compare(struct text a, struct text b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter ? memcmp(a.ptr, b.ptr, shorter) : 0;
    if (order != 0)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

struct text text_slice(struct text t, size_t from, size_t len)
{
    if (from > t.len)
        from = t.len;
    if (len > t.len - from)
        len = t.len - from;
    return (struct text){t.ptr ? t.ptr + from : NULL, len};
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct text text_trim(struct text t)
{
    while (t.len > 0 && is_space(t.ptr[0])) {
        t.ptr++;
        t.len--;
    }
    while (t.len > 0 && is_space(t.ptr[t.len - 1]))
        t.len--;
    return t;
}

bool text_split(struct text *rest, char separator, struct text *out)
{
    if (!rest->ptr)
        return false;
    const char *end =
        rest->len ? memchr(rest->ptr, separator, rest->len) : NULL;
    if (!end) {
        *out = *rest;
        *rest = (struct text){NULL, 0};
        return true;
    }
    size_t len = (size_t)(end - rest->ptr);
    *out = (struct text){rest->ptr, len};
    *rest = (struct text){end + 1, rest->len - len - 1};
    return true;
}
