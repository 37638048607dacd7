/* A growing run of bytes with a maximum.
 *
 * Life cycle: STRBUF_INIT(max) or strbuf_init(), any number of appends and
 * resets, strbuf_done(). `ptr` is never NULL and always NUL-terminated after
 * the first append; the content may hold NUL bytes.
 *
 * An append that would exceed `max` bytes changes nothing and sets
 * `overflowed`, which stays set until strbuf_reset(): a caller that builds a
 * thing of many parts checks once, at its end. */
#ifndef COMMON_STRBUF_H
#define COMMON_STRBUF_H

#include <stdbool.h>
#include <stddef.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/text.h"

struct strbuf {
    char *ptr;
    size_t len, capacity, max;
    bool overflowed;
};

#define STRBUF_INIT(maximum)                                                   \
    {                                                                          \
        NULL, 0, 0, (maximum), false                                           \
    }

void strbuf_init(struct strbuf *b, size_t max);
void strbuf_done(struct strbuf *b);
void strbuf_reset(struct strbuf *b); /* empty; keeps its memory */

void strbuf_append(struct strbuf *b, struct text t);
void strbuf_append_char(struct strbuf *b, char c);
void strbuf_append_string(struct strbuf *b, const char *string);
void strbuf_append_format(struct strbuf *b, const char *format, ...)
    PRINTF_LIKE(2, 3);

/* As printf's %.*f; `value` must be finite. */
void strbuf_append_decimal(struct strbuf *b, double value, int decimals);

/* Room for `len` more bytes behind the content, to be written by the caller
 * and then counted by adding to b->len; NULL if that would exceed max. */
char *strbuf_reserve(struct strbuf *b, size_t len);

/* Cuts to `len` bytes; longer than the content does nothing. */
void strbuf_truncate(struct strbuf *b, size_t len);

/* Borrowed until the next change of `b`. */
struct text strbuf_text(const struct strbuf *b);
const char *strbuf_string(const struct strbuf *b);

DEFINE_AUTO_DONE(strbuf);

#endif
