#include "indexer/tiers.h"

/* Files of up to 4 KiB are one tier, each next one is eight times as large. */
enum { FAN = 8, SMALLEST = 4096 };

static unsigned tier_of(uint64_t size)
{
    unsigned tier = 0;
    for (uint64_t limit = SMALLEST; size > limit && limit < UINT64_MAX / FAN;
         limit *= FAN)
        tier++;
    return tier;
}

size_t tiers_merge_count(const struct manifest_file *files, size_t count,
                         uint64_t size)
{
    size_t taken = 0;
    for (;;) {
        unsigned tier = tier_of(size);
        size_t reach = taken;
        uint64_t sum = size;
        while (reach < count &&
               tier_of(files[count - reach - 1].size) <= tier) {
            sum += files[count - reach - 1].size;
            reach++;
        }
        if (reach - taken + 1 < FAN)
            return taken;
        taken = reach;
        size = sum;
    }
}
