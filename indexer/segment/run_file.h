/* Sorted runs: what an inverter held when its memory was full, written in term
 * order to a temporary file, and the merge of several. Runs are made in
 * ascending docid, so a term's postings in one run follow those in the run
 * before.
 *
 * Life cycle: run_file_write() for each run; run_merge_new() over all of them,
 * run_merge_write() once, run_merge_free(), which leaves the files to the
 * caller. */
#ifndef INDEXER_SEGMENT_RUN_FILE_H
#define INDEXER_SEGMENT_RUN_FILE_H

#include <stddef.h>
#include <stdint.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/text.h"
#include "indexer/segment/inverter.h"
#include "indexer/segment/postlist_table.h"

enum status run_file_write(struct inverter *inv, const char *path,
                           struct error *err) NODISCARD;

struct run_merge;

enum status run_merge_new(struct run_merge **out, const char *const *paths,
                          size_t count, struct error *err) NODISCARD;
void run_merge_free(struct run_merge *m);
DEFINE_AUTO(run_merge);

/* Copies all terms with their postings into the table. */
enum status run_merge_write(struct run_merge *m, struct postlist_table *t,
                            struct error *err) NODISCARD;

#endif
