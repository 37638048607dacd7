/* Which words of a vocabulary have a stem, remembered: queries ask for the same
 * stems again and again, and finding one takes thousands of times as long as
 * remembering it. Bounded: when it is full, it starts anew.
 *
 * Not for several threads at once. */
#ifndef COMMON_STEM_MEMO_H
#define COMMON_STEM_MEMO_H

#include <stddef.h>
#include <stdint.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/text.h"
#include "common/vocabulary.h"

struct stem_memo;

/* The vocabulary is borrowed. */
struct stem_memo *stem_memo_new(const struct vocabulary *vocabulary) NODISCARD;
void stem_memo_free(struct stem_memo *m);
DEFINE_AUTO(stem_memo);

/* Ids of the words that vocabulary_stem() gives, in its order; borrowed until
 * the next call. */
const uint32_t *stem_memo_ids(struct stem_memo *m, struct text stem,
                              size_t *count);

#endif
