/* An article taken apart into its words, with their places counted as the
 * manual has them, for the reference of the tests. */
#ifndef TESTS_SEARCHER_REFERENCE_ARTICLE_H
#define TESTS_SEARCHER_REFERENCE_ARTICLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/analyzer.h"
#include "common/article.h"

struct reference_token {
    const struct lexeme *lexeme; /* of the analyzer */
    size_t offset, length;       /* in the title or body */
    uint32_t first, last;        /* positions: the title's from 1, the body's
                                    a hundred behind it */
    uint32_t sentence, paragraph;
    bool body, caps, bigram;
};

struct reference_article {
    const struct article *article; /* borrowed */
    struct reference_token *tokens;
    size_t count, capacity;
    uint32_t body_first; /* position of the body's first word */
    uint32_t body_words; /* its positions */
};

void reference_article_init(struct reference_article *out,
                            struct analyzer *analyzer,
                            const struct article *article);
void reference_article_done(struct reference_article *a);

#endif
