/* JSON-LD in the scripts of a page: the article, wherever it is nested, and the
 * persons and organisations it refers to. */
#ifndef INDEXER_PAGE_LINKED_DATA_H
#define INDEXER_PAGE_LINKED_DATA_H

#include "indexer/page_metadata.h"

/* Takes from the JSON of one script what is not known yet. What is not valid
 * JSON even after repair is passed over. */
void page_linked_data_read(struct page_metadata *m, struct text json,
                           timestamp newest, struct arena *arena);

#endif
