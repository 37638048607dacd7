#include "indexer/tiers.h"

#include <criterion/criterion.h>
#include <stdlib.h>

enum { NIGHTS = 4000 };

struct archive {
    struct manifest_file files[NIGHTS];
    size_t count, most;
    uint64_t total, written;
};

static void add(struct archive *a, uint64_t size)
{
    size_t taken = tiers_merge_count(a->files, a->count, size);
    a->total += size;
    for (; taken > 0; taken--)
        size += a->files[--a->count].size;
    a->files[a->count++].size = size;
    a->written += size;
    if (a->count > a->most)
        a->most = a->count;
}

Test(tiers, nothing_is_merged_without_need)
{
    struct manifest_file files[7] = {{.size = 0}};
    cr_assert_eq(tiers_merge_count(NULL, 0, 100), 0);
    cr_assert_eq(tiers_merge_count(files, 6, 100), 0);
    cr_assert_eq(tiers_merge_count(files, 7, 100), 7);
}

Test(tiers, a_large_file_is_left_alone_by_small_ones)
{
    struct manifest_file files[] = {
        {.size = 1 << 30}, {.size = 5000}, {.size = 1},
        {.size = 1},       {.size = 1},    {.size = 1},
        {.size = 1},       {.size = 1},    {.size = 1}};
    cr_assert_eq(tiers_merge_count(files, 9, 1), 7);
}

Test(tiers, equal_nights_cost_a_logarithm)
{
    static struct archive a;
    for (int i = 0; i < NIGHTS; i++)
        add(&a, 50000);
    /* log8(4000) = 4 */
    cr_assert_leq(a.written, 5 * a.total, "%.2f", (double)a.written / a.total);
    cr_assert_leq(a.most, 7 * 5);
}

Test(tiers, a_huge_first_night_is_not_written_again_by_small_ones)
{
    static struct archive a;
    add(&a, 1 << 30);
    for (int i = 1; i < NIGHTS; i++)
        add(&a, 3000);
    cr_assert_leq(a.written - (1 << 30), 6 * (a.total - (1 << 30)));
    cr_assert_leq(a.most, 7 * 5);
}

Test(tiers, nights_of_any_size_cost_a_small_multiple)
{
    for (unsigned seed = 1; seed <= 20; seed++) {
        static struct archive a;
        a = (struct archive){.count = 0};
        srand(seed);
        for (int i = 0; i < NIGHTS; i++)
            add(&a, 1 + ((uint64_t)rand() >> rand() % 31));
        cr_assert_leq(a.written, 20 * a.total, "seed %u: %.2f", seed,
                      (double)a.written / a.total);
        cr_assert_leq(a.most, 8 * 10, "seed %u: %zu files", seed, a.most);
    }
}
