/* Which bytes of a token stream a scan has to look at, 64 at once: those that
 * end a code that it wants, and those that may be damage. All others it passes
 * over and needs to know no more of than how many words they are. Part of the
 * scan. */
#ifndef SEARCHER_STREAM_STOPS_H
#define SEARCHER_STREAM_STOPS_H

#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "common/tokens.h"

enum {
    STREAM_BLOCK = 64,       /* bytes that are looked at */
    STREAM_BLOCK_BEFORE = 2, /* bytes before them that must be there, too */
    STREAM_LANES = 16,
    STREAM_STOPS_CODES = 16
};

typedef int8_t stream_lanes __attribute__((vector_size(STREAM_LANES)));

struct stream_stops {
    bool everywhere; /* too many codes: all that end a code are shown */
    /* The last bytes of the wanted codes that have one, and the last two of
     * the others. */
    stream_lanes singles[STREAM_STOPS_CODES];
    stream_lanes lasts[STREAM_STOPS_CODES], befores[STREAM_STOPS_CODES];
    size_t single_count, pair_count;
    int8_t limit; /* no code of three bytes whose last is lower is damage */
    int8_t first_mark; /* lower marks do not matter */
    int8_t ignored;    /* a mark that does not matter */
};

/* `code_count` is that of the leaf index; `caps` says whether marks for
 * capitals matter. Those for sentences and paragraphs do not, unless wanted. */
void stream_stops_init(struct stream_stops *stops, uint32_t code_count,
                       bool caps);

/* That a code is wanted, each once. */
void stream_stops_want(struct stream_stops *stops, uint32_t code);

/* Bits by byte, the first byte's lowest. */
struct stream_block {
    uint64_t words; /* ends a word's code; not sure of bytes to stop at */
    uint64_t stops;
};

static inline uint64_t stream_lanes_bits(stream_lanes set)
{
#ifdef __SSE2__
    return (uint16_t)_mm_movemask_epi8((__m128i)set);
#else
    const uint64_t tops = UINT64_C(0x8080808080808080);
    const uint64_t gather = UINT64_C(0x0002040810204081);
    uint64_t halves[2];
    memcpy(halves, &set, sizeof halves);
    return (le64toh(halves[0]) & tops) * gather >> 56 |
           ((le64toh(halves[1]) & tops) * gather >> 56) << 8;
#endif
}

/* Of STREAM_LANES bytes. */
static inline struct stream_block
stream_stops_lanes(const struct stream_stops *stops, const uint8_t *at)
{
    stream_lanes now, before, earlier;
    memcpy(&now, at, sizeof now);
    memcpy(&before, at - 1, sizeof before);
    memcpy(&earlier, at - 2, sizeof earlier);
    const stream_lanes goes_on = before < 0;
    const stream_lanes third = goes_on & (earlier < 0);
    const stream_lanes marks = ((now & -TOKENS_FIRST_WORD) == 0) & ~goes_on;
    stream_lanes wanted = {0};
    for (size_t i = 0; i < stops->single_count; i++)
        wanted |= now == stops->singles[i];
    wanted &= ~goes_on;
    for (size_t i = 0; i < stops->pair_count; i++)
        wanted |= (now == stops->lasts[i]) & (before == stops->befores[i]);
    /* A code that is longer than it need be may be a mark. */
    wanted |= ((now == 0) & goes_on) |
              (third & ((now < 0) | (now >= stops->limit))) |
              (marks & (now >= stops->first_mark) & (now != stops->ignored));
    const uint64_t ends = ~stream_lanes_bits(now) & 0xffff;
    struct stream_block block = {ends & ~stream_lanes_bits(marks),
                                 stream_lanes_bits(wanted)};
    if (stops->everywhere)
        block.stops |= ends;
    return block;
}

/* Of STREAM_BLOCK bytes. */
static inline struct stream_block
stream_stops_block(const struct stream_stops *stops, const uint8_t *at)
{
    struct stream_block block = {0, 0};
    for (unsigned i = 0; i < STREAM_BLOCK; i += STREAM_LANES) {
        const struct stream_block part = stream_stops_lanes(stops, at + i);
        block.words |= part.words << i;
        block.stops |= part.stops << i;
    }
    return block;
}

#endif
