/* More like this: the query that finds what is like an article, which is the
 * article's weightiest words without the article. Any of the words is enough
 * (PLAN_ANY); being a query, it can be shown, changed and searched again.
 *
 * A word's weight is the logarithm of how often it is there, words of the title
 * counted for more, times that of how few articles have it. */
#ifndef SEARCHER_SIMILAR_H
#define SEARCHER_SIMILAR_H

#include "common/analyzer.h"
#include "common/archive.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/strbuf.h"
#include "common/text.h"

enum {
    SIMILAR_WORDS = 16,         /* in the query, at most */
    SIMILAR_QUERY_MAX = 1 << 16 /* bytes that are enough for `out` */
};

/* Appends the query to `out`. STATUS_NOT_FOUND if no article has that id, or it
 * has no word that another one has. */
enum status similar_query(struct strbuf *out, struct archive *archive,
                          struct analyzer *analyzer, struct text id,
                          struct error *err) NODISCARD;

#endif
