/* What the analyzer must know of a language beside its stemmer: its codes, its
 * apostrophe, the full stops that end no sentence. */
#ifndef COMMON_LANGUAGE_H
#define COMMON_LANGUAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/text.h"

enum language_apostrophe {
    APOSTROPHE_JOINS,    /* don't, o'neill: one word */
    APOSTROPHE_SEPARATES /* l'été, dell'arte: two */
};

enum language_ordinal {
    ORDINAL_PLAIN,
    ORDINAL_DOT /* 24. Februar: the dot after one or two digits ends nothing */
};

struct language_words {
    const char *const *words; /* sorted by bytes */
    size_t count;
};

bool language_words_have(struct language_words list, struct text word);

struct language {
    const char *name;     /* canonical: Snowball's */
    const char *codes;    /* ISO 639-1, separated by spaces */
    const char *variants; /* other stemmers for it, separated by spaces */
    enum language_apostrophe apostrophe;
    enum language_ordinal ordinal;
    /* Folded words behind which a dot ends no sentence. */
    struct language_words abbreviations;
    struct language_words before_number; /* if a number follows */
};

/* By name, code or variant; NULL if there is none such. */
const struct language *language_find(const char *name);

/* "english" for "en" and for "english"; a variant is its own. */
const char *language_canonical(const struct language *language,
                               const char *name);

/* Whether a space-separated list, which may be NULL, has this word. */
bool language_list_has(const char *list, struct text word);

#endif
