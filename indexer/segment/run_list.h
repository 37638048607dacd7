/* The sorted runs of a segment in the making, in ascending docid. They are
 * merged as they get many, so that any amount of postings needs few files and
 * little memory; a posting is rewritten once for each power of RUN_LIST_WIDTH
 * runs.
 *
 * Life cycle: run_list_new(), run_list_add() whenever an inverter is full,
 * run_list_write() once, run_list_free(), which removes the files. */
#ifndef INDEXER_SEGMENT_RUN_LIST_H
#define INDEXER_SEGMENT_RUN_LIST_H

#include <stddef.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "indexer/segment/inverter.h"
#include "indexer/segment/posting_sink.h"

enum { RUN_LIST_WIDTH = 32 };

struct run_list;

/* Runs are files called run.N in `folder`. */
struct run_list *run_list_new(const char *folder);
void run_list_free(struct run_list *l);
DEFINE_AUTO(run_list);

size_t run_list_count(const struct run_list *l);

/* What the inverter holds becomes the next run; its docids are greater than
 * those of the runs before. */
enum status run_list_add(struct run_list *l, struct inverter *inv,
                         struct error *err) NODISCARD;

/* Gives away all terms with their postings. */
enum status run_list_write(struct run_list *l, const struct posting_sink *sink,
                           struct error *err) NODISCARD;

#endif
