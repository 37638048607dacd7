/* The words an analyzer has met: a table from the form that a text has of a
 * word to its lexeme, so that folding and stemming are done once a form.
 *
 * Several forms (Café, café) may share a lexeme; see struct lexeme.
 *
 * lexicon_forget() starts the numbers at 0 again, but keeps what it knows of
 * words up to LEXICON_KEPT_MAX bytes: the next segment has mostly the same
 * words, and stemming them again would cost more than all the rest. */
#ifndef COMMON_LEXICON_H
#define COMMON_LEXICON_H

#include <stddef.h>
#include <stdint.h>

#include "common/analyzer.h"
#include "common/cleanup.h"
#include "common/form_table.h"

enum { LEXICON_KEPT_MAX = 16 << 20 };

struct engine_stemmer;
struct lexicon;

/* `stemmer` is borrowed; NULL: words have no stems. Never NULL. */
struct lexicon *lexicon_new(struct engine_stemmer *stemmer);
void lexicon_free(struct lexicon *l);

/* The lexeme of a form that is not empty; numbered if it is new. */
const struct lexeme *lexicon_intern(struct lexicon *l,
                                    const struct word_form *form);

uint32_t lexicon_count(const struct lexicon *l);
const struct lexeme *lexicon_at(const struct lexicon *l, uint32_t number);

/* What the numbered lexemes take: 0 after lexicon_forget(). */
size_t lexicon_memory(const struct lexicon *l);
void lexicon_forget(struct lexicon *l);

DEFINE_AUTO(lexicon);

#endif
