#include "common/heap.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "common/mem.h"

/* Whether the kernel was asked for large pages where `p` points to. */
static bool is_in_a_large_page(const void *p)
{
    char line[512];
    bool there = false, large = false;
    FILE *maps = fopen("/proc/self/smaps", "r");
    cr_assert_not_null(maps);
    while (fgets(line, sizeof line, maps)) {
        unsigned long from, to;
        if (sscanf(line, "%lx-%lx ", &from, &to) == 2)
            there = (unsigned long)p >= from && (unsigned long)p < to;
        else if (there && strncmp(line, "VmFlags:", 8) == 0)
            large = strstr(line, " hg") != NULL;
    }
    fclose(maps);
    return large;
}

Test(heap, goes_on_in_large_pages_where_the_system_has_such)
{
    enum { PAGES = 4 << 20, SIZE = 1 << 20 };
#ifdef __SANITIZE_ADDRESS__
    cr_skip_test("another heap");
#endif
    if (access("/sys/kernel/mm/transparent_hugepage/enabled", R_OK) != 0)
        cr_skip_test("no large pages");
    heap_keep_freed(PAGES);
    heap_go_on_in_large_pages(PAGES);
    char *p[PAGES / SIZE - 1];
    for (int i = 0; i < PAGES / SIZE - 1; i++) {
        p[i] = mem_alloc(SIZE);
        memset(p[i], 1, SIZE);
        cr_expect(is_in_a_large_page(p[i] + SIZE - 1), "%d", i);
    }
    for (int i = 0; i < PAGES / SIZE - 1; i++)
        free(p[i]);
}
