/* Ids of lexemes: those of a sample by how often they are in it, the most
 * frequent first; of others, which come after them, their numbers. So ids are
 * as dense as the numbers, and what is frequent has small ones.
 *
 * Life cycle: all zeros, in which ids are numbers; word_ids_rank() once;
 * word_ids_done(). */
#ifndef INDEXER_SEGMENT_WORD_IDS_H
#define INDEXER_SEGMENT_WORD_IDS_H

#include <stdint.h>

struct word_ids {
    uint32_t *ids; /* by number */
    uint32_t count;
};

/* `counts` by number, of all numbers in the sample. */
void word_ids_rank(struct word_ids *w, const uint32_t *counts, uint32_t count);
void word_ids_done(struct word_ids *w);

static inline uint32_t word_ids_get(const struct word_ids *w, uint32_t number)
{
    return number < w->count ? w->ids[number] : number;
}

#endif
