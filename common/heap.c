#include "common/heap.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
    ALLOCATED_APART = 32 << 20, /* bytes at once; malloc()'s maximum */
    PAD = 128 << 10,            /* bytes more than are wanted; malloc()'s own */
    LARGE_PAGE = 2 << 20,
    LEFT_MAX = 256 << 10 /* what malloc() may have left of what it has got */
};

void heap_keep_freed(size_t kept)
{
#ifdef M_TRIM_THRESHOLD
    mallopt(M_TRIM_THRESHOLD, (int)kept);
    mallopt(M_MMAP_THRESHOLD, ALLOCATED_APART);
#else
    (void)kept;
#endif
}

/* Large pages begin where they are aligned, so the heap up to there is given
 * away: it is never touched and takes no memory. */
void heap_go_on_in_large_pages(size_t size)
{
#if defined M_TOP_PAD && defined MADV_HUGEPAGE
    static void *volatile given_away;
    const uintptr_t end = (uintptr_t)sbrk(0);
    const uintptr_t page =
        (end + LEFT_MAX + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
    mallopt(M_TOP_PAD, (int)size + LEFT_MAX);
    given_away = malloc(page - end);
    mallopt(M_TOP_PAD, PAD);
    if (given_away && (uintptr_t)sbrk(0) >= page + size)
        (void)madvise((void *)page, size, MADV_HUGEPAGE);
#else
    (void)size;
#endif
}
