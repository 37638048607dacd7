/* Deflated tags that libxapian can read back.
 *
 * libxapian (1.4.22 at least) inflates a tag part by part through a window of
 * 8192 bytes, and when the last part's input is used up it takes "no input
 * left" for "no output left": get_data() then throws DatabaseCorruptError.
 * Example: 8193 times 'a', written by libxapian itself.
 *
 * No output can be pending, wherever the stream is cut, now or by a later
 * compaction, if its last byte holds nothing but bits of the code that ends
 * the last block. */
#ifndef INDEXER_SEGMENT_STREAM_END_H
#define INDEXER_SEGMENT_STREAM_END_H

#include <stdbool.h>
#include <stddef.h>

#include "common/compiler.h"

enum {
    STREAM_END_WINDOW = 8192, /* shorter data can be read in any case */
    STREAM_END_ROOM = 2       /* bytes that may be added */
};

/* Sees to it that this is so: where it is not plain to see, the last block of
 * the raw deflate stream becomes one but last, and an empty one follows.
 * `*len` then grows by up to STREAM_END_ROOM bytes, for which there must be
 * room. False if it is no deflate stream. */
bool stream_end_make_safe(unsigned char *stream, size_t *len) NODISCARD;

#endif
