/* Decides a positional condition article by article over the token streams of
 * an archive's segments, and says which words made it hold.
 *
 * Life cycle: evaluator_new(), any number of questions, evaluator_free(). The
 * words of the condition are looked up in a segment's vocabulary at the first
 * question about that segment. Not for use by several threads at once. */
#ifndef SEARCHER_EVALUATOR_H
#define SEARCHER_EVALUATOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/cleanup.h"
#include "common/stem_memo.h"
#include "common/tokens.h"
#include "common/vocabulary.h"
#include "searcher/condition.h"

struct evaluator;

struct evaluator_segment {
    const struct tokens *tokens;
    const struct vocabulary *vocabulary;
    struct stem_memo *stems; /* the vocabulary's, or NULL */
};

/* The array is copied; what it points to, and the condition, must outlive the
 * evaluator. */
struct evaluator *evaluator_new(const struct condition *condition,
                                const struct evaluator_segment *segments,
                                size_t count);
void evaluator_free(struct evaluator *e);
DEFINE_AUTO(evaluator);

/* Whether the condition holds in an article. */
bool evaluator_check(struct evaluator *e, size_t segment, uint32_t docid);

/* That this may soon be asked. */
void evaluator_expect(const struct evaluator *e, size_t segment,
                      uint32_t docid);

/* A word that takes part in an occurrence of the condition. */
struct evaluator_match {
    uint32_t leaf;     /* of the condition that took it: CONDITION_WORDs counted
                          from 0 as they are written */
    bool body;         /* or title */
    uint32_t ordinal;  /* which token of the title or body, as the analyzer
                          gives them, joined words counted, from 0 */
    uint32_t position; /* the first that it takes (common/tokens.h) */
    uint32_t span;     /* positions that it takes */
};

/* Whether the condition holds; if so, calls back for every word of every
 * occurrence, title before body, in the order of the tokens; once for each leaf
 * that the word took part for. Stops when the callback returns false. */
typedef bool evaluator_fn(void *context, const struct evaluator_match *match);
bool evaluator_matches(struct evaluator *e, size_t segment, uint32_t docid,
                       evaluator_fn *on_match, void *context);

/* Whether a stream was found damaged or too short by any question so far. The
 * condition does not hold in such an article. */
bool evaluator_damaged(const struct evaluator *e);

#endif
