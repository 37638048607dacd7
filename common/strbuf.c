#include "common/strbuf.h"

#include <stdarg.h>
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
    strbuf_append(b, (struct text){&c, 1});
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
