/* What WordPress writes in its feeds, and in the export of a whole site, which
 * has the form of a feed. */
#ifndef INDEXER_WORDPRESS_ITEM_H
#define INDEXER_WORDPRESS_ITEM_H

#include "common/arena.h"
#include "common/text.h"
#include "indexer/xml_tree.h"

/* NULL; or of an item of an export that is no published post or page, why it is
 * no article: a stable word. */
const char *wordpress_item_reject(const struct xml_node *item,
                                  struct arena *arena);

/* The text of an item of an export, in which blank lines part paragraphs and
 * [shortcodes] stand for what is not in it; empty for other feeds' items. */
struct text wordpress_item_text(const struct xml_node *item,
                                struct arena *arena);

/* Without "The post … appeared first on …." at its end. */
struct text wordpress_item_trim(struct text text);

#endif
