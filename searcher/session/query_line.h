/* The query of a session: what was typed, and what it was narrowed to since,
 * step by step. At any time it is a query as morgue-query(7) has it, that can
 * be copied, and an order.
 *
 * Life cycle: query_line_new(), steps, query_line_free(). Each step can be
 * taken back; so can a new query, which brings back the one before it. */
#ifndef SEARCHER_SESSION_QUERY_LINE_H
#define SEARCHER_SESSION_QUERY_LINE_H

#include <stdbool.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/engine/search.h"
#include "common/error.h"
#include "common/strbuf.h"
#include "common/text.h"

/* Steps that are kept; the oldest go first. */
enum { QUERY_LINE_STEPS_MAX = 1000 };

struct query_line;

struct query_line *query_line_new(enum engine_sort sort);
void query_line_free(struct query_line *l);
DEFINE_AUTO(query_line);

/* A query begins anew; the order stays. */
void query_line_ask(struct query_line *l, struct text query);

/* What a query can be narrowed by: NULL-ended. */
extern const char *const query_line_fields[];

/* "source", "reuters": of most fields the last value counts, and the empty one
 * takes the narrowing off; words, authors, titles and tags add up. STATUS_USAGE
 * if there is no such field, no query yet, or nothing to add. */
enum status query_line_narrow(struct query_line *l, struct text field,
                              struct text value, struct error *err) NODISCARD;

void query_line_sort(struct query_line *l, enum engine_sort sort);

/* False if there is nothing to take back. */
bool query_line_undo(struct query_line *l);

/* Whether anything has been asked. */
bool query_line_is_empty(const struct query_line *l);

/* Appended. */
void query_line_write(const struct query_line *l, struct strbuf *out);
enum engine_sort query_line_order(const struct query_line *l);

#endif
