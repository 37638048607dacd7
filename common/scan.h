/* The parts of a line whose format is strict: each function steps over what it
 * takes from the start of `*line`, or leaves it alone and returns false. */
#ifndef COMMON_SCAN_H
#define COMMON_SCAN_H

#include <stdbool.h>
#include <stdint.h>

#include "common/compiler.h"
#include "common/text.h"

bool scan_literal(struct text *line, const char *literal) NODISCARD;

/* Decimal digits without sign and leading zeros, at most `max`. `*out` is
 * untouched on failure. */
bool scan_number(struct text *line, uint64_t max, uint64_t *out) NODISCARD;

#endif
