#include "indexer/segment/text_sort.h"

#include <stdlib.h>
#include <string.h>

#include "common/mem.h"

enum { DIGITS = sizeof(uint64_t), VALUES = 1 << 8 };

uint64_t text_sort_first(struct text t)
{
    uint64_t first = 0;
    if (t.len >= sizeof first)
        memcpy(&first, t.ptr, sizeof first);
    else if (t.len > 0)
        memcpy(&first, t.ptr, t.len);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    first = __builtin_bswap64(first);
#endif
    return first;
}

static unsigned digit_of(const struct text_key *key, unsigned digit)
{
    return (unsigned)(key->first >> 8 * digit) & (VALUES - 1);
}

struct digits {
    size_t counts[DIGITS][VALUES];
};

static void count_digits(struct digits *d, const struct text_key *keys,
                         size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (unsigned digit = 0; digit < DIGITS; digit++)
            d->counts[digit][digit_of(&keys[i], digit)]++;
}

/* Stable. */
static void distribute(struct text_key *to, const struct text_key *from,
                       size_t count, unsigned digit, size_t *counts)
{
    size_t start = 0;
    for (unsigned value = 0; value < VALUES; value++) {
        const size_t next = start + counts[value];
        counts[value] = start;
        start = next;
    }
    for (size_t i = 0; i < count; i++)
        to[counts[digit_of(&from[i], digit)]++] = from[i];
}

static void sort_by_first(struct text_key *keys, size_t count)
{
    struct digits *const d = mem_zeroed(1, sizeof *d);
    struct text_key *const spare = mem_zeroed(count, sizeof *spare);
    struct text_key *from = keys, *to = spare;
    count_digits(d, keys, count);
    for (unsigned digit = 0; digit < DIGITS; digit++) {
        if (d->counts[digit][digit_of(&keys[0], digit)] == count)
            continue;
        distribute(to, from, count, digit, d->counts[digit]);
        struct text_key *const sorted = to;
        to = from;
        from = sorted;
    }
    if (from != keys)
        memcpy(keys, from, count * sizeof *keys);
    free(spare);
    free(d);
}

struct comparison {
    text_sort_compare *compare;
    const void *context;
};

static int compare_keys(const void *one, const void *other, void *context)
{
    const struct comparison *c = context;
    const struct text_key *a = one, *b = other;
    return c->compare(a->item, b->item, c->context);
}

void text_sort(struct text_key *keys, size_t count, text_sort_compare *compare,
               const void *context)
{
    struct comparison comparison = {compare, context};
    if (count < 2)
        return;
    sort_by_first(keys, count);
    for (size_t i = 0, end; i < count && compare; i = end) {
        for (end = i + 1; end < count && keys[end].first == keys[i].first;)
            end++;
        if (end - i > 1)
            qsort_r(&keys[i], end - i, sizeof *keys, compare_keys, &comparison);
    }
}
