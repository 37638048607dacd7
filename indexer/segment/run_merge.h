/* The merge of sorted runs: gives each term once, in byte order, with its
 * postings out of all runs. A term's docids in one run follow those in the run
 * before. */
#ifndef INDEXER_SEGMENT_RUN_MERGE_H
#define INDEXER_SEGMENT_RUN_MERGE_H

#include <stddef.h>

#include "common/compiler.h"
#include "common/error.h"
#include "indexer/segment/postlist_table.h"

/* Where the merged terms go. */
struct run_sink {
    enum status (*begin_term)(void *context, const struct term_statistics *s,
                              struct error *err);
    enum status (*posting)(void *context, uint32_t docid, uint32_t count,
                           struct error *err);
    void *context;
};

/* Of the runs in the files `paths`. */
enum status run_merge(const char *const *paths, size_t count,
                      const struct run_sink *sink, struct error *err) NODISCARD;

#endif
