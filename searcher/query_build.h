/* Nodes and canonical trees (see query.h) out of what the parser read; the
 * part of the parser that knows no tokens. All memory is the arena's. */
#ifndef SEARCHER_QUERY_BUILD_H
#define SEARCHER_QUERY_BUILD_H

#include <stddef.h>

#include "common/arena.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/text.h"
#include "searcher/query.h"

enum query_connector { QUERY_IMPLIED_AND, QUERY_TYPED_AND, QUERY_TYPED_OR };

/* One of the things that AND or OR connect, with the bytes of the query that
 * were typed for it, parentheses included. */
struct query_operand {
    struct query_node *node;
    enum query_connector connector; /* to the one before; not of the first */
    size_t connector_offset;
    size_t from, to;
};

/* What stands between two parentheses, or the whole query. */
struct query_level {
    struct text query; /* all of it */
    const struct query_operand *operands;
    size_t count;            /* at least 1 */
    struct strbuf *readings; /* NULL, or two that are filled if it is refused */
};

struct query_node *query_build_node(struct arena *arena, enum query_kind kind);

/* Copies the array. */
void query_build_children(struct arena *arena, struct query_node *node,
                          struct query_node *const *children, size_t count);

/* STATUS_QUERY, with both readings of the level in the message, and those of
 * the whole query in `readings`, if AND and OR are mixed. */
enum status query_build_level(struct arena *arena,
                              const struct query_level *level,
                              struct query_node **out, struct error *err)
    NODISCARD;

/* Three operands connected by two operators of proximity, all as typed. */
struct query_chain {
    struct text first, first_op, second, second_op, third;
    size_t offset; /* of the second operator */
};

/* STATUS_QUERY: either could bind first. */
enum status query_build_refuse_chain(const struct query_chain *chain,
                                     struct error *err);

#endif
