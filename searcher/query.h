/* A query as a tree. The parser makes it, the plan turns it into what the
 * engine runs, the evaluator decides its positional parts.
 *
 * Trees are canonical: AND and OR have two children or more and none of their
 * own kind, a NOT stands only below an AND, QUERY_ALL stands below an AND only
 * as its first child when all others are negative, fields stand at the leaves.
 *
 * All nodes and texts live in the query's arena and never change once parsed.
 * Life cycle: query_parse(), use, query_free(). */
#ifndef SEARCHER_QUERY_H
#define SEARCHER_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/fields.h"
#include "common/text.h"

enum query_kind {
    QUERY_ALL,    /* *: every article */
    QUERY_WORD,   /* text, with its inflections */
    QUERY_PHRASE, /* text within quotes that has white space: its words in
                     order, as written */
    QUERY_AND,    /* all children; negative ones exclude; at least one is not
                     negative */
    QUERY_OR,     /* any child */
    QUERY_NOT,    /* one child, which must not match; only below an AND */

    /* Conditions on positions. Their children are words and their kin,
     * phrases, ORs of such, and each other; all in one analysed field. */
    QUERY_NEAR,      /* two children, at most `number` positions apart */
    QUERY_PRE,       /* the same, in this order */
    QUERY_SENTENCE,  /* two children in one sentence */
    QUERY_PARAGRAPH, /* two children in one paragraph */
    QUERY_ATLEAST,   /* one child, `number` mentions; no condition below it */
    QUERY_FIRST,     /* one child, within the first `number` words of the body;
                        no AND, OR, NOT or field right below it */

    /* Kin of the word. */
    QUERY_WILDCARD, /* text with * (any letters) and ? (one) */
    QUERY_FUZZY,    /* text and its variants of edit distance `number` */
    QUERY_CAPS,     /* text, only where it is in capitals */

    /* Limits. */
    QUERY_DATE,  /* from `text` to `last`, both inclusive, empty if open; as
                    typed: 2022, 2022-02, 2022-02-07, 7d, today, yesterday;
                    or both QUERY_UNDATED */
    QUERY_LENGTH /* `number` to `number_last` words of the body, inclusive;
                    UINT32_MAX if open */
};

/* date:unknown */
#define QUERY_UNDATED "unknown"

struct query_node {
    enum query_kind kind;
    enum field field; /* FIELD_ANY: title and body */
    struct text text; /* of a word, phrase or date, as typed */
    size_t offset;    /* of the node in the query's text, in bytes */
    size_t length;    /* of what was typed for it */
    struct text last; /* of a date; may be empty */
    uint32_t number, number_last;
    bool quoted; /* a word in quotes or behind '=': only as written */
    struct query_node **children;
    size_t child_count;
};

struct query {
    const struct query_node *root; /* never NULL */
    struct text text;              /* as typed; borrowed */
    struct query_memory *memory;   /* owns the nodes */
};

/* STATUS_QUERY with the byte offset of the fault and what was expected. The
 * empty query is one, too. `text` must live as long as the query. */
enum status query_parse(struct query **out, struct text text, struct error *err)
    NODISCARD;
void query_free(struct query *q);
DEFINE_AUTO(query);

/* The two queries that may be meant by one that is refused because AND and OR
 * are mixed: as if AND bound first, and as if OR did. False if it is refused
 * for something else, or not at all. Appended to two `readings`. */
struct strbuf;
bool query_readings(struct text text, struct strbuf *readings) NODISCARD;

/* The tree in brackets, canonical: (AND nord stream (NOT price)), with =word
 * for a word as written. It is what --explain=query prints and what tests
 * compare. Appended. */
void query_print(const struct query_node *node, struct strbuf *out);

/* The tree as a query, which parses to the same tree again (unless that is
 * beyond the limits of size and depth, which it may be for a query that was
 * close to them). Appended. */
void query_write(const struct query_node *node, struct strbuf *out);

/* For a person, three lines without a line break behind the last: the message,
 * the query, and a caret under the column. A long query is cut to the
 * neighbourhood of the fault; the message alone if that has no offset.
 * Appended. */
void query_print_error(struct text query, const struct error *err,
                       struct strbuf *out);

#endif
