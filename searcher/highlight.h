/* Finds in an article's title and body what made it match: the words of each
 * occurrence, by their places in the stored text.
 *
 * Life cycle: highlight_new() for a plan, highlight_article() for each hit,
 * highlight_free(). */
#ifndef SEARCHER_HIGHLIGHT_H
#define SEARCHER_HIGHLIGHT_H

#include <stddef.h>

#include "common/analyzer.h"
#include "common/archive.h"
#include "common/arena.h"
#include "common/article.h"
#include "common/cleanup.h"
#include "searcher/plan.h"
#include "searcher/snippet.h"

struct highlight;

/* All are borrowed. */
struct highlight *highlight_new(const struct plan *plan,
                                const struct archive *archive,
                                struct analyzer *analyzer);
void highlight_free(struct highlight *h);
DEFINE_AUTO(highlight);

/* By offset, the longer of two first: those of a joined word and of its parts
 * overlap. A mark's group is the number of the plan's leaf. */
struct highlight_marks {
    const struct mark *title, *body;
    size_t title_count, body_count;
};

/* The marks are allocated in `arena`. */
struct highlight_marks highlight_article(struct highlight *h,
                                         struct engine_document document,
                                         const struct article *article,
                                         struct arena *arena);

#endif
