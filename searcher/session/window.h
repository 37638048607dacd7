/* The window that a session is held in: its size, what it can show, and lines
 * made to fit it. */
#ifndef SEARCHER_SESSION_WINDOW_H
#define SEARCHER_SESSION_WINDOW_H

#include <stddef.h>

#include "common/strbuf.h"
#include "common/text.h"
#include "searcher/marked.h"

/* A plain window shows lines one below the other, and nothing moves in it: a
 * dumb terminal, or one that is read aloud. */
enum window_style { WINDOW_PLAIN, WINDOW_BOLD /* no colour */, WINDOW_COLOUR };
enum window_glyphs { WINDOW_ASCII, WINDOW_UTF8 };

struct window {
    size_t width, height; /* in characters; never 0 */
    enum window_style style;
    enum window_glyphs glyphs;
};

/* As the terminal, TERM, NO_COLOR and the locale of the program have it; the
 * size changes when the terminal's does. */
struct window window_look(int descriptor);

enum window_face {
    FACE_TEXT,
    FACE_TITLE,
    FACE_DIM,
    FACE_BAR,
    FACE_WARNING,
    FACES
};
struct marked_style window_face(const struct window *w, enum window_face face);

/* What stands where text was cut. */
const char *window_ellipsis(const struct window *w);

struct window_block {
    enum window_face face;
    const char *label; /* before the first line; "" for none */
    size_t indent;     /* columns of the label, and before the other lines */
    size_t lines;      /* at most; 0: any number */
};

/* Appends marked text, broken to the width; cut if it takes more lines. */
void window_put(struct strbuf *out, const struct window *w,
                const struct window_block *block, struct text marked);

/* How many lines a text takes that is as wide as `columns`, at most. */
size_t window_lines(const struct window *w, size_t columns);

/* A paragraph of plain text. */
void window_say(struct strbuf *out, const struct window *w,
                enum window_face face, const char *format, ...)
    PRINTF_LIKE(4, 5);

#endif
