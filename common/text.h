/* A borrowed run of bytes: pointer and length, passed by value. It owns
 * nothing, may hold NUL bytes, need not end in one, and is valid as long as
 * whatever it was taken from. The empty text may have a NULL pointer. */
#ifndef COMMON_TEXT_H
#define COMMON_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct text {
    const char *ptr;
    size_t len;
};

/* From a string literal; usable in static initialisers. */
#define TEXT(literal)                                                          \
    {                                                                          \
        "" literal, sizeof(literal) - 1                                        \
    }

/* For printf("%.*s", TEXT_ARG(t)); at most INT_MAX bytes. */
#define TEXT_ARG(t) (int)(t).len, (t).ptr

struct text text_make(const char *ptr, size_t len);
struct text text_from(const char *string); /* NULL gives the empty text */
bool text_equal(struct text a, struct text b);
bool text_is(struct text a, const char *string);
bool text_starts_with(struct text a, struct text prefix);

/* The same whether letters of ASCII are capitals or not. */
bool text_is_in_any_case(struct text a, const char *string);
bool text_starts_in_any_case(struct text a, const char *prefix);

bool text_contains(struct text t, const char *part);
bool text_is_one_of(struct text t, const char *const *list); /* NULL-ended */

/* Byte order, shorter first: < 0, 0, > 0. */
int text_compare(struct text a, struct text b);

/* The part from byte `from` of at most `len` bytes; ends are clamped. */
struct text text_slice(struct text t, size_t from, size_t len);

/* Without ASCII white space at both ends. */
struct text text_trim(struct text t);

/* Takes everything before the first `separator` off `*rest` and steps over
 * the separator; false when `*rest` was already used up (ptr NULL). */
bool text_split(struct text *rest, char separator, struct text *out);

#endif
