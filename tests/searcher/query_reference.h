/* Whether an article matches a query, decided the slow and plain way: the
 * stored text is analysed, and every part of the query is looked for in it
 * token by token. It shares nothing with what it is compared with but the
 * parser, the analyzer and the list of stop words.
 *
 * In three parts: an article's tokens (reference_article.h), where words stand
 * in them (reference_text.h), and here what follows from that. */
#ifndef TESTS_SEARCHER_QUERY_REFERENCE_H
#define TESTS_SEARCHER_QUERY_REFERENCE_H

#include <stdbool.h>

#include "common/analyzer.h"
#include "common/timestamp.h"
#include "searcher/plan.h"
#include "searcher/query.h"
#include "tests/searcher/reference_article.h"

struct query_reference {
    struct analyzer *analyzer; /* its own */
    enum plan_match match;
    timestamp since, until;
    timestamp now; /* what 7d and today are counted from */
    bool place;    /* days begin as TZ says; else by the distance from UTC */
    int ahead_of_utc;
    bool unknown; /* for its own use */
};

enum reference_verdict {
    REFERENCE_NO,
    REFERENCE_YES,
    REFERENCE_NO_WORDS, /* there is nothing in it to look for */
    REFERENCE_UNKNOWN   /* it would take too long to find out */
};

/* Whether the query is to be refused whatever the articles are. */
bool query_reference_refuses(struct query_reference *r,
                             const struct query_node *node);

enum reference_verdict
query_reference_decide(struct query_reference *r, const struct query_node *node,
                       const struct reference_article *a);

#endif
