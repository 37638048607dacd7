/* What stands around a page's headline, for people to read: when it was
 * published, and by whom. */
#ifndef INDEXER_PAGE_OPENING_H
#define INDEXER_PAGE_OPENING_H

#include "indexer/page_metadata.h"

struct page_opening {
    const struct html_node *root;
    struct text title, body; /* as far as they are found */
};

/* Takes the date and the authors from lines next to the title, or where that is
 * not seen, from the beginning of the body, if they are not known yet. */
void page_opening_read(struct page_metadata *m, const struct page_opening *o,
                       timestamp newest, struct arena *arena);

/* `body` without lines at its beginning that are only its date, its authors,
 * its title, or how long it takes to read. */
struct text page_opening_trim(const struct page_metadata *m, struct text title,
                              struct text body);

#endif
