/* Web addresses that are written relative to another. */
#ifndef INDEXER_URL_H
#define INDEXER_URL_H

#include <stdbool.h>

#include "common/arena.h"
#include "common/text.h"

/* "https:" and the like at its beginning. */
bool url_is_absolute(struct text url);

/* `reference` as seen from `base`, as RFC 3986 has it but for its dots: "./"
 * and "../" are taken at the beginning only. `reference` itself if it is
 * absolute or `base` is not; the empty text if it is empty. */
struct text url_resolve(struct text base, struct text reference,
                        struct arena *arena);

#endif
