#include "indexer/machine.h"

#include <malloc.h>
#include <stdint.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "common/heap.h"

enum { MEMORY_SHARE = 4, HEAP = 256 << 20 /* bytes; most runs take less */ };

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

void machine_share_heap(void)
{
#ifdef M_ARENA_MAX
    mallopt(M_ARENA_MAX, 1);
#endif
    heap_keep_freed(2 * HEAP);
    heap_go_on_in_large_pages(HEAP);
}

uint64_t machine_free_disk(const char *path)
{
    struct statvfs disk;
    if (statvfs(path, &disk) != 0)
        return UINT64_MAX;
    return (uint64_t)disk.f_bavail * disk.f_frsize;
}
