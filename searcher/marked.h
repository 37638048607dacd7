/* Marked text on its way to a screen: fit for a terminal, with each match
 * between two control characters, which text that is fit for one cannot have.
 * They take no columns, so that lines are broken as if they were not there. */
#ifndef SEARCHER_MARKED_H
#define SEARCHER_MARKED_H

#include <stdbool.h>

#include "common/strbuf.h"
#include "common/terminal.h"
#include "searcher/snippet.h"

enum { MARKED_BEGINS = 1, MARKED_ENDS = 2 };

/* In one line. */
void marked_append(struct strbuf *out, const struct snippet *s);

/* By offset; marks may overlap. Those that overlap or continue are one match.
 */
void marked_append_text(struct strbuf *out, struct text t,
                        const struct mark *marks, size_t count,
                        enum terminal_lines lines);

/* What a terminal is sent; all "" for none. */
struct marked_style {
    const char *line, *match; /* before a line, before a match in it */
    const char *plain;        /* behind either */
};

/* Appends a line of marked text. `open`: a match that began on the line before
 * goes on; gives whether one is open at the end. */
bool marked_put(struct strbuf *out, struct text line,
                const struct marked_style *style, bool open);

#endif
