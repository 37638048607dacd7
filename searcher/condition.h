/* A positional condition: what must stand where in an article's title and
 * body. The plan makes one of the positional parts of a query; the evaluator
 * decides it.
 *
 * Positions are those of common/tokens.h. A condition stands at spans of an
 * article: stretches from a first to a last position, together with the
 * positions in between that its words really take. A word takes one position,
 * a joined word those of its parts. A condition holds if it stands anywhere.
 *
 * Where two operands are joined, they must be different occurrences: they may
 * interlace, but not share a position. How far apart they are is counted from
 * the last position of the earlier to the first of the later; operands whose
 * stretches overlap are 0 apart. What is joined stands where both stand
 * together. Title and body are TOKENS_GAP positions apart, so that no phrase,
 * sentence or paragraph and no distance up to TOKENS_GAP spans them.
 *
 * Conditions live in the arena they were made in and never change. */
#ifndef SEARCHER_CONDITION_H
#define SEARCHER_CONDITION_H

#include <stddef.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/compiler.h"
#include "common/text.h"

struct strbuf;

enum condition_kind {
    CONDITION_WORD, /* a leaf: any word that one of its matchers takes */

    /* Two children or more, joined from the left: first with second, that with
     * the third, and so on. */
    CONDITION_PHRASE,    /* each begins right behind the one before */
    CONDITION_BEFORE,    /* in order, at most `n` positions apart */
    CONDITION_NEAR,      /* in any order, at most `n` positions apart */
    CONDITION_SENTENCE,  /* wholly in the same sentence, in any order */
    CONDITION_PARAGRAPH, /* wholly in the same paragraph, in any order */

    /* One child or more. */
    CONDITION_AND, /* wherever any stands, if all stand somewhere */
    CONDITION_OR,  /* wherever any stands */

    /* One child. */
    CONDITION_ATLEAST, /* if it stands in `n` places that do not overlap */

    /* One child, as if the article consisted only of ... */
    CONDITION_TITLE, /* its title */
    CONDITION_BODY,  /* its body */
    CONDITION_LEAD   /* the first `n` positions of its body */
};

enum matcher_kind {
    MATCHER_WORD,  /* the folded word */
    MATCHER_STEM,  /* words of this stem */
    MATCHER_CAPS,  /* the folded word where it is written in capitals */
    MATCHER_PREFIX /* folded words that begin so */
};

struct matcher {
    enum matcher_kind kind;
    struct text text;
};

struct condition {
    enum condition_kind kind;
    uint32_t n;                     /* see above; else 0 */
    const struct matcher *matchers; /* of a leaf */
    size_t matcher_count;
    const struct condition *const *children; /* of all others */
    size_t child_count;
};

/* Matchers and their texts are copied; none makes a word that is nowhere. */
const struct condition *condition_word(struct arena *arena,
                                       const struct matcher *matchers,
                                       size_t count);

/* The array is copied, the children are not. `n` is 0 for kinds without. */
const struct condition *condition_group(struct arena *arena,
                                        enum condition_kind kind, uint32_t n,
                                        const struct condition *const *children,
                                        size_t count);

/* CONDITION_WORDs in it, numbered as they are written where it is evaluated. */
size_t condition_words(const struct condition *c);

/* In brackets, for --explain and for tests; appended:
 * (NEAR/5 {stem:gas word:oil} (PHRASE {word:nord} {word:stream})) */
void condition_print(const struct condition *c, struct strbuf *out);

#endif
