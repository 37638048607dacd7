/* Shows an article a windowful at a time, until whoever reads it goes back. In
 * a plain window: all of it, line by line. */
#ifndef SEARCHER_SESSION_PAGER_H
#define SEARCHER_SESSION_PAGER_H

#include "common/compiler.h"
#include "common/error.h"
#include "searcher/session/reading.h"

/* What is on the screen. */
struct pager {
    struct reading *reading;
    struct window window;
    size_t top;        /* first line shown */
    ptrdiff_t current; /* match, or READING_NO_MATCH */
};

enum status pager_show(struct reading *r, struct error *err) NODISCARD;

/* Changes what is shown; false for a key that leaves. */
bool pager_act(struct pager *p, int key);

/* The window was made another size: the same text stays on top. */
void pager_fit(struct pager *p, struct window window);

/* The lines of the screen, the last one saying where one is; appended. */
void pager_draw(struct strbuf *out, const struct pager *p);

#endif
