/* What is packed: tar and zip, and anything compressed by zstd, xz or bzip2, of
 * which the packed file is the one member. Its members in a row, each as an
 * input. Nothing is written to disk, so that names such as "../x" do no harm.
 *
 * libarchive is loaded by the first container, because what it needs itself
 * would take half of the time that a search starts in.
 *
 * Life cycle: container_new(), container_next() until STATUS_END,
 * container_free(). */
#ifndef COMMON_CONTAINER_H
#define COMMON_CONTAINER_H

#include <stdbool.h>
#include <stdint.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/input.h"
#include "common/text.h"

/* What is unpacked may be `ratio` times larger than what is packed once it is
 * larger than `free_bytes`: more is a bomb. */
struct container_limits {
    uint64_t depth, ratio, free_bytes, members;
};
#define CONTAINER_LIMITS                                                       \
    (struct container_limits)                                                  \
    {                                                                          \
        .depth = 3, .ratio = 400, .free_bytes = 64 << 20, .members = 50000000  \
    }

struct container;

/* Whether what begins with `head` is one. */
bool container_recognise(struct text head);

/* `in` is borrowed. STATUS_SOURCE if there are too many containers around it;
 * STATUS_IO if there is no libarchive. */
enum status container_new(struct container **out, struct input *in,
                          const struct container_limits *limits,
                          struct error *err) NODISCARD;
void container_free(struct container *c);
DEFINE_AUTO(container);

/* The next member that is a file and not hidden, to be freed before the next
 * call. Its path is the container's, '/' and its name, as UTF-8; that of a file
 * that is only compressed is the container's. STATUS_SOURCE: damaged. */
enum status container_next(struct container *c, struct input **out,
                           struct error *err) NODISCARD;

/* After STATUS_SOURCE, of this or of a member's input: nothing more comes. */
bool container_is_lost(const struct container *c);

#endif
