/* Leaves of the tree out of tokens that have words: words and their kin,
 * phrases, *, dates and lengths. */
#ifndef SEARCHER_QUERY_LEAF_H
#define SEARCHER_QUERY_LEAF_H

#include <stdbool.h>

#include "common/arena.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/fields.h"
#include "searcher/query.h"
#include "searcher/query_lexer.h"

/* Whether such a token is a leaf at all. */
bool query_leaf_is(enum query_token_kind kind);

/* In a field with exact values, wildcards and ~ are characters like others. */
enum status query_leaf_make(struct query_node **out, struct arena *arena,
                            const struct query_token *token, enum field field,
                            struct error *err) NODISCARD;

#endif
