/* Text as articles carry it: without control characters, which are hostile to
 * terminals and split no words that a blank would not. */
#ifndef INDEXER_CLEANING_H
#define INDEXER_CLEANING_H

#include <stdbool.h>

#include "common/arena.h"
#include "common/compiler.h"
#include "common/text.h"

enum cleaning {
    CLEANING_LINE,  /* trimmed; line ends and tabs become blanks */
    CLEANING_BLOCK, /* keeps line ends, all of them as \n, and tabs */
};

/* A copy of `t`, which is valid UTF-8, in `arena`: control characters (C1 and
 * DEL included) become blanks, but for C1 behind other characters beyond
 * ASCII, which may be mojibake (mojibake.h). `*nul` is set if there were NUL
 * bytes, else left alone. */
struct text cleaning_copy(struct text t, enum cleaning how, struct arena *arena,
                          bool *nul) NODISCARD;

/* Without those; `t` itself if there are none. */
struct text cleaning_without_c1(struct text t, struct arena *arena) NODISCARD;

#endif
