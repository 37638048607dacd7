#include "common/strbuf.h"

#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"

void strbuf_init(struct strbuf *b, size_t max)
{
    *b = (struct strbuf)STRBUF_INIT(max);
}

void strbuf_done(struct strbuf *b)
{
    free(b->ptr);
    strbuf_init(b, b->max);
}

void strbuf_reset(struct strbuf *b)
{
    b->len = 0;
    b->overflowed = false;
    if (b->ptr)
        b->ptr[0] = '\0';
}

char *strbuf_reserve(struct strbuf *b, size_t len)
{
    if (b->overflowed || len > b->max - b->len) {
        b->overflowed = true;
        return NULL;
    }
    size_t wanted = b->len + len + 1;
    if (wanted > b->capacity) {
        size_t doubled = b->capacity < b->max / 2 ? b->capacity * 2 : b->max;
        b->capacity = wanted > doubled ? wanted : doubled;
        b->ptr = mem_resize(b->ptr, b->capacity, 1);
    }
    return b->ptr + b->len;
}

void strbuf_append(struct strbuf *b, struct text t)
{
    char *room = strbuf_reserve(b, t.len);
    if (!room)
        return;
    if (t.len > 0)
        memcpy(room, t.ptr, t.len);
    b->len += t.len;
    b->ptr[b->len] = '\0';
}

void strbuf_append_char(struct strbuf *b, char c)
{
    char *room = strbuf_reserve(b, 1);
    if (!room)
        return;
    room[0] = c;
    room[1] = '\0';
    b->len++;
}

void strbuf_append_string(struct strbuf *b, const char *string)
{
    strbuf_append(b, text_from(string));
}

void strbuf_append_format(struct strbuf *b, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    size_t room = b->overflowed ? 0 : b->capacity - b->len;
    int wanted = vsnprintf(room ? b->ptr + b->len : NULL, room, format, args);
    bool fits = wanted >= 0 && (size_t)wanted < room;
    if (room && !fits)
        b->ptr[b->len] = '\0';
    if (wanted >= 0 && !fits) {
        char *larger = strbuf_reserve(b, (size_t)wanted);
        if (larger)
            vsnprintf(larger, (size_t)wanted + 1, format, again);
        else
            wanted = -1;
    }
    if (wanted >= 0)
        b->len += (size_t)wanted;
    va_end(again);
    va_end(args);
}

/* `value` in units of its last decimal; false if its rounding is not certain.
 * Below the limit the product is wrong by less than a thousandth. */
static bool round_decimal(double value, int decimals, uint64_t *out)
{
    static const double units[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
    static const double limit = 1e5, certain = 1e-3;
    if (decimals < 1 || decimals > 6 || !(fabs(value) < limit))
        return false;
    const double scaled = fabs(value) * units[decimals];
    const uint64_t whole = (uint64_t)scaled;
    const double rest = scaled - (double)whole;
    *out = whole + (rest > 0.5);
    return fabs(rest - 0.5) > certain;
}

void strbuf_append_decimal(struct strbuf *b, double value, int decimals)
{
    char digits[24];
    size_t at = sizeof digits;
    uint64_t rest;
    if (!round_decimal(value, decimals, &rest)) {
        strbuf_append_format(b, "%.*f", decimals, value);
        return;
    }
    for (int i = 0; rest > 0 || i <= decimals; rest /= 10, i++) {
        if (i == decimals)
            digits[--at] = '.';
        digits[--at] = (char)('0' + rest % 10);
    }
    if (signbit(value))
        digits[--at] = '-';
    strbuf_append(b, (struct text){digits + at, sizeof digits - at});
}

void strbuf_truncate(struct strbuf *b, size_t len)
{
    if (len >= b->len)
        return;
    b->len = len;
    b->ptr[len] = '\0';
}

struct text strbuf_text(const struct strbuf *b)
{
    return (struct text){b->ptr, b->len};
}

const char *strbuf_string(const struct strbuf *b)
{
    return b->ptr ? b->ptr : "";
}
