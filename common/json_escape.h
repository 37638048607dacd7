/* The \uXXXX escapes of JSON: code units of UTF-16, a character beyond U+FFFF
 * being two of them, a high and a low one. */
#ifndef COMMON_JSON_ESCAPE_H
#define COMMON_JSON_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/text.h"

enum { JSON_ESCAPE_DIGITS = 4, JSON_ESCAPE_NONE = -1 };

/* The code unit of the four hexadecimal digits at byte `at`. */
int32_t json_escape_unit(struct text t, size_t at);

bool json_escape_is_high(int32_t unit);
bool json_escape_is_low(int32_t unit);

#endif
