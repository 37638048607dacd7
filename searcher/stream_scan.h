/* Finds in one article of a token stream the words that the leaves of a
 * condition take, and where its sentences and paragraphs begin. */
#ifndef SEARCHER_STREAM_SCAN_H
#define SEARCHER_STREAM_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/compiler.h"
#include "common/tokens.h"
#include "searcher/leaf_index.h"
#include "searcher/span.h"

/* First positions, ascending; the first is the title's. */
struct scan_starts {
    uint32_t *positions;
    size_t count, capacity;
};

/* The part of an article in which a leaf takes words: the title or not, and
 * this many positions from the beginning of the body. */
struct scan_region {
    bool title;
    uint32_t body_words;
};

struct scan {
    const struct scan_region *regions; /* one a leaf; borrowed */
    uint32_t body_words;               /* the most that any region has */
    bool structure; /* whether to find sentences and paragraphs */

    /* The findings. */
    struct span_list *leaves; /* one a leaf; borrowed */
    size_t leaf_count;
    uint32_t body_first; /* position of the body's first word; UINT32_MAX if
                            none was seen */
    struct scan_starts sentences, paragraphs;
};

/* Frees all but `leaves`. */
void scan_done(struct scan *scan);

/* Replaces the findings. False if the stream is damaged. `index` must want
 * TOKENS_SENTENCE and TOKENS_PARAGRAPH if structure is wanted. */
bool stream_scan(struct scan *scan, const struct leaf_index *index,
                 const struct token_cursor *article) NODISCARD;

/* The stretch from the start at or before `position` to the next start. */
struct stretch scan_starts_around(const struct scan_starts *starts,
                                  uint32_t position);

#endif
