/* Marked text on its way to a screen: fit for a terminal, with each match
 * between two control characters, which text that is fit for one cannot have.
 * They take no columns, so that lines are broken as if they were not there. */
#ifndef SEARCHER_MARKED_H
#define SEARCHER_MARKED_H

#include "common/strbuf.h"
#include "searcher/snippet.h"

enum { MARKED_BEGINS = 1, MARKED_ENDS = 2 };

/* In one line. */
void marked_append(struct strbuf *out, const struct snippet *s);

#endif
