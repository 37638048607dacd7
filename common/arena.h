/* Memory for things that die together: an article, a query, a hit.
 *
 * Life cycle: arena_init() or ARENA_INIT, any number of allocations,
 * arena_reset() to start again with the same memory, arena_done(). Nothing is
 * freed singly. What is allocated is valid until reset or done. Not for use by
 * several threads at once. */
#ifndef COMMON_ARENA_H
#define COMMON_ARENA_H

#include <stddef.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/text.h"

struct arena_block;

struct arena {
    struct arena_block *blocks; /* newest first */
    size_t used;                /* bytes handed out since the last reset */
};

#define ARENA_INIT                                                             \
    {                                                                          \
        NULL, 0                                                                \
    }

void arena_init(struct arena *a);
void arena_done(struct arena *a);

/* Frees all blocks but the largest, which is used again. */
void arena_reset(struct arena *a);

/* Aligned for any type; not zeroed. */
void *arena_alloc(struct arena *a, size_t size) NODISCARD;

/* `count` elements of `size` bytes, all zero. */
void *arena_zeroed(struct arena *a, size_t count, size_t size) NODISCARD;

/* A copy with a NUL byte behind it, which the length does not count. */
struct text arena_text(struct arena *a, struct text t) NODISCARD;

DEFINE_AUTO_DONE(arena);

#endif
