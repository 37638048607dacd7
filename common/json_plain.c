#include "common/json_plain.h"

#include <stdint.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "common/eight.h"

/* GCC's and Clang's vectors: a comparison gives 0 or -1 in each byte. */
typedef signed char sixteen __attribute__((vector_size(16)));

#ifdef __SSE2__
enum { PLAIN_BITS = 1 };

static uint64_t mask_of(sixteen flags)
{
    return (uint64_t)_mm_movemask_epi8((__m128i)flags);
}
#else
enum { PLAIN_BITS = 4 };

/* Half a byte of each: those of the first eight bytes are below the others. */
static uint64_t mask_of(sixteen flags)
{
    uint64_t halves[2], mask = 0;
    memcpy(halves, &flags, sizeof halves);
    for (int i = 0; i < 16; i++) {
        const uint64_t half = le64toh(halves[i / 8]);
        mask |= (half >> (i % 8 * 8) & 0xf) << (i * PLAIN_BITS);
    }
    return mask;
}
#endif

/* Which of the first 16 bytes are special, in as many bits from the lowest up
 * as PLAIN_BITS says for each. */
static uint64_t special_of_sixteen(const char *bytes)
{
    sixteen v;
    memcpy(&v, bytes, sizeof v);
    /* Signed, bytes beyond ASCII are below the blank, too. */
    const sixteen special = (v < ' ') | (v == '"') | (v == '\\') | (v == 0x7f);
    return mask_of(special);
}

/* Of fewer than sixteen bytes; apart, so that the usual case is short. */
static size_t __attribute__((noinline))
plain_of_few(const char *bytes, size_t len)
{
    for (size_t at = 0; at < len; at += sizeof(uint64_t)) {
        const uint64_t special =
            eight_special_in_json(eight_load(bytes + at, len - at));
        const size_t end = at + eight_before(special);
        if (special)
            return end < len ? end : len;
    }
    return len;
}

size_t json_plain_length(struct text t, size_t at)
{
    const size_t from = at;
    for (; t.len - at >= sizeof(sixteen); at += sizeof(sixteen)) {
        const uint64_t special = special_of_sixteen(t.ptr + at);
        if (special)
            return at - from + (size_t)__builtin_ctzll(special) / PLAIN_BITS;
    }
    return at - from + (at < t.len ? plain_of_few(t.ptr + at, t.len - at) : 0);
}
