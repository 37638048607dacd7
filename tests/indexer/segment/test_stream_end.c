#include "indexer/segment/stream_end.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { DATA_MAX = 200000, STREAM_MAX = 2 * DATA_MAX, RAW = -15 };

static unsigned char data[DATA_MAX], stream[STREAM_MAX], output[DATA_MAX + 1];

static size_t deflated(size_t size, int level, int strategy)
{
    z_stream z = {.next_in = data, .avail_in = (uInt)size};
    cr_assert_eq(deflateInit2(&z, level, Z_DEFLATED, RAW, 9, strategy), Z_OK);
    z.next_out = stream;
    z.avail_out = sizeof stream;
    cr_assert_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
    deflateEnd(&z);
    return z.total_out;
}

/* What comes out of the first `len` bytes; it is compared with the data. */
static size_t inflated(size_t len, int *result)
{
    z_stream z = {.next_in = stream, .avail_in = (uInt)len};
    cr_assert_eq(inflateInit2(&z, RAW), Z_OK);
    z.next_out = output;
    z.avail_out = sizeof output;
    *result = inflate(&z, Z_SYNC_FLUSH);
    inflateEnd(&z);
    cr_assert(memcmp(output, data, z.total_out) == 0);
    return z.total_out;
}

static void is_safe(size_t size, int level, int strategy)
{
    int result;
    size_t len = deflated(size, level, strategy), before = len;
    cr_assert(stream_end_make_safe(stream, &len));
    cr_assert_leq(len, before + STREAM_END_ROOM);
    cr_assert_eq(inflated(len - 1, &result), size,
                 "%zu bytes, level %d, strategy %d", size, level, strategy);
    cr_assert_neq(result, Z_STREAM_END);
    cr_assert_eq(inflated(len, &result), size);
    cr_assert_eq(result, Z_STREAM_END);
}

static void make(size_t size, int letters)
{
    for (size_t i = 0; i < size; i++)
        data[i] = (unsigned char)(rand() % letters);
    for (size_t i = size / 2; i < size && letters % 2; i++)
        data[i] = 'x';
}

Test(stream_end, is_safe_after_any_encoder)
{
    static const size_t sizes[] = {1, 2, 100, 8191, 8193, 70000, DATA_MAX};
    static const int letters[] = {1, 2, 3, 11, 100, 255, 256};
    srand(1);
    for (size_t i = 0; i < 49; i++) {
        make(sizes[i % 7], letters[i / 7]);
        for (int level = 0; level <= 9; level += 3)
            for (int strategy = Z_DEFAULT_STRATEGY; strategy <= Z_FIXED;
                 strategy++)
                is_safe(sizes[i % 7], level, strategy);
    }
}

Test(stream_end, a_stream_that_is_safe_is_left_alone)
{
    srand(2);
    make(20000, 200);
    size_t len = deflated(20000, 6, Z_DEFAULT_STRATEGY), before = len;
    unsigned char *copy = malloc(len);
    memcpy(copy, stream, len);
    cr_assert(stream_end_make_safe(stream, &len));
    cr_assert_eq(len, before);
    cr_assert(memcmp(copy, stream, len) == 0);
    free(copy);
}

Test(stream_end, what_is_no_stream_is_refused)
{
    size_t len = 0;
    cr_assert_not(stream_end_make_safe(stream, &len));
    for (unsigned first = 0; first < 256; first++)
        for (len = 1; len < 40; len++) {
            memset(stream, 0xff, 64);
            stream[0] = (unsigned char)(first | 6);
            size_t kept = len;
            cr_assert_not(stream_end_make_safe(stream, &kept));
        }
}

Test(stream_end, a_stream_cut_short_is_refused)
{
    srand(3);
    make(3000, 2);
    size_t len = deflated(3000, 6, Z_FIXED);
    for (size_t i = 1; i < len; i++) {
        size_t cut = i;
        cr_assert_not(stream_end_make_safe(stream, &cut));
    }
}
