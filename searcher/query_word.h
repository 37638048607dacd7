/* What a run of word characters in a query is: a word, a keyword such as OR,
 * a field's name, a proximity operator, a function's name, a wildcard.
 * Used by the lexer only. */
#ifndef SEARCHER_QUERY_WORD_H
#define SEARCHER_QUERY_WORD_H

#include <stdbool.h>

#include "common/compiler.h"
#include "common/error.h"
#include "common/text.h"
#include "searcher/query_lexer.h"

/* `out` has its offset and, as text, the whole run. Sets its kind, field and
 * number; for a field or a limit such as date: it cuts `length` down to what
 * belongs to it. `opens`: a parenthesis follows without white space. */
enum status query_word_classify(struct query_token *out, bool opens,
                                struct error *err) NODISCARD;

/* Refuses what cannot stand behind '=': fields, wildcards. */
enum status query_word_check_exact(const struct query_token *token,
                                   struct error *err) NODISCARD;

/* The byte of the '~' of word~ or word~2; 0 if there is none. */
size_t query_word_tilde(struct text word);

#endif
