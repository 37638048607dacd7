/* Keeps the number of segments logarithmic in the size of the archive: merges
 * segments of about the same size, and those of which much is deleted, by
 * indexing their stored articles again. Each merge is a generation of its own,
 * published after the night's. */
#ifndef INDEXER_MERGE_H
#define INDEXER_MERGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/compiler.h"
#include "common/error.h"
#include "common/manifest.h"

struct archive;
struct progress;
struct tables_format;

/* Segments of text size s are of tier floor(log4(s / MERGE_FLOOR)), at least
 * 0; MERGE_WIDTH of one tier are merged into one of a higher tier. */
enum { MERGE_WIDTH = 4, MERGE_FLOOR = 1 << 20, MERGE_SEGMENTS_MAX = 64 };

/* Which segments of `m` to merge next, by number; 0 when nothing is due.
 * `budget` is what may be rewritten still, in bytes of text. */
size_t merge_choose(const struct manifest *m, uint64_t budget,
                    size_t chosen[MERGE_SEGMENTS_MAX]);

struct merge_settings {
    const struct tables_format *tables;
    const char *archive;       /* its path */
    uint64_t budget;           /* bytes of text that may be rewritten */
    bool one_at_least;         /* the first may cost more */
    size_t memory;             /* bytes */
    unsigned threads;          /* allowed beside the caller's; 0 counts as 1 */
    struct progress *progress; /* or NULL */
};

/* Segments of an archive, by number. */
struct merge_choice {
    const size_t *segments;
    size_t count;
};

/* Writes what these segments show into new ones, and publishes that in their
 * place; `*made` is how many came of it. If these are all that there are, the
 * archive is of the present analysis and record version afterwards. The caller
 * holds the lock; the budget does not count. Stops with STATUS_INTERRUPTED when
 * it is asked to (interrupt.h). */
enum status merge_these(size_t *made, struct archive *archive,
                        const struct merge_choice *choice,
                        const struct merge_settings *settings,
                        struct error *err) NODISCARD;

/* What a merge of the segment has to read and write, in bytes of text. */
uint64_t merge_cost(const struct manifest_segment *s);

/* Merges what is due until the budget is used up. The caller holds the lock.
 * `*merged` counts the merges, also on failure. */
enum status merge_run(unsigned *merged, const struct merge_settings *settings,
                      struct error *err) NODISCARD;

#endif
