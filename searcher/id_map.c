#include "searcher/id_map.h"

#include <stdlib.h>

#include "common/mem.h"

/* An array is quicker, and worth some memory once there are many. */
enum { FIRST_SLOTS = 1 << 10, WORTH = 4 };

void id_map_init(struct id_map *m, uint32_t id_count)
{
    *m = (struct id_map){.id_count = id_count, .slot_count = FIRST_SLOTS};
    m->slots = mem_zeroed(m->slot_count, sizeof *m->slots);
}

void id_map_done(struct id_map *m)
{
    free(m->numbers);
    free(m->slots);
    *m = (struct id_map){.id_count = 0};
}

static void index_by_id(struct id_map *m)
{
    m->numbers = mem_zeroed(m->id_count, sizeof *m->numbers);
    for (size_t i = 0; i < m->slot_count; i++)
        if (m->slots[i].number != 0)
            m->numbers[m->slots[i].id] = m->slots[i].number;
    free(m->slots);
    m->slots = NULL;
    m->slot_count = 0;
}

static void widen(struct id_map *m)
{
    const struct id_map old = *m;
    m->slot_count *= 2;
    m->slots = mem_zeroed(m->slot_count, sizeof *m->slots);
    for (size_t i = 0; i < old.slot_count; i++)
        if (old.slots[i].number != 0)
            *id_map_slot(m, old.slots[i].id) = old.slots[i];
    free(old.slots);
}

void id_map_put(struct id_map *m, uint32_t id, uint32_t number)
{
    assert(id < m->id_count && number != 0);
    if (!m->numbers && 2 * m->used >= m->slot_count) {
        if (WORTH * 2 * m->slot_count * sizeof *m->slots <
            m->id_count * sizeof *m->numbers)
            widen(m);
        else
            index_by_id(m);
    }
    m->used++;
    if (m->numbers)
        m->numbers[id] = number;
    else
        *id_map_slot(m, id) = (struct id_slot){id, number};
}
