/* The words an analyzer has met: a table from the form that a text has of a
 * word to its lexeme, so that folding and stemming are done once a form.
 *
 * Several forms (Café, café) may share a lexeme; see struct lexeme.
 *
 * Finding a form is mostly waiting for memory; who has several forms to look up
 * asks for that of all first. */
#ifndef COMMON_LEXICON_H
#define COMMON_LEXICON_H

#include <stddef.h>
#include <stdint.h>

#include "common/analyzer.h"
#include "common/cleanup.h"
#include "common/form_table.h"

struct engine_stemmer;
struct lexicon;

/* `stemmer` is borrowed; NULL: words have no stems. Never NULL. */
struct lexicon *lexicon_new(struct engine_stemmer *stemmer);
void lexicon_free(struct lexicon *l);

/* The lexeme of a form that is not empty; numbered if it is new. */
struct lexeme *lexicon_intern(struct lexicon *l, const struct word_form *form);

/* Says that the form will be looked up; gives its form_head(). */
uint64_t lexicon_prefetch(const struct lexicon *l,
                          const struct word_form *form);

/* As lexicon_intern(), its form_head() being known. */
struct lexeme *lexicon_look_up(struct lexicon *l, const struct word_form *form,
                               uint64_t head);

uint32_t lexicon_count(const struct lexicon *l);
const struct lexeme *lexicon_at(const struct lexicon *l, uint32_t number);

/* What the lexemes take: 0 after lexicon_forget(), which frees them. */
size_t lexicon_memory(const struct lexicon *l);
void lexicon_forget(struct lexicon *l);

DEFINE_AUTO(lexicon);

#endif
