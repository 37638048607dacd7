/* Finds the article in a page's tree: marks what is not part of its body as
 * dropped, and gives the element that holds the rest.
 *
 * How: paragraphs are weighed (long, few links, no marks of boilerplate); from
 * the top, the walk goes down as long as one child has almost all of the weight
 * of its parent; then what is left in there is cleaned of lists of links,
 * captions, teasers and the like. */
#ifndef INDEXER_PAGE_BODY_H
#define INDEXER_PAGE_BODY_H

#include <stdbool.h>

#include "common/arena.h"
#include "indexer/html_tree.h"

/* NULL if the page has no running text at all. */
struct html_node *page_body_find(struct html_node *root, struct arena *arena);

/* Whether what was found is a list of other articles: headings that are links,
 * and not many more paragraphs. */
bool page_body_is_index(const struct html_node *body);

#endif
