#include "indexer/segment/stream_end.h"

#include <stdint.h>
#include <zlib.h>

/* --- what is plain to see ------------------------------------------------ */

/* RFC 1951, 3.2.7: how a block says the lengths of its codes. */
enum {
    DYNAMIC_LAST = 5, /* the first three bits: last block, codes of its own */
    LENGTH_CODES = 19,
    LENGTH_BITS_MAX = 7,
    COPY = 16,  /* the code before once more, 3 to 6 times */
    ZEROS = 17, /* 3 to 10 zeros */
    MANY_ZEROS = 18,
    END_CODE = 256
};

struct bits {
    const unsigned char *bytes;
    size_t at, count; /* in bits */
};

static unsigned take(struct bits *b, unsigned count)
{
    unsigned value = 0;
    for (unsigned i = 0; i < count && b->at < b->count; i++, b->at++)
        value |= ((unsigned)b->bytes[b->at / 8] >> b->at % 8 & 1u) << i;
    return value;
}

/* A canonical Huffman code: how many codes of each length there are, and their
 * symbols, by length and then by number. */
struct lengths_code {
    unsigned count[LENGTH_BITS_MAX + 1];
    unsigned char symbols[LENGTH_CODES];
};

static void read_lengths_code(struct bits *b, unsigned given,
                              struct lengths_code *out)
{
    static const unsigned char order[LENGTH_CODES] = {
        16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    unsigned char lengths[LENGTH_CODES] = {0};
    size_t used = 0;
    for (unsigned i = 0; i < given && i < LENGTH_CODES; i++)
        lengths[order[i]] = (unsigned char)take(b, 3);
    *out = (struct lengths_code){.count = {0}};
    for (unsigned len = 1; len <= LENGTH_BITS_MAX; len++)
        for (unsigned symbol = 0; symbol < LENGTH_CODES; symbol++)
            if (lengths[symbol] == len) {
                out->count[len]++;
                out->symbols[used++] = (unsigned char)symbol;
            }
}

static unsigned take_symbol(struct bits *b, const struct lengths_code *code)
{
    unsigned value = 0, first = 0, before = 0;
    for (unsigned len = 1; len <= LENGTH_BITS_MAX; len++) {
        value = value << 1 | take(b, 1);
        first <<= 1;
        if (value < first + code->count[len])
            return code->symbols[before + value - first];
        first += code->count[len];
        before += code->count[len];
    }
    return 0;
}

/* The length of the code that ends the block, if the stream is one block with
 * codes of its own; else 0. */
static unsigned end_code_length(const unsigned char *stream, size_t len)
{
    struct bits b = {stream, 0, 8 * len};
    struct lengths_code code;
    if (take(&b, 3) != DYNAMIC_LAST)
        return 0;
    take(&b, 5 + 5); /* the numbers of codes: END_CODE is always there */
    read_lengths_code(&b, take(&b, 4) + 4, &code);
    unsigned last = 0;
    for (unsigned number = 0; number <= END_CODE;) {
        unsigned symbol = take_symbol(&b, &code), times = 1;
        if (symbol == COPY)
            times = 3 + take(&b, 2);
        else if (symbol == ZEROS)
            times = 3 + take(&b, 3);
        else if (symbol == MANY_ZEROS)
            times = 11 + take(&b, 7);
        if (symbol != COPY)
            last = symbol < COPY ? symbol : 0;
        number += times;
    }
    return last;
}

/* --- what is not ---------------------------------------------------------- */

enum {
    RAW = -15, /* zlib's sign for no header */
    OUTPUT = 1 << 16,
    UNUSED_BITS = 63,     /* in data_type, see inflate() in zlib.h */
    LAST_BLOCK = 64,      /* it is in the last block */
    END_OF_BLOCK = 128,   /* it has just ended a block */
    EMPTY_BLOCK = 3,      /* final, fixed codes; then 7 zero bits end it */
    EMPTY_BLOCK_BITS = 10 /* more than a byte: the last byte has no others */
};

/* Bits from the start of the stream. */
struct last_block {
    uint64_t begin, end;
};

/* The output is not wanted: only how far the input has been read. */
static bool find_in(z_stream *z, struct last_block *out)
{
    static _Thread_local unsigned char output[OUTPUT];
    for (;;) {
        z->next_out = output;
        z->avail_out = sizeof output;
        if (inflate(z, Z_BLOCK) != Z_OK)
            return false;
        if (!(z->data_type & END_OF_BLOCK))
            continue;
        out->end =
            8 * (uint64_t)z->total_in - (uint64_t)(z->data_type & UNUSED_BITS);
        if (z->data_type & LAST_BLOCK)
            return true;
        out->begin = out->end;
    }
}

static bool find_last_block(unsigned char *stream, size_t len,
                            struct last_block *out)
{
    z_stream z = {.next_in = stream, .avail_in = (uInt)len};
    *out = (struct last_block){0, 0};
    if (len != z.avail_in || inflateInit2(&z, RAW) != Z_OK)
        return false;
    bool found = find_in(&z, out);
    inflateEnd(&z);
    return found;
}

bool stream_end_make_safe(unsigned char *stream, size_t *len)
{
    struct last_block last;
    if (end_code_length(stream, *len) >= 8)
        return true;
    if (!find_last_block(stream, *len, &last))
        return false;
    stream[last.begin / 8] &= (unsigned char)~(1u << last.begin % 8);
    size_t at = (size_t)(last.end / 8);
    unsigned used = last.end % 8;
    unsigned kept = used > 0 ? stream[at] & ((1u << used) - 1) : 0;
    unsigned bits = kept | (unsigned)EMPTY_BLOCK << used;
    *len = (size_t)((last.end + EMPTY_BLOCK_BITS + 7) / 8);
    for (; at < *len; at++, bits >>= 8)
        stream[at] = (unsigned char)bits;
    return true;
}
