/* One character of UTF-8, and whether a terminal may be given it. */
#ifndef COMMON_CODEPOINT_H
#define COMMON_CODEPOINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/text.h"

enum { CODEPOINT_REPLACEMENT = 0xfffd };

struct codepoint {
    int32_t value; /* CODEPOINT_REPLACEMENT where invalid */
    size_t length; /* bytes it takes: 1 to 4, 1 where invalid */
    bool valid;
};

/* The first character of `t`, which must not be empty. */
struct codepoint codepoint_first(struct text t);

/* Writes a valid character and gives its length. */
size_t codepoint_write(int32_t value, char out[4]);

/* False for what could act on a terminal or mislead its reader: control
 * characters (C0 with tab and line breaks, DEL, C1), line and paragraph
 * separators, the bidirectional embeddings, overrides and isolates, and the
 * zero-width no-break space. */
bool codepoint_is_safe(int32_t value);

/* Columns of a terminal that it takes: 0, 1 or 2. */
unsigned codepoint_width(int32_t value);

#endif
