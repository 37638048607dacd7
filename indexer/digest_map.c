#include "indexer/digest_map.h"

#include <stdlib.h>
#include <string.h>

#include "common/mem.h"

enum { FIRST_CAPACITY = 64 };

struct digest_map_slot {
    struct digest key;
    uint32_t value; /* DIGEST_MAP_NONE: free */
};

/* The slot of the key, or the free one where it belongs. Digests are evenly
 * spread, so that their first bytes are the hash. */
static struct digest_map_slot *probe(const struct digest_map *map,
                                     const struct digest *key)
{
    uint64_t hash;
    memcpy(&hash, key->bytes, sizeof hash);
    size_t mask = map->capacity - 1, at = (size_t)hash & mask;
    while (map->slots[at].value != DIGEST_MAP_NONE &&
           !digest_equal(&map->slots[at].key, key))
        at = (at + 1) & mask;
    return &map->slots[at];
}

static void grow(struct digest_map *map)
{
    struct digest_map old = *map;
    map->capacity = old.capacity ? old.capacity * 2 : FIRST_CAPACITY;
    map->slots = mem_resize(NULL, map->capacity, sizeof *map->slots);
    for (size_t i = 0; i < map->capacity; i++)
        map->slots[i].value = DIGEST_MAP_NONE;
    for (size_t i = 0; i < old.capacity; i++)
        if (old.slots[i].value != DIGEST_MAP_NONE)
            *probe(map, &old.slots[i].key) = old.slots[i];
    free(old.slots);
}

void digest_map_done(struct digest_map *map)
{
    free(map->slots);
    *map = (struct digest_map)DIGEST_MAP_INIT;
}

void digest_map_set(struct digest_map *map, const struct digest *key,
                    uint32_t value)
{
    if (map->count >= map->capacity / 4 * 3)
        grow(map);
    struct digest_map_slot *slot = probe(map, key);
    map->count += slot->value == DIGEST_MAP_NONE;
    slot->key = *key;
    slot->value = value;
}

uint32_t digest_map_find(const struct digest_map *map, const struct digest *key)
{
    return map->capacity ? probe(map, key)->value : DIGEST_MAP_NONE;
}
