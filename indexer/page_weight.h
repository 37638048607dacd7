/* Weighs a page: how much text every element holds, how much of it is links,
 * how much is in paragraphs that are long enough to be part of an article. */
#ifndef INDEXER_PAGE_WEIGHT_H
#define INDEXER_PAGE_WEIGHT_H

#include <stdbool.h>
#include <stddef.h>

#include "common/arena.h"
#include "indexer/html_tree.h"

/* The nodes of a page in its order. */
struct page_nodes {
    struct html_node **list;
    size_t count;
};

struct page_nodes page_nodes_list(struct html_node *root, struct arena *arena);

/* Sets all that struct html_node says of weight; what is dropped weighs
 * nothing. To be done again after dropping. */
void page_weigh(const struct page_nodes *page);

/* May have text of its own. */
bool page_is_paragraph(enum html_tag tag);

#endif
