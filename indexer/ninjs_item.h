/* From an item of IPTC's ninjs (1.x, 2 and 3) or of a JSON Feed, whose members
 * are much the same, to an article. */
#ifndef INDEXER_NINJS_ITEM_H
#define INDEXER_NINJS_ITEM_H

#include "common/arena.h"
#include "common/article.h"
#include "common/text.h"
#include "common/timestamp.h"

/* Reads `item`, a valid JSON object. NULL, and all of `out` but its origin set,
 * its texts in `arena`; or why it is no article: a stable word; the id is set
 * for "canceled" and "withheld", too. */
const char *ninjs_item_read(struct article *out, struct text item,
                            timestamp newest, struct arena *arena);

#endif
