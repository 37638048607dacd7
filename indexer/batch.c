#include "indexer/batch.h"

#include <assert.h>
#include <stdlib.h>

#include "common/mem.h"

struct batch *batch_new(void)
{
    struct batch *b = mem_alloc(sizeof *b);
    arena_init(&b->arena);
    b->count = 0;
    return b;
}

void batch_free(struct batch *b)
{
    if (!b)
        return;
    arena_done(&b->arena);
    free(b);
}

struct batch_entry *batch_add(struct batch *b, const struct article *article)
{
    assert(b->count < BATCH_ARTICLES);
    struct batch_entry *entry = &b->entries[b->count++];
    *entry = (struct batch_entry){.article = *article};
    return entry;
}

bool batch_is_full(const struct batch *b)
{
    return b->count == BATCH_ARTICLES || b->arena.used >= BATCH_BYTES;
}

bool batch_entry_is_written(const struct batch_entry *e)
{
    return e->decision == DECISION_ADD || e->decision == DECISION_UPDATE;
}
