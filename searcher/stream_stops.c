#include "searcher/stream_stops.h"

#include "common/packed.h"

/* Of these codes none of one or two bytes is damage. */
enum { CODES_MIN = 1 << 14 };

void stream_stops_init(struct stream_stops *stops, uint32_t code_count,
                       bool caps)
{
    const uint32_t limit = code_count / CODES_MIN;
    *stops = (struct stream_stops){
        .everywhere = limit == 0,
        .limit = limit < INT8_MAX ? (int8_t)limit : INT8_MAX,
        .first_mark = TOKENS_BODY,
        .ignored = caps ? -1 : TOKENS_CAPS,
    };
}

static stream_lanes fill(uint8_t byte)
{
    stream_lanes lanes;
    memset(&lanes, byte, sizeof lanes);
    return lanes;
}

void stream_stops_want(struct stream_stops *stops, uint32_t code)
{
    uint8_t bytes[PACKED_UINT64_MAX];
    const uint8_t *last = packed_put_varint(bytes, code) - 1;
    if (code < TOKENS_FIRST_WORD) {
        if ((int8_t)code < stops->first_mark)
            stops->first_mark = (int8_t)code;
    } else if (stops->single_count + stops->pair_count == STREAM_STOPS_CODES) {
        stops->everywhere = true;
    } else if (last == bytes) {
        stops->singles[stops->single_count++] = fill(*last);
    } else {
        stops->lasts[stops->pair_count] = fill(*last);
        stops->befores[stops->pair_count++] = fill(last[-1]);
    }
}
