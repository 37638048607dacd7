/* The ledger: which source files were read and what they looked like then, so
 * that an unchanged one is passed over without being opened, and one that has
 * only grown is read on from where it ended.
 *
 * It is published with the articles, so that a crash can only cause reading
 * again. Only real files are noted; standard input is always read. A path
 * counts as it is given: make it canonical first.
 *
 * Format of ledger/NAME, version 1: the line "morgue ledger 1", then a line a
 * file: path, size, time of modification in nanoseconds since 1970 (modulo
 * 2^64), inode, device, articles read, separated by tabs; control characters
 * and '%' of the path are written as %XX. If the file can be read on: byte of
 * the file, byte of its content, line, digest of what is before the place
 * (prefix.h). A later line of the same path, or one of a later ledger, replaces
 * the earlier.
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
#include "common/digest.h"
#include "common/error.h"
#include "common/manifest.h"
#include "indexer/reader.h"

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

struct ledger_reading {
    const struct stat *info; /* what the file looked like before */
    uint64_t articles;
    struct reader_place place; /* to read on from; input.raw 0: none */
    struct digest prefix;      /* of what is before the place */
};

/* Whether the file was read up to a place and has grown since; then `*out`
 * is what was noted, but for its `info`. What is before the place may have
 * changed: compare the prefix. */
bool ledger_has_grown(const struct ledger *l, const char *path,
                      const struct stat *info, struct ledger_reading *out);

enum status ledger_note(struct ledger *l, const char *path,
                        const struct ledger_reading *reading, struct error *err)
    NODISCARD;

/* That the file is to be read when it is met again, whatever it looks like. */
enum status ledger_forget(struct ledger *l, const char *path, struct error *err)
    NODISCARD;

/* Every path that the ledgers have, some perhaps more than once. */
typedef void ledger_path_fn(void *context, const char *path);
enum status ledger_each_path(const struct manifest *m, const char *archive,
                             ledger_path_fn *on_path, void *context,
                             struct error *err) NODISCARD;

/* Makes the notes durable in a new file and puts it into `m`, perhaps in place
 * of some that are there; the caller publishes `m`. Without notes, does
 * nothing. */
enum status ledger_save(struct ledger *l, struct manifest *m, struct error *err)
    NODISCARD;

#endif
