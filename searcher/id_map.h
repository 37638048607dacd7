/* A number for each of some ids of a vocabulary: little memory while they are
 * few, as in a program that answers one query; 4 bytes for each id of the
 * vocabulary when they are many.
 *
 * Life cycle: id_map_init(), id_map_put() of each id once, id_map_done(), which
 * may be called on a zeroed struct. */
#ifndef SEARCHER_ID_MAP_H
#define SEARCHER_ID_MAP_H

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

struct id_map {
    uint32_t id_count;
    uint32_t *numbers; /* by id; NULL while there are slots */
    struct id_slot {
        uint32_t id, number; /* 0: empty */
    } * slots;               /* open addressing; a power of two */
    size_t slot_count, used;
};

/* For ids below `id_count`. */
void id_map_init(struct id_map *m, uint32_t id_count);
void id_map_done(struct id_map *m);

/* `number`: not 0. */
void id_map_put(struct id_map *m, uint32_t id, uint32_t number);

static inline struct id_slot *id_map_slot(const struct id_map *m, uint32_t id)
{
    const size_t mask = m->slot_count - 1;
    size_t at = (id * UINT64_C(0x9e3779b97f4a7c15) >> 32) & mask;
    while (m->slots[at].number != 0 && m->slots[at].id != id)
        at = (at + 1) & mask;
    return &m->slots[at];
}

/* 0 if the id has none. */
static inline uint32_t id_map_get(const struct id_map *m, uint32_t id)
{
    assert(id < m->id_count);
    return m->numbers ? m->numbers[id] : id_map_slot(m, id)->number;
}

#endif
