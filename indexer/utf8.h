/* What is valid UTF-8 and what is not, byte by byte (RFC 3629: no overlong
 * forms, no surrogates, nothing over U+10FFFF). */
#ifndef INDEXER_UTF8_H
#define INDEXER_UTF8_H

#include <stddef.h>
#include <stdint.h>

#include "common/strbuf.h"
#include "common/text.h"

#define UTF8_REPLACEMENT "\xef\xbf\xbd" /* U+FFFD */

/* The length of the character that `t` begins with, 0 if it is none. */
size_t utf8_character(struct text t);

/* How many bytes from the start of `t` are valid. */
size_t utf8_valid_length(struct text t);

/* `code` must be a Unicode scalar value. */
void utf8_append(struct strbuf *out, uint32_t code);

#endif
