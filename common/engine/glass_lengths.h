/* The documents' lengths of a segment, by docid in any order: read from
 * postlist.glass and kept in pages, of which the last used stay.
 *
 * Not for several threads at once. */
#ifndef COMMON_ENGINE_GLASS_LENGTHS_H
#define COMMON_ENGINE_GLASS_LENGTHS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/engine/glass_tree.h"

struct glass_lengths;

/* The tree is borrowed. */
struct glass_lengths *glass_lengths_new(const struct glass_tree *tree);
void glass_lengths_free(struct glass_lengths *l);
DEFINE_AUTO(glass_lengths);

/* False if there is no such document, or it cannot be read. */
bool glass_lengths_get(struct glass_lengths *l, uint32_t docid, uint32_t *out)
    NODISCARD;

#endif
