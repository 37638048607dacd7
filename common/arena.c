#include "common/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"

enum { ALIGNMENT = 16, FIRST_BLOCK = 8192, LARGEST_STEP = 1 << 20 };

struct arena_block {
    struct arena_block *next;
    size_t size, used;
    _Alignas(ALIGNMENT) char bytes[];
};

void arena_init(struct arena *a)
{
    *a = (struct arena)ARENA_INIT;
}

static void free_blocks(struct arena_block *block)
{
    while (block) {
        struct arena_block *next = block->next;
        free(block);
        block = next;
    }
}

void arena_done(struct arena *a)
{
    free_blocks(a->blocks);
    arena_init(a);
}

void arena_reset(struct arena *a)
{
    struct arena_block *kept = a->blocks;
    for (struct arena_block *b = a->blocks; b; b = b->next)
        if (b->size > kept->size)
            kept = b;
    for (struct arena_block *b = a->blocks, *next; b; b = next) {
        next = b->next;
        if (b != kept)
            free(b);
    }
    if (kept) {
        kept->next = NULL;
        kept->used = 0;
    }
    *a = (struct arena){kept, 0};
}

static struct arena_block *add_block(struct arena *a, size_t size)
{
    size_t wanted = a->blocks ? a->blocks->size * 2 : FIRST_BLOCK;
    if (wanted > LARGEST_STEP)
        wanted = LARGEST_STEP;
    if (wanted < size)
        wanted = size;
    struct arena_block *block = mem_alloc(sizeof *block + wanted);
    mem_populate(block, sizeof *block + wanted);
    block->next = a->blocks;
    block->size = wanted;
    block->used = 0;
    a->blocks = block;
    return block;
}

void *arena_alloc(struct arena *a, size_t size)
{
    if (size > SIZE_MAX / 2)
        mem_exhausted(size);
    size_t rounded = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    struct arena_block *block = a->blocks;
    if (!block || block->size - block->used < rounded)
        block = add_block(a, rounded);
    void *p = block->bytes + block->used;
    block->used += rounded;
    a->used += rounded;
    return p;
}

void *arena_zeroed(struct arena *a, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        mem_exhausted(SIZE_MAX);
    void *p = arena_alloc(a, bytes);
    memset(p, 0, bytes);
    return p;
}

struct text arena_text(struct arena *a, struct text t)
{
    char *copy = arena_alloc(a, t.len + 1);
    if (t.len > 0)
        memcpy(copy, t.ptr, t.len);
    copy[t.len] = '\0';
    return (struct text){copy, t.len};
}
