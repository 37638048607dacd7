/* The bytes of a source: a plain file, a gzip file of any number of members, a
 * file in UTF-16 (given out in UTF-8, with its byte order mark), or standard
 * input; which of them is seen by its first bytes, not its name.
 *
 * A request to stop (interrupt.h) that comes while it waits is STATUS_IO.
 *
 * Life cycle: input_open(), input_read() until it gives 0 bytes, input_free().
 * Memory is bounded whatever the source. */
#ifndef COMMON_INPUT_H
#define COMMON_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/text.h"
#include "common/timestamp.h"

struct input;

/* `path` "-" is standard input. STATUS_IO if it cannot be opened or is a
 * folder. */
enum status input_open(struct input **out, const char *path, struct error *err)
    NODISCARD;

/* Goes on in a file at a place that input_place() gave for it. */
struct input_place {
    uint64_t raw;     /* byte of the file, as it is stored */
    uint64_t content; /* byte of what it says, when decoded */
};
enum status input_open_at(struct input **out, const char *path,
                          const struct input_place *place, struct error *err)
    NODISCARD;

/* `bytes` are borrowed as long as the input lives; never NULL. */
struct input *input_from_memory(struct text bytes, const char *name) NODISCARD;

/* Bytes from somewhere else, such as a member of a container. */
struct input_stream {
    /* Up to `size` bytes; 0 at the end. */
    enum status (*read)(void *context, char *to, size_t size, size_t *got,
                        struct error *err);
    void *context; /* borrowed as long as the input lives */
    timestamp modified;
};

/* `depth` containers are around it. */
struct input *input_from_stream(const struct input_stream *stream,
                                const char *name, unsigned depth) NODISCARD;
unsigned input_depth(const struct input *in); /* 0 for all others */

void input_free(struct input *in);
DEFINE_AUTO(input);

/* The next bytes, at least one unless at the end, where `out->len` is 0;
 * borrowed until the next call. A gzip member that ends too early or is
 * damaged, and junk after the last one, is STATUS_SOURCE with its offset in the
 * compressed file, after everything before it was delivered; no more comes
 * after that. */
enum status input_read(struct input *in, struct text *out, struct error *err)
    NODISCARD;

/* Looks ahead without consuming: up to `wanted` bytes, fewer only at the end
 * or where the next read will fail. Borrowed until the next read or peek. */
enum { INPUT_PEEK_MAX = 64 << 10 };
struct text input_peek(struct input *in, size_t wanted);

/* After STATUS_SOURCE, a stable word: "truncated-gzip", "damaged-gzip" or
 * "junk-after-gzip"; else NULL. */
const char *input_fault(const struct input *in);

/* Where in the source the next byte is: in a gzip file, where the member that
 * it is in begins. What input_read() gives is never of two members. */
uint64_t input_offset(struct input *in);
bool input_is_gzip(const struct input *in);

/* After a fault that was told of: goes on at the next gzip member. False if
 * there is none. */
bool input_resume(struct input *in);

/* Where what was delivered so far ends, `content` bytes of it from the
 * beginning of the file. False where nobody could go on: in UTF-16, and in a
 * gzip file anywhere but after its last member. */
bool input_place(const struct input *in, uint64_t content,
                 struct input_place *out);

/* When the file, or the member of a container, was last changed;
 * TIMESTAMP_UNKNOWN where there is none. */
timestamp input_modified(const struct input *in);

const char *input_path(const struct input *in); /* as given */
uint64_t input_bytes(const struct input *in);   /* read from the source */

#endif
