/* How malloc() gets memory from the system. */
#ifndef COMMON_HEAP_H
#define COMMON_HEAP_H

#include <stddef.h>

/* Blocks of up to 32 MiB are taken from the heap, and `kept` bytes of what is
 * freed are not given back: getting them anew costs more than it saves. Once,
 * before anything much is allocated. */
void heap_keep_freed(size_t kept);

/* What is allocated next, up to `size` bytes (whole MiB, an even number of
 * them), lies in large pages where the kernel has them: touching small ones for
 * the first time, and finding them later, takes longer than much of the work.
 * Addresses are taken at once, memory only as it is written. After
 * heap_keep_freed(). */
void heap_go_on_in_large_pages(size_t size);

#endif
