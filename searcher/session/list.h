/* A page of what was found: numbered articles, a few lines each, made to fit
 * the window.
 *
 *     1 Gas price reaches a record
 *       Baltic Wire, 26 Aug 2022, Business
 *       A megawatt hour cost more than 300 euros in Amsterdam.
 */
#ifndef SEARCHER_SESSION_LIST_H
#define SEARCHER_SESSION_LIST_H

#include "common/compiler.h"
#include "common/error.h"
#include "searcher/finding.h"
#include "searcher/session/window.h"

/* How many articles fit, with `reserved` lines for other things than these and
 * how many there are. */
size_t list_room(const struct window *w, size_t reserved);

/* Appends the page that the finding has, and below it how many there are. */
enum status list_put(struct strbuf *out, const struct window *w,
                     struct finding *f, struct hits *hits, struct error *err)
    NODISCARD;

#endif
