/* UTF-16 as it comes, part by part, made UTF-8. */
#ifndef COMMON_UTF16_H
#define COMMON_UTF16_H

#include <stdbool.h>
#include <stddef.h>

#include "common/text.h"

enum utf16_order { UTF16_NONE, UTF16_LITTLE, UTF16_BIG };

/* By the byte order mark that `t` begins with. */
enum utf16_order utf16_order_of(struct text t);

struct utf16_step {
    size_t read, written;
};

/* Decodes whole characters from `t` into `size` bytes, U+FFFD for what is none;
 * at the end of everything (`last`) the rest as well. */
enum utf16_extent { UTF16_MORE, UTF16_LAST };
struct utf16_step utf16_decode(struct text t, enum utf16_order order,
                               enum utf16_extent extent, char *out,
                               size_t size);

#endif
