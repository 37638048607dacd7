/* What elements of a page say they are: microdata and RDFa of schema.org,
 * Dublin Core, and the classes of hAtom (hentry, vcard). */
#ifndef INDEXER_PAGE_MARKUP_H
#define INDEXER_PAGE_MARKUP_H

#include "indexer/page_metadata.h"

/* Takes what is not known yet; what comments say of themselves is passed over.
 * `newest`: a later date is not believed. */
void page_markup_read(struct page_metadata *m, const struct html_node *root,
                      timestamp newest, struct arena *arena);

#endif
