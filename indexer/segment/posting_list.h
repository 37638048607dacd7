/* The postings of one term while a segment is built: docids ascending, each
 * with its count, packed into slices of a shared arena.
 *
 * The last posting's count is kept apart until the next docid comes, so that
 * counts of one document may be added in any number of steps. A zeroed struct
 * is the empty list. */
#ifndef INDEXER_SEGMENT_POSTING_LIST_H
#define INDEXER_SEGMENT_POSTING_LIST_H

#include <stdbool.h>
#include <stdint.h>

#include "common/arena.h"

struct posting_slice;

/* Half a cache line, since most words of a segment have one posting and each
 * has one of these. Adding touches nothing but this and the bytes it writes. */
struct posting_list {
    uint32_t docid, count;      /* the last posting */
    uint32_t frequency;         /* documents, the last one counted */
    uint16_t used, room;        /* bytes of the last slice */
    uint64_t occurrences;       /* sum of the counts, the last one counted */
    struct posting_slice *tail; /* NULL: there is one posting or none */
};

/* Gives the term's count in that document so far. */
uint32_t posting_list_add(struct posting_list *list, uint32_t docid,
                          uint32_t count, struct arena *arena);

/* Reads a list from its first posting on. */
struct posting_cursor {
    const struct posting_list *list;
    const struct posting_slice *slice;
    const uint8_t *at, *end;
    uint32_t docid;
    uint32_t left; /* postings */
};

void posting_cursor_start(struct posting_cursor *c,
                          const struct posting_list *list);
bool posting_cursor_next(struct posting_cursor *c, uint32_t *docid,
                         uint32_t *count);

#endif
