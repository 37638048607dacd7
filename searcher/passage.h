/* Where a passage of a text may begin and end. */
#ifndef SEARCHER_PASSAGE_H
#define SEARCHER_PASSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/text.h"

/* Bytes [from, to) of a text. */
struct range {
    size_t from, to;
};

struct passage {
    struct range bytes;
    bool cut_before, cut_after; /* within a sentence */
};

/* Characters of UTF-8. */
size_t passage_characters(struct text t);

/* The passage of at most `characters` characters around `core`, within the
 * bytes `limits`: from the start of a sentence if one begins near enough, else
 * of a word; to the end of one likewise. A core that is too long is cut at its
 * end. */
struct passage passage_around(struct text t, struct range core,
                              struct range limits, size_t characters);

#endif
