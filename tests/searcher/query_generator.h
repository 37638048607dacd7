/* Random queries over every operator of the language, as a person might type
 * them. Most of them parse; the others are for the parser's own tests. */
#ifndef TESTS_SEARCHER_QUERY_GENERATOR_H
#define TESTS_SEARCHER_QUERY_GENERATOR_H

#include <stddef.h>
#include <stdint.h>

#include "common/strbuf.h"

/* xorshift64: the same on every machine. */
struct dice {
    uint64_t state; /* never 0 */
};
size_t dice_below(struct dice *d, size_t limit);

#define DICE_PICK(dice, list)                                                  \
    (list)[dice_below((dice), sizeof(list) / sizeof *(list))]

/* What the queries are about. */
struct query_generator {
    struct dice *dice;
    const char *const *words; /* of titles and bodies */
    size_t word_count;
    const char *const *names; /* of authors, sources and sections, quoted
                                 where they have blanks */
    size_t name_count;
    const char *const *days; /* as in date: */
    size_t day_count;
    size_t ids; /* id:p0 and so on; 0: none */
};

/* Appends a query. */
void query_generate(const struct query_generator *g, struct strbuf *out);

#endif
