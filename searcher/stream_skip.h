/* What a scan may pass over without reading it code by code: sixteen bytes at
 * once, if it is sure that nothing is wanted of them and nothing in them is
 * damaged. Sentences and paragraphs are not seen. Part of the scan. */
#ifndef SEARCHER_STREAM_SKIP_H
#define SEARCHER_STREAM_SKIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "common/eight.h"
#include "common/tokens.h"

enum {
    STREAM_SKIP_WIDTH = 16, /* bytes that are looked at */
    STREAM_SKIP_BEFORE = 2, /* bytes before them that must be there, too */
    STREAM_SKIP_CODES = 12
};

typedef int8_t stream_lanes __attribute__((vector_size(STREAM_SKIP_WIDTH)));

struct stream_skip {
    bool possible;
    /* The last bytes of the wanted codes that have one, and the last two of
     * the others. */
    stream_lanes singles[STREAM_SKIP_CODES];
    stream_lanes lasts[STREAM_SKIP_CODES], befores[STREAM_SKIP_CODES];
    size_t single_count, pair_count;
    int8_t limit;   /* no code of three bytes whose last is lower is damaged */
    int8_t ignored; /* a mark that does not matter */
};

/* `code_count` is that of the leaf index; `caps` says whether marks for
 * capitals matter. */
void stream_skip_init(struct stream_skip *skip, uint32_t code_count, bool caps);

/* That a code is wanted. */
void stream_skip_want(struct stream_skip *skip, uint32_t code);

static inline uint64_t stream_skip_half(stream_lanes lanes, size_t number)
{
    uint64_t halves[2];
    memcpy(halves, &lanes, sizeof halves);
    return le64toh(halves[number]);
}

/* Lanes before the first that is set. */
static inline size_t stream_skip_before(stream_lanes set)
{
    const uint64_t low = stream_skip_half(set, 0);
    return low ? eight_before(low) : 8 + eight_before(stream_skip_half(set, 1));
}

/* How many of the first `most` lanes are set. */
static inline size_t stream_skip_count(stream_lanes set, size_t most)
{
    const uint64_t low = stream_skip_half(set, 0) & EIGHT(EIGHT_TOP);
    if (most < 8)
        return eight_count(low & ((UINT64_C(1) << 8 * most) - 1));
    const uint64_t high = stream_skip_half(set, 1) & EIGHT(EIGHT_TOP);
    const uint64_t rest = most == 16 ? 0 : ~UINT64_C(0) << 8 * (most - 8);
    return eight_count(low) + eight_count(high & ~rest);
}

/* How many bytes at `at`, where a code begins, may be passed over, and how many
 * words they are; 0 if they must be read. */
static inline size_t stream_skip(const struct stream_skip *skip,
                                 const uint8_t *at, uint32_t *words)
{
    stream_lanes now, before, earlier;
    memcpy(&now, at, sizeof now);
    memcpy(&before, at - 1, sizeof before);
    memcpy(&earlier, at - 2, sizeof earlier);
    const stream_lanes third = (before < 0) & (earlier < 0);
    const stream_lanes marks =
        (now >= 0) & (now < TOKENS_FIRST_WORD) & (before >= 0);
    /* A code that is longer than it need be may be a mark. */
    stream_lanes stop =
        ((now == 0) & (before < 0)) |
        (third & ((now < 0) | (now >= skip->limit))) |
        (marks & (now > TOKENS_PARAGRAPH) & (now != skip->ignored));
    for (size_t i = 0; i < skip->single_count; i++)
        stop |= now == skip->singles[i];
    for (size_t i = 0; i < skip->pair_count; i++)
        stop |= (now == skip->lasts[i]) & (before == skip->befores[i]);
    const size_t free = stream_skip_before(stop);
    *words = (uint32_t)stream_skip_count((now >= 0) & ~marks, free);
    size_t width = free;
    while (width > 0 && at[width - 1] >= 0x80)
        width--;
    return width;
}

#endif
