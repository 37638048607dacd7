#include "indexer/machine.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum {
    MEMORY_SHARE = 4,
    HEAP = 256 << 20,      /* bytes of addresses, which cost nothing */
    HEAP_BLOCK = 32 << 20, /* larger ones lie elsewhere; malloc()'s maximum */
    FIRST_BLOCK = 1 << 20
};

unsigned machine_cores(void)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores > 0 ? (unsigned)cores : 1;
}

size_t machine_memory_share(void)
{
    long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
    if (pages <= 0 || size <= 0)
        return ((size_t)1 << 30) / MEMORY_SHARE;
    return (size_t)pages * (size_t)size / MEMORY_SHARE;
}

/* Lets the heap grow once, to more than most runs need, and asks for pages as
 * large as there are as soon as they are written: most of what is looked up at
 * random waits for the processor to find the page. */
static void widen_heap(void)
{
#if defined M_TOP_PAD && defined MADV_HUGEPAGE
    mallopt(M_MMAP_THRESHOLD, HEAP_BLOCK);
    mallopt(M_TRIM_THRESHOLD, 2 * HEAP);
    mallopt(M_TOP_PAD, HEAP);
    char *const from = sbrk(0);
    void *volatile block = malloc(FIRST_BLOCK); /* or it would be left out */
    free(block);
    const size_t size = (size_t)((char *)sbrk(0) - from);
    if (size > 0)
        (void)madvise(from, size, MADV_HUGEPAGE);
#endif
}

void machine_share_heap(void)
{
#ifdef M_ARENA_MAX
    mallopt(M_ARENA_MAX, 1);
#endif
    widen_heap();
}

uint64_t machine_free_disk(const char *path)
{
    struct statvfs disk;
    if (statvfs(path, &disk) != 0)
        return UINT64_MAX;
    return (uint64_t)disk.f_bavail * disk.f_frsize;
}
