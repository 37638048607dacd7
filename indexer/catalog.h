/* Which articles the archive has: decides for each article that comes in
 * whether it is new, another version of one that is there, or unchanged, and
 * keeps the account of what a run thereby supersedes.
 *
 * Within a run the last version in input order is the article. Decisions are
 * made on one thread in input order, so they do not depend on the number of
 * workers. Life cycle: catalog_new() for a run, catalog_decide() for each
 * batch, catalog_superseded() when all segments are written, catalog_free().
 */
#ifndef INDEXER_CATALOG_H
#define INDEXER_CATALOG_H

#include <stddef.h>
#include <stdint.h>

#include "common/archive.h"
#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/deleted_list.h"
#include "common/error.h"
#include "indexer/batch.h"

struct catalog;

/* `archive` is the generation that the run builds on, borrowed. `now` becomes
 * first seen and last changed. */
struct catalog *catalog_new(struct archive *archive, uint64_t next_sequence,
                            timestamp now);
void catalog_free(struct catalog *c);
DEFINE_AUTO(catalog);

/* Fills in decision and ingest of every entry; ids and digests are there. An
 * entry with DECISION_WITHDRAW takes back what came before it. */
enum status catalog_decide(struct catalog *c, struct batch *batch,
                           struct error *err) NODISCARD;

uint64_t catalog_next_sequence(const struct catalog *c);

/* The articles of the archive's segment that this run supersedes, sorted;
 * borrowed. */
const struct deleted_list *catalog_superseded(struct catalog *c,
                                              size_t segment);

/* The sequences of this run's own articles that a later one of the same run
 * superseded, ascending; borrowed. */
const uint64_t *catalog_losers(struct catalog *c, size_t *count);

#endif
