/* Reads what is left of a damaged segment, article by article, and takes no
 * word for it: a record counts if the file it is in is sound, or if it has the
 * digest that the index knows for it, which is asked only if its own file is
 * sound. Damaged tables are never given to the engine, which could crash or
 * hang; records come out of them through glass_table.h, which does neither.
 *
 * Life cycle: salvage_open(), salvage_article() for each docid, salvage_free().
 */
#ifndef INDEXER_SALVAGE_H
#define INDEXER_SALVAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/article.h"
#include "common/cleanup.h"
#include "common/manifest.h"
#include "indexer/stored.h"

struct salvage;

struct salvage *salvage_open(const char *archive,
                             const struct manifest_segment *segment) NODISCARD;
void salvage_free(struct salvage *s);
DEFINE_AUTO(salvage);

/* Whether the index can say what the archive itself knows of articles: when
 * they came, which version they are. */
bool salvage_knows_facts(const struct salvage *s);

/* False if there is nothing to trust. Without facts only `facts->content` is
 * filled in. Texts are in `arena`. */
bool salvage_article(struct salvage *s, uint32_t docid, struct arena *arena,
                     struct article *out, struct stored_facts *facts);

/* The id of an article that could not be read, if the index knows it; of a long
 * one its digest. To be freed; NULL if it is not known. */
char *salvage_id(struct salvage *s, uint32_t docid);

#endif
