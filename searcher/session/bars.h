/* A timeline as bars that fill the width of a window:
 *
 *          ▄   █▂
 *     ▁ ▂  █ ▆ ██··▁▃
 *     2021-08   2022
 *     by month, at most 5 in 2022-02; ·· nothing in the archive
 *
 * In a plain window as words; and nothing but words for a single period. */
#ifndef SEARCHER_SESSION_BARS_H
#define SEARCHER_SESSION_BARS_H

#include <stddef.h>

#include "common/strbuf.h"
#include "searcher/session/window.h"
#include "searcher/timeline.h"

/* At most so many periods are shown. */
size_t bars_periods(const struct window *w);

/* Lines that it takes, at most. */
size_t bars_lines(const struct window *w);

/* Nothing for a timeline without periods. */
void bars_put(struct strbuf *out, const struct window *w,
              const struct timeline *t, enum timeline_measure measure);

#endif
