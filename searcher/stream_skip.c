#include "searcher/stream_skip.h"

#include "common/packed.h"

/* Of these codes none of one or two bytes is damage. */
enum { CODES_MIN = 1 << 14 };

void stream_skip_init(struct stream_skip *skip, uint32_t code_count, bool caps)
{
    const uint32_t limit = code_count / CODES_MIN;
    *skip = (struct stream_skip){
        .possible = limit > 0,
        .limit = limit < INT8_MAX ? (int8_t)limit : INT8_MAX,
        .ignored = caps ? -1 : TOKENS_CAPS,
    };
}

static stream_lanes fill(uint8_t byte)
{
    stream_lanes lanes;
    memset(&lanes, byte, sizeof lanes);
    return lanes;
}

void stream_skip_want(struct stream_skip *skip, uint32_t code)
{
    uint8_t bytes[PACKED_UINT64_MAX];
    const uint8_t *last = packed_put_varint(bytes, code) - 1;
    if (skip->single_count + skip->pair_count == STREAM_SKIP_CODES) {
        skip->possible = false;
    } else if (last == bytes) {
        skip->singles[skip->single_count++] = fill(*last);
    } else {
        skip->lasts[skip->pair_count] = fill(*last);
        skip->befores[skip->pair_count++] = fill(last[-1]);
    }
}
