/* Which of a page's titles is the article's. */
#ifndef INDEXER_PAGE_TITLE_H
#define INDEXER_PAGE_TITLE_H

#include "indexer/page_metadata.h"

struct text page_title_choose(const struct html_node *root,
                              const struct page_metadata *m,
                              struct arena *arena);

#endif
