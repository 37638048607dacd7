/* The words that a part of a query becomes: the archive's analyzer applied to
 * what was typed. */
#ifndef SEARCHER_WORDS_H
#define SEARCHER_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "common/analyzer.h"
#include "common/arena.h"
#include "common/compiler.h"
#include "common/text.h"

struct word {
    struct text word, stem, alt_stem; /* as in struct lexeme */
    struct text caps; /* the case-kept form if typed in capitals, two or more;
                         else empty */
    bool dotted;      /* and if it was typed U.S. */
};

/* One word, or several that stand next to each other, such as covid and 19 of
 * covid-19; then perhaps also the joined form. */
struct words {
    const struct word *parts;
    size_t count;
    const struct word *joined; /* NULL if there is none */
};

/* U.S. as opposed to u.s. */
static inline bool words_is_dotted_capitals(const struct word *w)
{
    return w->dotted && w->caps.len > 0;
}

/* Everything is allocated in `arena`. Text without a word gives count 0. */
struct words words_analyze(struct analyzer *analyzer, struct text typed,
                           struct arena *arena);

/* A single word in which * and ? stand for letters, or none of them, in the
 * form that words have: anti-w?r* is antiw?r*. False if it is no word, or
 * several. */
bool words_pattern(struct text *out, struct analyzer *analyzer,
                   struct text typed, struct arena *arena) NODISCARD;

#endif
