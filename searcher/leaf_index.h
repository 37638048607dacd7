/* For one segment: which codes of its token stream the leaves of a condition
 * are interested in. Made once a segment, asked for every word: a filter of
 * bits, small enough to be made for a handful of articles, says whether to look
 * further. */
#ifndef SEARCHER_LEAF_INDEX_H
#define SEARCHER_LEAF_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/stem_memo.h"
#include "common/vocabulary.h"
#include "searcher/condition.h"
#include "searcher/stream_stops.h"

/* A leaf that takes a word. */
struct leaf_use {
    uint32_t id, leaf;
    bool caps; /* only where the word is in capitals */
};

struct leaf_slot {
    uint32_t id;
    uint32_t from, count; /* in `uses`; count 0 in an empty slot */
};

struct leaf_index {
    uint64_t *wanted;      /* bits, a code each or several codes */
    uint32_t wanted_mask;  /* their number - 1 */
    uint32_t code_count;   /* codes from this one on are damage */
    struct leaf_use *uses; /* sorted by id */
    size_t use_count, use_capacity;
    struct leaf_slot *slots; /* a hash table, open addressing */
    uint32_t slot_mask;
    struct stream_stops stops;
};

/* `leaves` are conditions of the kind CONDITION_WORD, numbered from 0. `stems`
 * is the vocabulary's, or NULL. */
struct leaf_index *leaf_index_new(const struct condition *const *leaves,
                                  size_t count,
                                  const struct vocabulary *vocabulary,
                                  struct stem_memo *stems);
void leaf_index_free(struct leaf_index *index);
DEFINE_AUTO(leaf_index);

/* Asks to be shown a mark as well (enum token_code). Those for capitals, where
 * they matter, for joined words and the body are shown anyway, and so is
 * `code_count`. */
void leaf_index_want(struct leaf_index *index, uint32_t code);

/* Sometimes true of others, too. */
static inline bool leaf_index_wants(const struct leaf_index *index,
                                    uint32_t code)
{
    code &= index->wanted_mask;
    return index->wanted[code / 64] >> (code % 64) & 1;
}

/* The uses of a word; NULL and 0 if there are none. */
const struct leaf_use *leaf_index_find(const struct leaf_index *index,
                                       uint32_t id, size_t *count);

#endif
