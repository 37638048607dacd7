/* The merge of sorted runs: gives each term once, in byte order, with its
 * postings out of all runs. A term's docids in one run follow those in the run
 * before. */
#ifndef INDEXER_SEGMENT_RUN_MERGE_H
#define INDEXER_SEGMENT_RUN_MERGE_H

#include <stddef.h>

#include "common/compiler.h"
#include "common/error.h"
#include "indexer/segment/posting_sink.h"

/* Of the runs in the files `paths`. */
enum status run_merge(const char *const *paths, size_t count,
                      const struct posting_sink *sink, struct error *err)
    NODISCARD;

#endif
