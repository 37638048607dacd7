#include "indexer/segment/word_ids.h"

#include <stdlib.h>

#include "common/mem.h"

struct ranked {
    uint32_t count, number;
};

static int compare(const void *one, const void *other)
{
    const struct ranked *a = one, *b = other;
    if (a->count != b->count)
        return a->count > b->count ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

void word_ids_rank(struct word_ids *w, const uint32_t *counts, uint32_t count)
{
    struct ranked *ranked = mem_zeroed(count, sizeof *ranked);
    for (uint32_t i = 0; i < count; i++)
        ranked[i] = (struct ranked){counts[i], i};
    qsort(ranked, count, sizeof *ranked, compare);
    w->ids = mem_zeroed(count, sizeof *w->ids);
    w->count = count;
    for (uint32_t id = 0; id < count; id++)
        w->ids[ranked[id].number] = id;
    free(ranked);
}

void word_ids_done(struct word_ids *w)
{
    free(w->ids);
    *w = (struct word_ids){0};
}
