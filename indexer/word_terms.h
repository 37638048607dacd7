/* The terms that a word of title or body becomes: in one place, for every kind
 * of tables. */
#ifndef INDEXER_WORD_TERMS_H
#define INDEXER_WORD_TERMS_H

#include <stdint.h>

#include "common/strbuf.h"
#include "indexer/document.h"

enum word_term {
    WORD_TERM_WORD,
    WORD_TERM_STEM,
    WORD_TERM_ALT_STEM,
    WORD_TERM_TITLE,
    WORD_TERM_TITLE_STEM,
    WORD_TERM_TITLE_ALT_STEM,
    WORD_TERM_CAPS,
    WORD_TERM_COUNT
};

/* How often the term occurs where the word has these counts; 0: not at all. */
uint32_t word_terms_count(const struct word_count *w, enum word_term which);

/* The term itself; replaces the content of `out`. Words differ in all their
 * terms but may share some. */
void word_terms_text(const struct lexeme *l, enum word_term which,
                     struct strbuf *out);

#endif
