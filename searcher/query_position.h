/* Conditions on positions: what may stand within them, and how they spread
 * over AND, OR and NOT. */
#ifndef SEARCHER_QUERY_POSITION_H
#define SEARCHER_QUERY_POSITION_H

#include "common/arena.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/text.h"
#include "searcher/query.h"

/* Whether `node` may stand in a condition; `name` is how that was typed. All
 * leaves must be in the field of the first, which goes to `*field`. */
enum status query_position_check(const struct query_node *node,
                                 struct text name, enum field *field,
                                 struct error *err) NODISCARD;

/* `node` as what has to be mentioned `number` times: a word, a phrase or an OR
 * of such in one field. */
enum status query_position_atleast(struct query_node **node,
                                   struct arena *arena, uint32_t number,
                                   struct error *err) NODISCARD;

/* `node` with every condition below its AND, OR and NOT limited to the first
 * `number` words. */
enum status query_position_first(struct query_node **node, struct arena *arena,
                                 uint32_t number, struct error *err) NODISCARD;

/* Makes the words below AND, OR and NOT match only in capitals. */
enum status query_position_caps(struct query_node *node, struct error *err)
    NODISCARD;

#endif
