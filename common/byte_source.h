/* Where the bytes of an input come from: a file, standard input, memory, or a
 * stream. Part of the input.
 *
 * Life cycle: one of the first three, byte_source_read() until it gives 0
 * bytes, byte_source_done(). */
#ifndef COMMON_BYTE_SOURCE_H
#define COMMON_BYTE_SOURCE_H

#include <stddef.h>
#include <stdint.h>

#include "common/compiler.h"
#include "common/error.h"
#include "common/input.h"
#include "common/text.h"
#include "common/timestamp.h"

struct byte_source {
    char *path; /* owned */
    int fd;     /* -1: it is in memory, or a stream */
    struct input_stream stream;
    struct text memory; /* what is left of it */
    uint64_t bytes;     /* read so far */
    timestamp modified; /* as of the input */
};

/* `path` "-" is standard input. */
enum status byte_source_open(struct byte_source *out, const char *path,
                             struct error *err) NODISCARD;
struct byte_source byte_source_of_memory(struct text bytes, const char *name);
struct byte_source byte_source_of_stream(const struct input_stream *stream,
                                         const char *name);
void byte_source_done(struct byte_source *s);

/* Goes to a byte of a file. */
enum status byte_source_seek(struct byte_source *s, uint64_t byte,
                             struct error *err) NODISCARD;

/* Up to `size` bytes; 0 at the end. */
enum status byte_source_read(struct byte_source *s, char *to, size_t size,
                             size_t *got, struct error *err) NODISCARD;

#endif
