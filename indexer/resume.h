/* Reading a source on from where the last run ended: files that are only
 * appended to, as a log is. */
#ifndef INDEXER_RESUME_H
#define INDEXER_RESUME_H

#include <stdbool.h>
#include <stdint.h>

#include "common/compiler.h"
#include "common/error.h"
#include "indexer/ledger.h"
#include "indexer/reader.h"
#include "indexer/sources.h"

/* Whether the file still begins with what was read of it; then `*out` says how
 * much that was. */
bool resume_find(struct ledger_reading *out, const struct ledger *ledger,
                 const struct source *source);

enum resume_extent {
    RESUME_WHOLE, /* all of the file was read */
    RESUME_PART   /* as far as the reader is; the next run goes on there */
};

struct resume_reading {
    const struct source *source;
    const struct reader *reader; /* NULL: it could not be read on */
    uint64_t articles;           /* of it, those of earlier runs too */
    enum resume_extent extent;
};

/* Notes in the ledger what was read. Nothing of what is no regular file, and
 * of a part that cannot be read on. */
enum status resume_note(struct ledger *ledger,
                        const struct resume_reading *reading, struct error *err)
    NODISCARD;

#endif
