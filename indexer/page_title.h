/* Which of a page's titles is the article's. */
#ifndef INDEXER_PAGE_TITLE_H
#define INDEXER_PAGE_TITLE_H

#include "indexer/page_metadata.h"

struct text page_title_choose(const struct html_node *root,
                              const struct page_metadata *m,
                              struct arena *arena);

/* "The Post" of "Bridge closed | The Post", the title of a window: what alone
 * stands behind `title`; or empty. */
struct text page_title_site(struct text title, struct text window);

#endif
