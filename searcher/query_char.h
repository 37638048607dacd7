/* A character of a query, read as its plain form. */
#ifndef SEARCHER_QUERY_CHAR_H
#define SEARCHER_QUERY_CHAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/text.h"

/* Characters that are not seen (zero-width space, byte order mark, soft
 * hyphen, direction marks) are read as this one. */
enum { QUERY_CHAR_INVISIBLE = -1, QUERY_CHAR_END = -2 };

/* The plain form of the character at byte `at` of valid UTF-8, and its length
 * in bytes; QUERY_CHAR_END and 0 at the end. All white space is ' ', all
 * double quotes are '"', all hyphens '-', full-width characters narrow. */
int32_t query_char_at(struct text t, size_t at, size_t *length);

/* Whether a character of plain form `c` is in it. */
bool query_char_in(struct text t, int32_t c);

#endif
