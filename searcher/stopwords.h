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

/* `language` is any name or code that analyzer_new() takes; one without a list
 * has no stop words. `folded_word` is a lexeme's word. */
bool stopwords_contains(const char *language, struct text folded_word);

/* The list itself, sorted by bytes; NULL and 0 where there is none. */
const char *const *stopwords_of(const char *language, size_t *count);

#endif
