#include "searcher/session/window.h"

#include <langinfo.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "common/terminal.h"
#include "searcher/session/glyphs.h"

enum {
    USUAL_HEIGHT = 24,
    LARGEST_HEIGHT = 1000,
    BLOCK_MAX = 64 << 20,
    SAID_MAX = 4096,
    ROOM_MIN = 10
};

static size_t height_of(int descriptor)
{
    struct winsize size;
    if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_row > 0)
        return size.ws_row;
    const char *lines = getenv("LINES");
    const unsigned long height = lines ? strtoul(lines, NULL, 10) : 0;
    return height > 0 && height <= LARGEST_HEIGHT ? height : USUAL_HEIGHT;
}

struct window window_look(int descriptor)
{
    const char *term = getenv("TERM");
    const bool dumb = !term || !*term || strcmp(term, "dumb") == 0;
    const bool utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    return (struct window){
        .width = terminal_width(descriptor),
        .height = height_of(descriptor),
        .style = dumb ? WINDOW_PLAIN
                 : terminal_colour(descriptor) == TERMINAL_PLAIN
                     ? WINDOW_BOLD
                     : WINDOW_COLOUR,
        .glyphs = utf8 ? WINDOW_UTF8 : WINDOW_ASCII,
    };
}

struct marked_style window_face(const struct window *w, enum window_face face)
{
    static const struct marked_style bold[FACES] = {
        [FACE_TEXT] = {"", "\x1b[1;4m", "\x1b[0m"},
        [FACE_TITLE] = {"\x1b[1m", "\x1b[1;4m", "\x1b[0m"},
        [FACE_DIM] = {"\x1b[2m", "\x1b[1;4m", "\x1b[0m"},
        [FACE_BAR] = {"", "", "\x1b[0m"},
        [FACE_WARNING] = {"\x1b[1m", "", "\x1b[0m"},
    };
    static const struct marked_style colour[FACES] = {
        [FACE_TEXT] = {"", "\x1b[1;33m", "\x1b[0m"},
        [FACE_TITLE] = {"\x1b[1m", "\x1b[1;33m", "\x1b[0m"},
        [FACE_DIM] = {"\x1b[2m", "\x1b[1;33m", "\x1b[0m"},
        [FACE_BAR] = {"\x1b[36m", "", "\x1b[0m"},
        [FACE_WARNING] = {"\x1b[31m", "", "\x1b[0m"},
    };
    static const struct marked_style plain = {"", "", ""};
    return w->style == WINDOW_PLAIN  ? plain
           : w->style == WINDOW_BOLD ? bold[face]
                                     : colour[face];
}

const char *window_ellipsis(const struct window *w)
{
    return w->glyphs == WINDOW_UTF8 ? "\xe2\x80\xa6" : "...";
}

/* --- lines ---------------------------------------------------------------- */

/* The first `width` columns of a text that is longer, and the ellipsis. */
static struct text cut(struct strbuf *out, const struct window *w,
                       struct text rest, size_t width)
{
    const char *ellipsis = window_ellipsis(w);
    const size_t columns = terminal_columns(text_from(ellipsis)) + 1;
    struct text line = {"", 0};
    strbuf_reset(out);
    (void)terminal_wrap(&rest, width > columns ? width - columns : 1, &line);
    strbuf_append(out, line);
    strbuf_append_format(out, " %s", ellipsis);
    return strbuf_text(out);
}

static void put_lines(struct strbuf *out, const struct window *w,
                      const struct window_block *b, struct text rest)
{
    AUTO_DONE(strbuf) last = STRBUF_INIT(BLOCK_MAX);
    const struct marked_style style = window_face(w, b->face);
    const size_t room =
        w->width > b->indent + ROOM_MIN ? w->width - b->indent : ROOM_MIN;
    struct text before = rest, line;
    bool open = false;
    const char *label = b->label;
    for (size_t n = 1; terminal_wrap(&rest, room, &line); n++) {
        const bool cuts = n == b->lines && text_trim(rest).len > 0;
        if (cuts)
            line = cut(&last, w, before, room);
        strbuf_append_format(out, "%-*s", (int)b->indent, label);
        open = marked_put(out, line, &style, open);
        strbuf_append_char(out, '\n');
        label = "";
        before = rest;
        if (cuts)
            break;
    }
}

void window_put(struct strbuf *out, const struct window *w,
                const struct window_block *block, struct text marked)
{
    AUTO_DONE(strbuf) ascii = STRBUF_INIT(BLOCK_MAX);
    if (w->glyphs == WINDOW_ASCII) {
        glyphs_append_ascii(&ascii, marked);
        marked = strbuf_text(&ascii);
    }
    put_lines(out, w, block, marked);
}

/* Lines are broken at words: the longer these, the more lines. */
size_t window_lines(const struct window *w, size_t columns)
{
    enum { USUAL_WORD = 8 };
    const size_t room = w->width > 2 * USUAL_WORD ? w->width - USUAL_WORD : 1;
    return columns <= w->width ? 1 : (columns + room - 1) / room;
}

void window_say(struct strbuf *out, const struct window *w,
                enum window_face face, const char *format, ...)
{
    AUTO_DONE(strbuf) clean = STRBUF_INIT(BLOCK_MAX);
    const struct window_block block = {.face = face, .label = ""};
    char said[SAID_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(said, sizeof said, format, arguments);
    va_end(arguments);
    terminal_append(&clean, text_from(said), TERMINAL_ONE_LINE);
    window_put(out, w, &block, strbuf_text(&clean));
}
