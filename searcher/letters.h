/* A word as a row of letters, and how many of them have to change to make
 * another word of it. */
#ifndef SEARCHER_LETTERS_H
#define SEARCHER_LETTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/text.h"
#include "common/vocabulary.h"

enum { LETTERS_MAX = VOCABULARY_TEXT_MAX };

struct letters {
    uint32_t codes[LETTERS_MAX]; /* what tells characters apart */
    size_t count;
    uint64_t present; /* a bit a code, or several codes */
};

/* `word` is valid UTF-8; what is beyond LETTERS_MAX is left out. */
void letters_read(struct letters *out, struct text word);

/* Bytes of the character at byte `at`. */
size_t letters_length(struct text word, size_t at);

enum letters_edits {
    LETTERS_SINGLE, /* insertions, deletions, exchanges (Levenshtein 1966) */
    LETTERS_SWAPS   /* and swaps of two neighbours, which are not edited again
                       (Damerau 1964) */
};

/* The least number of edits; anything above `most` if it takes more than that.
 */
size_t letters_distance(const struct letters *a, const struct letters *b,
                        size_t most, enum letters_edits edits);

#endif
