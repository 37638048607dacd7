#include "searcher/heap.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
    KEPT = 64 << 20,            /* bytes, of those that are freed */
    ALLOCATED_APART = 32 << 20, /* bytes at once */
    PAD = 128 << 10,            /* bytes more than are wanted; malloc's own */
    LARGE_PAGE = 2 << 20,
    LEFT_MAX = 256 << 10 /* what malloc may have left of what it has got */
};

/* What one query frees, the next one takes: giving it back to the system in
 * between costs a resident searcher more than many queries themselves. */
static void keep_freed_memory(void)
{
    mallopt(M_TRIM_THRESHOLD, KEPT);
    mallopt(M_MMAP_THRESHOLD, ALLOCATED_APART);
}

/* One query takes about a megabyte. Touching its pages for the first time, one
 * after the other, takes longer than the search; a large page is one. Large
 * pages begin where they are aligned, so the heap up to there is given away:
 * it is never touched and takes no memory. */
static void go_on_in_a_large_page(void)
{
    static void *volatile given_away;
    const uintptr_t end = (uintptr_t)sbrk(0);
    const uintptr_t page =
        (end + LEFT_MAX + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
    mallopt(M_TOP_PAD, LARGE_PAGE + LEFT_MAX);
    given_away = malloc(page - end);
    mallopt(M_TOP_PAD, PAD);
    if (given_away && (uintptr_t)sbrk(0) >= page + LARGE_PAGE)
        (void)madvise((void *)page, LARGE_PAGE, MADV_HUGEPAGE);
}

void heap_prepare(void)
{
    keep_freed_memory();
    go_on_in_a_large_page();
}
