#include "searcher/value_counter.h"

#include <stdlib.h>

#include "common/mem.h"

enum { SLOTS_AT_FIRST = 64 };

void value_counter_init(struct value_counter *c)
{
    *c = (struct value_counter){0};
    arena_init(&c->arena);
}

void value_counter_done(struct value_counter *c)
{
    arena_done(&c->arena);
    free(c->entries);
    free(c->slots);
    *c = (struct value_counter){0};
}

int value_count_most_first(const void *a, const void *b)
{
    const struct value_count *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return text_compare(x->value, y->value);
}

/* FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/ */
static uint64_t hash_of(struct text value)
{
    uint64_t hash = 0xcbf29ce484222325;
    for (size_t i = 0; i < value.len; i++)
        hash = (hash ^ (unsigned char)value.ptr[i]) * 0x100000001b3;
    return hash;
}

/* The slot that has the value, or the free one where it belongs. */
static uint32_t *slot_of(const struct value_counter *c, struct text value)
{
    for (size_t i = (size_t)hash_of(value);; i++) {
        uint32_t *slot = &c->slots[i & (c->slot_count - 1)];
        if (*slot == 0 || text_equal(c->entries[*slot - 1].value, value))
            return slot;
    }
}

static void grow(struct value_counter *c)
{
    c->slot_count = c->slot_count > 0 ? 2 * c->slot_count : SLOTS_AT_FIRST;
    free(c->slots);
    c->slots = mem_zeroed(c->slot_count, sizeof *c->slots);
    for (size_t i = 0; i < c->count; i++)
        *slot_of(c, c->entries[i].value) = (uint32_t)i + 1;
}

void value_counter_add(struct value_counter *c, struct text value,
                       uint64_t times)
{
    if (c->count > 0 && text_equal(c->entries[c->last].value, value)) {
        c->entries[c->last].count += times;
        return;
    }
    if (2 * c->count >= c->slot_count)
        grow(c);
    uint32_t *slot = slot_of(c, value);
    if (*slot == 0) {
        MEM_GROW(c->entries, c->count, c->capacity);
        c->entries[c->count++] =
            (struct value_count){arena_text(&c->arena, value), 0};
        *slot = (uint32_t)c->count;
    }
    c->last = *slot - 1;
    c->entries[c->last].count += times;
}
