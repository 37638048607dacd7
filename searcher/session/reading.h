/* An article laid out to be read: title, what is known of it, and its text,
 * wrapped to a width, with the places of the matches.
 *
 * Life cycle: reading_init() with the article, reading_fit() to a width and
 * again to another, reading_done(). */
#ifndef SEARCHER_SESSION_READING_H
#define SEARCHER_SESSION_READING_H

#include <stddef.h>

#include "common/cleanup.h"
#include "common/strbuf.h"
#include "searcher/hits.h"
#include "searcher/session/window.h"

struct reading_line {
    size_t from, len; /* in the text */
    bool open;        /* a match that began above goes on */
};

/* A match is where it begins. */
struct reading_match {
    size_t line, offset; /* the offset in the text */
};

enum reading_kind {
    READING_WRAPPED, /* lines are broken where the width ends */
    READING_LINES    /* lines are cut there */
};

struct reading {
    enum reading_kind kind;
    struct strbuf text;         /* marked; a paragraph a line */
    size_t title_end, head_end; /* in it */
    struct reading_line *lines;
    size_t line_count, line_capacity;
    struct reading_match *matches;
    size_t match_count, match_capacity;
};

/* The article may go afterwards. */
void reading_init(struct reading *r, const struct hits_article *article,
                  enum window_glyphs glyphs);

/* Marked lines, as they are to be shown. */
void reading_init_lines(struct reading *r, struct text lines);
void reading_done(struct reading *r);
DEFINE_AUTO_DONE(reading);

void reading_fit(struct reading *r, size_t width);

enum { READING_NO_MATCH = -1 };

/* Appends a line without its end; `current` is the number of the match that
 * stands out, or READING_NO_MATCH. */
void reading_put(struct strbuf *out, const struct reading *r, size_t line,
                 const struct window *w, ptrdiff_t current);

#endif
