/* Sorts many texts: by their first eight bytes, one byte after the other
 * (least significant digit first), and what is alike there by comparing. Texts
 * are known by number, so that what they belong to stays where it is. */
#ifndef INDEXER_SEGMENT_TEXT_SORT_H
#define INDEXER_SEGMENT_TEXT_SORT_H

#include <stddef.h>
#include <stdint.h>

#include "common/text.h"

struct text_key {
    uint64_t first; /* text_sort_first(), or whatever is to be sorted by */
    uint32_t item;
};

/* The first eight bytes, zeros for those that are not there. */
uint64_t text_sort_first(struct text t);

/* < 0, 0, > 0; only asked of items whose `first` is the same. */
typedef int text_sort_compare(uint32_t one, uint32_t other,
                              const void *context);

/* Items that compare equal stay in their order; `compare` may be NULL: all do.
 * Takes as much memory again as the keys have. */
void text_sort(struct text_key *keys, size_t count, text_sort_compare *compare,
               const void *context);

#endif
