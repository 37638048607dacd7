/* Every occurrence of what was searched for, in its context: a line each,
 * aligned on the match, behind the number of its article. */
#ifndef SEARCHER_SESSION_CONTEXTS_H
#define SEARCHER_SESSION_CONTEXTS_H

#include "common/compiler.h"
#include "common/error.h"
#include "searcher/finding.h"
#include "searcher/session/reading.h"

enum { CONTEXTS_ARTICLES = 500 /* of the first, at most */ };

/* STATUS_TIMEOUT if it is cut short (common/clock.h). */
enum status contexts_read(struct reading *out, const struct window *w,
                          struct finding *f, struct hits *hits,
                          struct error *err) NODISCARD;

#endif
