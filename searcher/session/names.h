/* Authors and languages of what was found, which only the articles themselves
 * tell: counted over the first of them. */
#ifndef SEARCHER_SESSION_NAMES_H
#define SEARCHER_SESSION_NAMES_H

#include <stddef.h>

#include "common/arena.h"
#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "searcher/facets.h"
#include "searcher/finding.h"

enum { NAMES_ARTICLES = 20000 /* that are read, at most */ };

struct names {
    struct arena arena;              /* of the values */
    struct facet authors, languages; /* what most have first; their kind says
                                        nothing */
    size_t read;                     /* articles */
};

/* STATUS_TIMEOUT if it is cut short (common/clock.h). */
enum status names_count(struct names *out, struct finding *f, struct hits *hits,
                        struct error *err) NODISCARD;
void names_done(struct names *n);
DEFINE_AUTO_DONE(names);

#endif
