/* Lines that runs leave behind for later ones, such as the ledger: in
 * write-once files of one folder of the archive, each named in the manifest,
 * merged by tiers (tiers.h).
 *
 * Life cycle: line_log_new(), appends, line_log_save() before a publication,
 * which may be repeated, line_log_free(). What was appended and not saved is
 * lost without a trace. */
#ifndef INDEXER_LINE_LOG_H
#define INDEXER_LINE_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/manifest.h"
#include "common/text.h"

enum { LINE_LOG_LINE_MAX = 1 << 20 }; /* bytes */

struct line_log;

/* `folder`, of the archive, and `header`, the first line of each file, must
 * live as long; `header` "" for none. `generation` goes into file names. */
struct line_log *line_log_new(const char *archive, const char *folder,
                              const char *header, uint64_t generation);
void line_log_free(struct line_log *log);
DEFINE_AUTO(line_log);

/* `line` has no newline and at most LINE_LOG_LINE_MAX bytes. */
enum status line_log_append(struct line_log *log, struct text line,
                            struct error *err) NODISCARD;

/* `file` is the index of the line's file in the manifest's list. */
typedef bool line_log_fn(void *context, size_t file, struct text line);

/* What a call works on: the manifest's list, oldest first. */
struct line_log_request {
    const struct manifest_file *files;
    size_t count;
    line_log_fn *on_line;
    void *context;
};

/* Calls back with every line of all files, oldest first. STATUS_CORRUPT, with
 * the name, for a file that is missing or not the one that was published, and
 * for a line for which the callback returns false. */
enum status line_log_read(const struct line_log *log,
                          const struct line_log_request *request,
                          struct error *err) NODISCARD;

/* Makes what was appended durable, in one file that also holds those lines of
 * the last `*replaced` files for which the callback returns true. `file->name`
 * is "" if nothing was appended: then there is no file and nothing is replaced.
 */
enum status line_log_save(struct line_log *log,
                          const struct line_log_request *request,
                          struct manifest_file *file, size_t *replaced,
                          struct error *err) NODISCARD;

/* The same, but always makes a file, and one that takes the place of all. */
enum status line_log_renew(struct line_log *log,
                           const struct line_log_request *request,
                           struct manifest_file *file, size_t *replaced,
                           struct error *err) NODISCARD;

#endif
