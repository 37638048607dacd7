/* Articles that are to be shown no more: collects them, and publishes that as
 * one generation.
 *
 * Life cycle: removal_begin(), removal_add() for each article,
 * removal_publish(), removal_done(). */
#ifndef INDEXER_REMOVAL_H
#define INDEXER_REMOVAL_H

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/deleted_list.h"
#include "common/engine/engine.h"
#include "common/error.h"
#include "indexer/ledger.h"
#include "indexer/session.h"
#include "indexer/summary.h"

struct removal {
    struct session *session;
    struct deleted_list *lists; /* one a segment: what is hidden anew */
    size_t count;
};

/* `session` is borrowed, and open. */
void removal_begin(struct removal *out, struct session *session);
void removal_done(struct removal *r);
DEFINE_AUTO_DONE(removal);

void removal_add(struct removal *r, struct engine_document document);

/* How many articles, each counted once. */
uint64_t removal_total(struct removal *r);

/* Publishes what was added, and what `ledger` (or NULL) has noted, if there is
 * any; then, if the settings ask for it, takes the bytes of all that is deleted
 * off the disk: segments that have any are written anew. Opens the session's
 * archive again and accounts for all in `s`. A dry run only counts. */
enum status removal_publish(struct removal *r, struct ledger *ledger,
                            struct summary *s, struct error *err) NODISCARD;

#endif
