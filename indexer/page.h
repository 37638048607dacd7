/* One HTML page, read as an article. */
#ifndef INDEXER_PAGE_H
#define INDEXER_PAGE_H

#include "common/arena.h"
#include "common/article.h"
#include "common/text.h"

/* What is known of a page beside its bytes. */
struct page_request {
    struct text html; /* UTF-8 */
    struct text url;  /* where it was found; or empty */
    timestamp newest; /* a later date is not believed */
};

/* NULL, and all of `out` but its origin is set, its texts in `arena`; or why
 * there is no article: a stable word such as "no-article". */
const char *page_read(struct article *out, const struct page_request *request,
                      struct arena *arena);

/* What such a word means, for people. */
const char *page_explain(const char *reason);

#endif
