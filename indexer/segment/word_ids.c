#include "indexer/segment/word_ids.h"

#include <stdlib.h>

#include "common/mem.h"
#include "indexer/segment/text_sort.h"

void word_ids_rank(struct word_ids *w, const uint32_t *counts, uint32_t count)
{
    struct text_key *ranked = mem_zeroed(count, sizeof *ranked);
    for (uint32_t i = 0; i < count; i++)
        ranked[i] = (struct text_key){UINT32_MAX - counts[i], i};
    text_sort(ranked, count, NULL, NULL);
    w->ids = mem_zeroed(count, sizeof *w->ids);
    w->count = count;
    for (uint32_t id = 0; id < count; id++)
        w->ids[ranked[id].item] = id;
    free(ranked);
}

void word_ids_done(struct word_ids *w)
{
    free(w->ids);
    *w = (struct word_ids){0};
}
