/* From the bytes of a page to its tree, by libxml2's HTML parser. */
#ifndef INDEXER_HTML_PARSE_H
#define INDEXER_HTML_PARSE_H

#include "common/arena.h"
#include "common/text.h"
#include "indexer/html_tree.h"

/* The root, an HTML_HTML element. `html` is UTF-8; whatever is wrong with it,
 * there is a tree. All of the tree is in `arena`. */
struct html_node *html_parse(struct text html, struct arena *arena);

#endif
