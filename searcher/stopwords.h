/* Words so frequent that a query neither requires nor weighs them. They are
 * indexed like any other; quoted, marked with '=' or alone they count.
 *
 * Words that are also names are no stop words: us and who (U.S., WHO), the
 * Italian stati (Stati Uniti), the French ete (summer). */
#ifndef SEARCHER_STOPWORDS_H
#define SEARCHER_STOPWORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "common/text.h"

/* A list, sorted by bytes. */
struct stopwords {
    const char *const *words;
    size_t count;
};

/* `language` is any name or code that analyzer_new() takes; one without a list
 * has an empty one. */
struct stopwords stopwords_of(const char *language);

/* `folded_word` is a lexeme's word. */
bool stopwords_contains(struct stopwords list, struct text folded_word);

#endif
