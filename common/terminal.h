/* What a stream that people read can show, and text made fit for it. Article
 * text is hostile: nothing in it may act on a terminal. */
#ifndef COMMON_TERMINAL_H
#define COMMON_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

#include "common/strbuf.h"
#include "common/text.h"

enum terminal_colour { TERMINAL_PLAIN, TERMINAL_COLOUR };

/* Colour is wanted on a terminal that is not dumb, unless NO_COLOR is set. */
enum terminal_colour terminal_colour(int descriptor);

/* Columns: the terminal's, else $COLUMNS, else 80. */
size_t terminal_width(int descriptor);

enum terminal_lines {
    TERMINAL_ONE_LINE,  /* each tab or line break is a blank */
    TERMINAL_KEEP_LINES /* tabs and line breaks stay; CR LF and CR are LF */
};

/* Appends `t` without what codepoint_is_safe() refuses; invalid UTF-8 comes
 * out as U+FFFD. */
void terminal_append(struct strbuf *out, struct text t,
                     enum terminal_lines lines);

/* Columns that terminal_append() of `t` in one line would take. */
size_t terminal_columns(struct text t);

/* Takes the next line of at most `width` columns off `*rest`, broken at blanks
 * where there are any, without blanks at its ends; false when nothing is left.
 * A `width` of 0 takes everything. The line is a part of `*rest`. */
bool terminal_wrap(struct text *rest, size_t width, struct text *line);

#endif
