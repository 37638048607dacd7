#include "common/form_table.h"

#include <stdlib.h>

#include "common/mem.h"

enum { FIRST_CAPACITY = 1024, NO_UTF8 = 0xff };

static void start(struct form_table *t, size_t capacity)
{
    t->capacity = capacity;
    t->count = 0;
    t->shift = 64u - (unsigned)__builtin_ctzll(capacity);
    t->slots = mem_zeroed(capacity, sizeof *t->slots);
    mem_populate(t->slots, capacity * sizeof *t->slots);
}

void form_table_init(struct form_table *t)
{
    start(t, FIRST_CAPACITY);
}

void form_table_done(struct form_table *t)
{
    free(t->slots);
    t->slots = NULL;
}

static uint64_t eight_bytes(const char *bytes)
{
    uint64_t value;
    memcpy(&value, bytes, sizeof value);
    return value;
}

uint64_t form_hash(const struct word_form *form)
{
    uint64_t hash = form->len;
    for (size_t i = 0; i < form->len; i += 8) {
        hash = form_mix(hash ^ eight_bytes(form->bytes + i));
        hash ^= hash >> 32;
    }
    return hash | NO_UTF8;
}

bool form_is(const struct word_form *form, const struct long_form *kept)
{
    if (kept->len != form->len)
        return false;
    for (size_t i = 0; i < form->len; i += 8)
        if (eight_bytes(kept->bytes + i) != eight_bytes(form->bytes + i))
            return false;
    return true;
}

static void place(struct form_table *t, struct form_slot slot)
{
    size_t at = (size_t)(form_mix(slot.head) >> t->shift);
    while (t->slots[at].value)
        at = (at + 1) & (t->capacity - 1);
    t->slots[at] = slot;
    t->count++;
}

void form_table_add(struct form_table *t, struct form_slot slot)
{
    if (t->count >= t->capacity / 3 * 2) {
        struct form_table old = *t;
        start(t, old.capacity * 2);
        for (size_t i = 0; i < old.capacity; i++)
            if (old.slots[i].value)
                place(t, old.slots[i]);
        form_table_done(&old);
    }
    place(t, slot);
}
