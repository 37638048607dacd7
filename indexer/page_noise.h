/* What the marks of a page's elements (tag, class, id, role) say of them:
 * boilerplate, or the place of the article. Words are compared whole, so that
 * "header" is not "head" and "shared" not "share". */
#ifndef INDEXER_PAGE_NOISE_H
#define INDEXER_PAGE_NOISE_H

#include <stdbool.h>

#include "indexer/html_tree.h"

enum page_noise {
    PAGE_NO_NOISE,
    PAGE_MAYBE_NOISE,  /* unless most of the page's text is in it */
    PAGE_LIKELY_NOISE, /* unless that, and the headline as well */
    PAGE_NOISE         /* comments and the like, however long */
};

enum page_noise page_noise_of(const struct html_node *node);

/* 0 nothing, 1 said to be of an article, 2 said to be its body. */
int page_body_mark(const struct html_node *node);

#endif
