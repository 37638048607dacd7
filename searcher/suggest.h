/* Did you mean: for a query that finds nothing, or has a word that is in no
 * article, the query with words that are in the archive. It is only ever
 * shown. */
#ifndef SEARCHER_SUGGEST_H
#define SEARCHER_SUGGEST_H

#include <stddef.h>
#include <stdint.h>

#include "common/analyzer.h"
#include "common/archive.h"
#include "common/arena.h"
#include "common/compiler.h"
#include "common/error.h"
#include "searcher/query.h"

enum { SUGGEST_WORDS_MAX = 8 };

struct suggested_word {
    size_t offset, length; /* in the query, in bytes */
    struct text word;
    uint64_t articles; /* that have it, without deleted ones */
};

struct suggestion {
    struct text query; /* with all words exchanged; empty if there are none */
    struct suggested_word words[SUGGEST_WORDS_MAX]; /* as in the query */
    size_t count;
};

/* Whether the query found anything decides if a word that is in the archive,
 * but seldom, may be a slip as well. */
enum suggest_found { SUGGEST_NOTHING_FOUND, SUGGEST_SOME_FOUND };

struct suggest_request {
    const struct query *query;
    struct archive *archive;
    struct analyzer *analyzer; /* of the archive's language */
    enum suggest_found found;
    struct arena *arena; /* of what the suggestion holds */
};

enum status suggest_query(struct suggestion *out,
                          const struct suggest_request *request,
                          struct error *err) NODISCARD;

#endif
