/* Whether an article matches a query, decided the slow and plain way: the
 * stored text is analysed, and every part of the query is looked for in it
 * token by token. It shares nothing with what it is compared with but the
 * parser, the analyzer and the list of stop words. */
#ifndef TESTS_SEARCHER_QUERY_REFERENCE_H
#define TESTS_SEARCHER_QUERY_REFERENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/analyzer.h"
#include "common/article.h"
#include "searcher/plan.h"
#include "searcher/query.h"

struct reference_token {
    const struct lexeme *lexeme; /* of the analyzer */
    size_t offset, length;
    uint32_t position, span;
    bool caps;
};

struct reference_tokens {
    struct reference_token *tokens;
    size_t count, capacity;
};

/* An article taken apart. */
struct reference_article {
    const struct article *article;
    struct reference_tokens title, body;
};

struct query_reference {
    struct analyzer *analyzer; /* its own */
    enum plan_match match;
    timestamp since, until;
};

enum reference_verdict {
    REFERENCE_NO,
    REFERENCE_YES,
    REFERENCE_NO_WORDS /* the query has none: it is to be refused */
};

void reference_article_init(struct reference_article *out,
                            struct analyzer *analyzer,
                            const struct article *article);
void reference_article_done(struct reference_article *a);

enum reference_verdict
query_reference_decide(const struct query_reference *r,
                       const struct query_node *node,
                       const struct reference_article *a);

#endif
