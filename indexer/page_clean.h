/* Takes out of an article's element what is not the article: teasers of other
 * articles, lists of links, labels of advertisements, and what comes after a
 * heading such as "Read more". */
#ifndef INDEXER_PAGE_CLEAN_H
#define INDEXER_PAGE_CLEAN_H

#include <stdbool.h>

#include "common/arena.h"
#include "indexer/html_tree.h"

/* A title with a link and little text: it announces another article. */
bool page_is_card(const struct html_node *node);

/* Marked as a summary before the body. */
bool page_is_lead(const struct html_node *node);

void page_clean(struct html_node *body, struct arena *arena);

#endif
