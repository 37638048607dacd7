/* Checked allocation: the one place where running out of memory ends the
 * program (message on stderr, exit status 2). This is honest because a kill
 * at any moment must be harmless to an archive anyway.
 *
 * What these return is released with free(). */
#ifndef COMMON_MEM_H
#define COMMON_MEM_H

#include <stddef.h>

#include "common/compiler.h"

/* `size` 0 gives a pointer that may be freed. */
void *mem_alloc(size_t size) NODISCARD;

/* `count` elements of `size` bytes, all zero; the product is checked. */
void *mem_zeroed(size_t count, size_t size) NODISCARD;

/* `old` may be NULL. The content up to the smaller size is kept. */
void *mem_resize(void *old, size_t count, size_t size) NODISCARD;

/* Makes pages that are about to be written, all at once where the kernel can: a
 * fault for each costs several times as much. The content stays. */
void mem_populate(void *p, size_t size);

/* A copy of `len` bytes with a NUL byte behind them. */
char *mem_copy_string(const char *bytes, size_t len) NODISCARD;

/* Ends the program as if an allocation of `size` bytes had failed. */
void mem_exhausted(size_t size) NORETURN;

/* Makes room for element number `count` (from 0) in a growing array. */
#define MEM_GROW(array, count, capacity)                                       \
    do {                                                                       \
        if ((count) == (capacity)) {                                           \
            (capacity) = (capacity) ? (capacity)*2 : 16;                       \
            (array) = mem_resize((array), (capacity), sizeof *(array));        \
        }                                                                      \
    } while (0)

#endif
