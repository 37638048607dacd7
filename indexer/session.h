/* The right to change an archive that is there, and the generation as it
 * stands. Every command that changes something begins with it.
 *
 * Life cycle: session_begin(), changes, session_done(). */
#ifndef INDEXER_SESSION_H
#define INDEXER_SESSION_H

#include "common/archive.h"
#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/message.h"
#include "indexer/cli.h"
#include "indexer/lock.h"
#include "indexer/merge.h"

struct session {
    const struct indexer_settings *settings;
    struct messages *messages;
    struct lock *lock;
    struct archive *archive;
};

/* Takes the lock; waits for it as long as the settings say, and says so. */
enum status session_lock(struct lock **out,
                         const struct indexer_settings *settings,
                         struct messages *messages, struct error *err)
    NODISCARD;

/* Locks, sweeps, opens. STATUS_NOT_FOUND: no archive there, and none made;
 * STATUS_BUSY: another writer. `*out` need not be initialised; it must be given
 * back also on failure. */
enum status session_begin(struct session *out,
                          const struct indexer_settings *settings,
                          struct messages *messages, struct error *err)
    NODISCARD;
void session_done(struct session *s);
DEFINE_AUTO_DONE(session);

/* Opens the generation that was published meanwhile. */
enum status session_reopen(struct session *s, struct error *err) NODISCARD;

/* Removes at once what the manifest does not name, without the time that a
 * reader is given: one that is just opening it starts over. `*bytes` grows by
 * what was removed. */
enum status session_sweep_now(const struct session *s, uint64_t *bytes,
                              struct error *err) NODISCARD;

/* For merge_these() and its like. */
struct merge_settings session_merge_settings(const struct session *s);

#endif
