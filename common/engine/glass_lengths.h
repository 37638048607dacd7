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

enum { GLASS_LENGTHS_PAGE = 1024, GLASS_NO_LENGTH = UINT32_MAX };

struct glass_lengths;

/* The tree is borrowed. */
struct glass_lengths *glass_lengths_new(const struct glass_tree *tree);
void glass_lengths_free(struct glass_lengths *l);
DEFINE_AUTO(glass_lengths);

/* False if there is no such document, or it cannot be read. */
bool glass_lengths_get(struct glass_lengths *l, uint32_t docid, uint32_t *out)
    NODISCARD;

/* Those of the page that a docid is in, its first is a multiple of
 * GLASS_LENGTHS_PAGE; GLASS_NO_LENGTH where there is no such document. NULL if
 * they cannot be read. Valid until the next call. */
const uint32_t *glass_lengths_page(struct glass_lengths *l, uint32_t docid)
    NODISCARD;

#endif
