#include "common/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "common/codepoint.h"

enum { DEFAULT_WIDTH = 80, LARGEST_WIDTH = 10000 };

enum terminal_colour terminal_colour(int descriptor)
{
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    if (!isatty(descriptor) || (no_color && *no_color))
        return TERMINAL_PLAIN;
    return term && strcmp(term, "dumb") != 0 ? TERMINAL_COLOUR : TERMINAL_PLAIN;
}

size_t terminal_width(int descriptor)
{
    struct winsize size;
    if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    const char *columns = getenv("COLUMNS");
    unsigned long width = columns ? strtoul(columns, NULL, 10) : 0;
    return width > 0 && width <= LARGEST_WIDTH ? width : DEFAULT_WIDTH;
}

static void append_break(struct strbuf *out, char c, enum terminal_lines lines)
{
    if (lines == TERMINAL_ONE_LINE)
        strbuf_append_char(out, ' ');
    else
        strbuf_append_char(out, c == '\r' ? '\n' : c);
}

static bool is_break(int32_t c)
{
    return c == '\t' || c == '\n' || c == '\r';
}

void terminal_append(struct strbuf *out, struct text t,
                     enum terminal_lines lines)
{
    while (t.len > 0) {
        struct codepoint c = codepoint_first(t);
        struct text bytes = text_slice(t, 0, c.length);
        t = text_slice(t, c.length, t.len);
        bool half = c.value == '\r' && t.len > 0 && t.ptr[0] == '\n';
        if (is_break(c.value) && !half)
            append_break(out, (char)c.value, lines);
        else if (!c.valid)
            strbuf_append_string(out, "\xef\xbf\xbd");
        else if (codepoint_is_safe(c.value))
            strbuf_append(out, bytes);
    }
}

static size_t columns_of(struct codepoint c)
{
    if (is_break(c.value))
        return 1;
    return codepoint_is_safe(c.value) ? codepoint_width(c.value) : 0;
}

size_t terminal_columns(struct text t)
{
    size_t columns = 0;
    while (t.len > 0) {
        struct codepoint c = codepoint_first(t);
        columns += columns_of(c);
        t = text_slice(t, c.length, t.len);
    }
    return columns;
}

/* Bytes of the longest start of `t` that fits, at least one character. */
static size_t fitting(struct text t, size_t width)
{
    size_t len = 0, columns = 0;
    while (len < t.len) {
        struct codepoint c = codepoint_first(text_slice(t, len, t.len));
        columns += columns_of(c);
        if (columns > width && len > 0)
            break;
        len += c.length;
    }
    return len;
}

static bool is_blank(char c)
{
    return c == ' ' || is_break(c);
}

bool terminal_wrap(struct text *rest, size_t width, struct text *line)
{
    struct text t = text_trim(*rest);
    if (t.len == 0)
        return false;
    size_t len = width ? fitting(t, width) : t.len;
    if (len < t.len && !is_blank(t.ptr[len])) {
        size_t blank = len;
        while (blank > 0 && !is_blank(t.ptr[blank - 1]))
            blank--;
        len = blank > 0 ? blank : len;
    }
    *line = text_trim(text_slice(t, 0, len));
    *rest = text_slice(t, len, t.len);
    return true;
}
