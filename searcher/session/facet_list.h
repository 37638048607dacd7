/* Values that what was found has, with how many articles each:
 *
 *     source, 3 of 12
 *       Baltic Wire  27  ██████████
 *       Morning Post  9  ███
 *       (none)        1
 */
#ifndef SEARCHER_SESSION_FACET_LIST_H
#define SEARCHER_SESSION_FACET_LIST_H

#include "searcher/facets.h"
#include "searcher/session/window.h"

/* How many values of each of `facets` fit the window together. */
size_t facet_list_room(const struct window *w, size_t facets);

/* Appends those of at most `most` values that most articles have. */
void facet_list_put(struct strbuf *out, const struct window *w,
                    const char *title, const struct facet *f, size_t most);

#endif
