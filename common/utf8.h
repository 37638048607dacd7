/* UTF-8, byte by byte and never past the end. Valid means as Unicode has it:
 * shortest form, no surrogates, nothing above U+10FFFF. */
#ifndef COMMON_UTF8_H
#define COMMON_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/strbuf.h"
#include "common/text.h"

enum { UTF8_LENGTH_MAX = 4 };

#define UTF8_REPLACEMENT "\xef\xbf\xbd" /* U+FFFD */

/* What utf8_decode() yields for bytes that are no character. */
#define UTF8_INVALID UINT32_MAX

/* The character at byte `at` (at < t.len), its length in bytes in *length.
 * For UTF8_INVALID that is the longest part that could have begun one (at
 * least 1), so that each such part counts as one, as Unicode recommends. */
uint32_t utf8_decode(struct text t, size_t at, size_t *length);

/* Writes a valid code point; returns its length in bytes. */
size_t utf8_encode(uint32_t code_point, char out[UTF8_LENGTH_MAX]);

void utf8_append(struct strbuf *out, uint32_t code_point);

/* The length of the character that `t` begins with, 0 if it is none. */
size_t utf8_character(struct text t);

/* How many bytes from the start of `t` are valid. */
size_t utf8_valid_length(struct text t);

bool utf8_is_valid(struct text t);

/* Without the byte order mark that it may begin with. */
struct text utf8_without_mark(struct text t);

/* The longest prefix of valid text of at most `max` bytes that ends at a
 * character's edge. */
struct text utf8_cut(struct text t, size_t max);

#endif
