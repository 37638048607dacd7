/* How whole numbers are packed in the project's own files: LEB128 varints
 * (seven bits a byte, low ones first, the high bit of all bytes but the last
 * set) and little-endian numbers of a fixed count of bytes. */
#ifndef COMMON_PACKED_H
#define COMMON_PACKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/compiler.h"

enum {
    PACKED_VARINT_MAX = 5, /* bytes of what is read back; enough for 35 bits */
    PACKED_UINT64_MAX = 10 /* bytes of the longest that is written */
};

/* Writes `value` at `at`; returns where it ends. */
static inline uint8_t *packed_put_varint(uint8_t *at, uint64_t value)
{
    while (value >= 0x80) {
        *at++ = (uint8_t)(value | 0x80);
        value >>= 7;
    }
    *at++ = (uint8_t)value;
    return at;
}

/* Reads a varint of at most PACKED_VARINT_MAX bytes and moves `*at` behind it;
 * false, and nothing changed, if it does not end before `end`. */
NODISCARD static inline bool
packed_get_varint(const uint8_t **at, const uint8_t *end, uint64_t *out)
{
    uint64_t value = 0;
    const uint8_t *p = *at;
    for (unsigned shift = 0; shift < 7 * PACKED_VARINT_MAX; shift += 7) {
        if (p == end)
            return false;
        value |= (uint64_t)(*p & 0x7f) << shift;
        if (*p++ < 0x80) {
            *at = p;
            *out = value;
            return true;
        }
    }
    return false;
}

/* `width` bytes, little-endian. */
static inline void packed_put_fixed(uint8_t *at, unsigned width, uint64_t value)
{
    for (unsigned i = 0; i < width; i++)
        at[i] = (uint8_t)(value >> (8 * i));
}

static inline uint64_t packed_get_fixed(const uint8_t *at, unsigned width)
{
    uint64_t value = 0;
    for (unsigned i = 0; i < width; i++)
        value |= (uint64_t)at[i] << (8 * i);
    return value;
}

/* The bytes that every number up to `largest` fits in; at least 1. */
static inline unsigned packed_width(uint64_t largest)
{
    unsigned width = 1;
    while (width < 8 && largest >> (8 * width) != 0)
        width++;
    return width;
}

#endif
