/* Eight bytes at once, in one integer, first byte lowest. Results mark a byte
 * by its top bit. */
#ifndef COMMON_EIGHT_H
#define COMMON_EIGHT_H

#include <endian.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define EIGHT(byte) (UINT64_C(0x0101010101010101) * (byte))

enum { EIGHT_TOP = 0x80 };

/* Missing bytes are zero. */
static inline uint64_t eight_load(const char *bytes, size_t left)
{
    uint64_t value = 0;
    if (left >= sizeof value)
        memcpy(&value, bytes, sizeof value);
    else if (left > 0)
        memcpy(&value, bytes, left);
    return le64toh(value);
}

static inline uint64_t eight_beyond_ascii(uint64_t bytes)
{
    return bytes & EIGHT(EIGHT_TOP);
}

/* The ASCII bytes from `from` to `to`. */
static inline uint64_t eight_in_range(uint64_t bytes, unsigned from,
                                      unsigned to)
{
    uint64_t low = bytes & EIGHT(0x7f);
    return (low + EIGHT(0x80 - from)) & ~(low + EIGHT(0x7f - to)) & ~bytes &
           EIGHT(EIGHT_TOP);
}

/* Bytes before the first that is marked; 8 if none is. */
static inline size_t eight_before(uint64_t marked)
{
    return marked ? (size_t)__builtin_ctzll(marked) / 8 : 8;
}

/* ASCII white space. */
static inline uint64_t eight_blank(uint64_t bytes)
{
    return eight_in_range(bytes, '\t', '\r') | eight_in_range(bytes, ' ', ' ');
}

/* Control characters, DEL included, quotes, backslashes, and all beyond ASCII:
 * what cannot simply be copied out of a JSON string or into it. */
static inline uint64_t eight_special_in_json(uint64_t bytes)
{
    return eight_in_range(bytes, 0, 0x1f) | eight_in_range(bytes, '"', '"') |
           eight_in_range(bytes, '\\', '\\') |
           eight_in_range(bytes, 0x7f, 0x7f) | eight_beyond_ascii(bytes);
}

static inline size_t eight_count(uint64_t marked)
{
    return (size_t)((marked >> 7) * EIGHT(1) >> 56);
}

#endif
