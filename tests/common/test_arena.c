#include "common/arena.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"

Test(arena, allocations_are_aligned_and_do_not_overlap)
{
    AUTO_DONE(arena) a = ARENA_INIT;
    char *last = NULL;
    for (size_t size = 1; size < 5000; size += 37) {
        char *p = arena_alloc(&a, size);
        cr_assert_eq((uintptr_t)p % 16, 0);
        memset(p, (int)size, size);
        if (last)
            cr_assert_eq((unsigned char)last[0], (unsigned char)(size - 37));
        last = p;
    }
}

Test(arena, reset_keeps_memory_for_the_next_round)
{
    AUTO_DONE(arena) a = ARENA_INIT;
    (void)arena_alloc(&a, 100000);
    arena_reset(&a);
    cr_assert_eq(a.used, 0);
    char *first = arena_alloc(&a, 90000);
    arena_reset(&a);
    cr_assert_eq(arena_alloc(&a, 90000), (void *)first);
}

Test(arena, texts_are_copied_and_terminated)
{
    AUTO_DONE(arena) a = ARENA_INIT;
    char bytes[] = "press";
    struct text copy = arena_text(&a, text_from(bytes));
    bytes[0] = 'x';
    cr_assert_str_eq(copy.ptr, "press");
    cr_assert_eq(arena_text(&a, text_make(NULL, 0)).ptr[0], '\0');
}

Test(arena, zeroed_is_zero_after_reuse)
{
    AUTO_DONE(arena) a = ARENA_INIT;
    memset(arena_alloc(&a, 64), 0xff, 64);
    arena_reset(&a);
    unsigned char *p = arena_zeroed(&a, 8, 8);
    for (int i = 0; i < 64; i++)
        cr_assert_eq(p[i], 0);
}

Test(arena, memory_that_is_populated_keeps_its_content)
{
    enum { SIZE = 1 << 20 };
    unsigned char *const p = mem_alloc(SIZE);
    memset(p, 'x', SIZE / 2);
    mem_populate(p + 1, SIZE - 1);
    mem_populate(p, 0);
    for (size_t i = 0; i < SIZE / 2; i++)
        cr_assert_eq(p[i], 'x');
    memset(p, 'y', SIZE);
    free(p);
}
