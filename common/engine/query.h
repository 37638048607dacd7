/* Query trees for the engine. */
#ifndef COMMON_ENGINE_QUERY_H
#define COMMON_ENGINE_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/engine/engine.h"
#include "common/error.h"
#include "common/strbuf.h"
#include "common/text.h"

/* An immutable tree. Every function that takes queries takes them over, so
 * that a tree is built inside out and only its root is freed. None of them
 * fails. */
struct engine_query;
void engine_query_free(struct engine_query *q);
DEFINE_AUTO(engine_query);

/* Another handle of the same tree. */
struct engine_query *engine_query_copy(const struct engine_query *q);

struct engine_query *engine_query_nothing(void);
struct engine_query *engine_query_all(void);
struct engine_query *engine_query_term(struct text term, uint32_t wqf);

enum engine_operator {
    ENGINE_AND,
    ENGINE_OR,
    ENGINE_SYNONYM,  /* or, weighed as if all were one term, except for parts
                      * with a range or a check in them */
    ENGINE_FILTER,   /* and; only the first has weight */
    ENGINE_AND_NOT,  /* the first, without any of the others */
    ENGINE_AND_MAYBE /* the first; the others only add weight */
};
struct engine_query *engine_query_combine(enum engine_operator op,
                                          struct engine_query **parts,
                                          size_t count);
struct engine_query *engine_query_scale(struct engine_query *q, double factor);

/* Documents whose packed number in `slot` lies in [from, to]; +-INFINITY for
 * an open end. Documents without a value never match. */
struct engine_query *engine_query_range(uint32_t slot, double from, double to);

/* That of a single word, or of synonyms, only documents are of interest that
 * have its first term so often: others may be left out. */
struct engine_query *engine_query_at_least(struct engine_query *q, uint32_t n);

/* A condition that the caller decides article by article, without weight.
 * Meant to stand in an AND beside terms that narrow it. `context` must live as
 * long as the query; `frequency` is the best guess at how many match. */
typedef bool engine_check_fn(void *context, struct engine_document document);
struct engine_query *engine_query_check(engine_check_fn *check, void *context,
                                        uint32_t frequency);

/* That such a condition is to be told of articles that it may soon be asked
 * about, so that they are at hand by then. */
typedef void engine_expect_fn(void *context, struct engine_document document);
struct engine_query *engine_query_expect(struct engine_query *q,
                                         engine_expect_fn *expect);

/* Whether it is an AND of words and checks: for a page, these are asked only
 * about the best documents that have the words; of other queries, about all
 * that have them. */
bool engine_query_checks_best_first(const struct engine_query *q);

/* Xapian's own description of the tree, for --explain and for tests; appended.
 */
void engine_query_describe(const struct engine_query *q, struct strbuf *out);

#endif
