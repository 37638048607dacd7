/* The ledger: which source files were read and what they looked like then, so
 * that an unchanged one is passed over without being opened.
 *
 * It is published with the articles, so that a crash can only cause reading
 * again. Only real files are noted; standard input is always read. A path
 * counts as it is given: make it canonical first.
 *
 * Format of ledger/NAME, version 1: the line "morgue ledger 1", then a line a
 * file: path, size, time of modification in nanoseconds since 1970 (modulo
 * 2^64), inode, device, articles read, separated by tabs; control characters
 * and '%' of the path are written as %XX. A later line of the same path, or
 * one of a later ledger, replaces the earlier.
 *
 * Life cycle: ledger_load(), looks and notes, ledger_save() before each
 * publication, ledger_free(). Takes about 130 bytes of memory a file. */
#ifndef INDEXER_LEDGER_H
#define INDEXER_LEDGER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/manifest.h"

struct ledger;

/* All that the manifest names; STATUS_CORRUPT, with the name, if any of it is
 * missing or damaged. */
enum status ledger_load(struct ledger **out, const struct manifest *m,
                        const char *archive, struct error *err) NODISCARD;
void ledger_free(struct ledger *l);
DEFINE_AUTO(ledger);

/* Whether the file was read when it looked like this; then `*articles` is how
 * many it had. Sees what was noted in this run, too. */
bool ledger_is_unchanged(const struct ledger *l, const char *path,
                         const struct stat *info, uint64_t *articles);

/* `info` is what the file looked like before it was read. */
enum status ledger_note(struct ledger *l, const char *path,
                        const struct stat *info, uint64_t articles,
                        struct error *err) NODISCARD;

/* Makes the notes durable in a new file and puts it into `m`, perhaps in place
 * of some that are there; the caller publishes `m`. Without notes, does
 * nothing. */
enum status ledger_save(struct ledger *l, struct manifest *m, struct error *err)
    NODISCARD;

#endif
