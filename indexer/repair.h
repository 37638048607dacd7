/* --repair: takes damaged files out of an archive. A damaged segment is written
 * anew from the articles that can still be read of it, each damaged one as a
 * generation of its own; damaged ledgers and lists of rejects are dropped. What
 * is lost is then looked for in the sources that the archive was made of.
 *
 * A manifest that is damaged cannot be repaired. */
#ifndef INDEXER_REPAIR_H
#define INDEXER_REPAIR_H

#include "common/compiler.h"
#include "common/error.h"
#include "common/message.h"
#include "indexer/cli.h"
#include "indexer/summary.h"

/* Says what was damaged, and which articles are gone for good: as far as they
 * are known by name, and counted in `out->missing`. */
enum status repair_run(struct summary *out,
                       const struct indexer_settings *settings,
                       struct messages *messages, struct error *err) NODISCARD;

#endif
