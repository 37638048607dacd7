#include "common/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { POPULATED_MIN = 1 << 18 }; /* bytes; less is not worth a call */

void mem_exhausted(size_t size)
{
    fprintf(stderr, "morgue: out of memory (%zu bytes wanted)\n", size);
    exit(2);
}

void *mem_alloc(size_t size)
{
    void *p = malloc(size ? size : 1);
    if (!p)
        mem_exhausted(size);
    return p;
}

void *mem_zeroed(size_t count, size_t size)
{
    void *p = calloc(count ? count : 1, size ? size : 1);
    if (!p)
        mem_exhausted(count);
    return p;
}

void *mem_resize(void *old, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        mem_exhausted(SIZE_MAX);
    void *p = realloc(old, bytes ? bytes : 1);
    if (!p)
        mem_exhausted(bytes);
    return p;
}

void mem_populate(void *p, size_t size)
{
#ifdef MADV_POPULATE_WRITE
    if (size < POPULATED_MIN)
        return;
    const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    const uintptr_t from = ((uintptr_t)p + page - 1) / page * page;
    const uintptr_t end = ((uintptr_t)p + size) / page * page;
    if (from < end)
        (void)madvise((void *)from, end - from, MADV_POPULATE_WRITE);
#else
    (void)p, (void)size;
#endif
}

char *mem_copy_string(const char *bytes, size_t len)
{
    char *copy = mem_alloc(len + 1);
    if (len > 0)
        memcpy(copy, bytes, len);
    copy[len] = '\0';
    return copy;
}
