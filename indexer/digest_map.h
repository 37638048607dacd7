/* A hash table from digests to numbers, for things that are known by the digest
 * of what names them.
 *
 * Life cycle: DIGEST_MAP_INIT, any number of sets, digest_map_done(). Nothing
 * is removed singly. */
#ifndef INDEXER_DIGEST_MAP_H
#define INDEXER_DIGEST_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/digest.h"

struct digest_map_slot;

struct digest_map {
    struct digest_map_slot *slots;
    size_t count, capacity; /* capacity: 0 or a power of two */
};

#define DIGEST_MAP_INIT                                                        \
    {                                                                          \
        NULL, 0, 0                                                             \
    }

/* No value may be this. */
#define DIGEST_MAP_NONE UINT32_MAX

void digest_map_done(struct digest_map *map);
DEFINE_AUTO_DONE(digest_map);

/* Replaces the value of a key that is there. */
void digest_map_set(struct digest_map *map, const struct digest *key,
                    uint32_t value);

/* DIGEST_MAP_NONE if the key is not there. */
uint32_t digest_map_find(const struct digest_map *map,
                         const struct digest *key);

#endif
