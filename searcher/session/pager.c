#include "searcher/session/pager.h"

#include <stdio.h>
#include <unistd.h>

#include "searcher/session/keyboard.h"

enum { SCREEN_MAX = 64 << 20, CTRL_C = 3, CTRL_D = 4, STATUS_MAX = 200 };

/* Lines of text; the last one of the window is for the status. */
static size_t rows(const struct pager *p)
{
    return p->window.height > 1 ? p->window.height - 1 : 1;
}

static size_t last_top(const struct pager *p)
{
    const size_t count = p->reading->line_count;
    return count > rows(p) ? count - rows(p) : 0;
}

static void go_to(struct pager *p, size_t line)
{
    p->top = line < last_top(p) ? line : last_top(p);
}

static void go_up(struct pager *p, size_t lines)
{
    go_to(p, p->top > lines ? p->top - lines : 0);
}

/* --- matches -------------------------------------------------------------- */

static void show_match(struct pager *p, ptrdiff_t match)
{
    const size_t line = p->reading->matches[match].line;
    p->current = match;
    if (line < p->top || line >= p->top + rows(p))
        go_to(p, line > rows(p) / 3 ? line - rows(p) / 3 : 0);
}

/* The first at the top or below it, when none has been walked to. */
static void next_match(struct pager *p)
{
    const ptrdiff_t count = (ptrdiff_t)p->reading->match_count;
    ptrdiff_t next = p->current + 1;
    while (p->current == READING_NO_MATCH && next < count &&
           p->reading->matches[next].line < p->top)
        next++;
    if (next < count)
        show_match(p, next);
}

static void previous_match(struct pager *p)
{
    ptrdiff_t previous = p->current - 1;
    if (p->current == READING_NO_MATCH) {
        previous = (ptrdiff_t)p->reading->match_count - 1;
        while (previous >= 0 && p->reading->matches[previous].line >= p->top)
            previous--;
    }
    if (previous >= 0)
        show_match(p, previous);
}

/* --- keys ----------------------------------------------------------------- */

bool pager_act(struct pager *p, int key)
{
    switch (key) {
    case 'q':
    case 'Q':
    case CTRL_C:
    case CTRL_D:
    case KEY_ESCAPE:
    case KEY_END_OF_INPUT:
        return false;
    case ' ':
    case 'f':
    case KEY_PAGE_DOWN:
        go_to(p, p->top + rows(p));
        break;
    case 'b':
    case KEY_PAGE_UP:
        go_up(p, rows(p));
        break;
    case 'j':
    case '\r':
    case '\n':
    case KEY_DOWN:
        go_to(p, p->top + 1);
        break;
    case 'k':
    case KEY_UP:
        go_up(p, 1);
        break;
    case 'g':
    case '<':
    case KEY_FIRST:
        go_to(p, 0);
        break;
    case 'G':
    case '>':
    case KEY_LAST:
        go_to(p, last_top(p));
        break;
    case 'n':
        next_match(p);
        break;
    case 'N':
    case 'p':
        previous_match(p);
        break;
    default:
        break;
    }
    return true;
}

void pager_fit(struct pager *p, struct window window)
{
    struct reading *r = p->reading;
    const size_t from = p->top < r->line_count ? r->lines[p->top].from : 0;
    size_t top = 0;
    p->window = window;
    reading_fit(r, window.width);
    while (top + 1 < r->line_count && r->lines[top + 1].from <= from)
        top++;
    go_to(p, top);
}

/* --- the screen ----------------------------------------------------------- */

static void draw_status(struct strbuf *out, const struct pager *p)
{
    const struct reading *r = p->reading;
    char status[STATUS_MAX];
    struct text line = {"", 0};
    int len;
    if (last_top(p) == 0)
        len = snprintf(status, sizeof status, "all");
    else
        len = snprintf(status, sizeof status, "%zu%%",
                       100 * p->top / last_top(p));
    if (r->match_count == 0)
        len +=
            snprintf(status + len, sizeof status - (size_t)len, " | no match");
    else if (p->current == READING_NO_MATCH)
        len += snprintf(status + len, sizeof status - (size_t)len,
                        " | n: %zu match%s", r->match_count,
                        r->match_count == 1 ? "" : "es");
    else
        len += snprintf(status + len, sizeof status - (size_t)len,
                        " | match %td of %zu (n N)", p->current + 1,
                        r->match_count);
    snprintf(status + len, sizeof status - (size_t)len,
             " | q: back, space: on, b: up");
    struct text rest = text_from(status);
    (void)terminal_wrap(&rest, p->window.width, &line);
    strbuf_append_format(out, "\x1b[K\x1b[7m%.*s\x1b[0m", TEXT_ARG(line));
}

void pager_draw(struct strbuf *out, const struct pager *p)
{
    strbuf_append_string(out, "\x1b[H");
    for (size_t i = 0; i < rows(p); i++) {
        strbuf_append_string(out, "\x1b[K");
        if (p->top + i < p->reading->line_count)
            reading_put(out, p->reading, p->top + i, &p->window, p->current);
        strbuf_append_string(out, "\r\n");
    }
    draw_status(out, p);
}

static void write_out(struct strbuf *out)
{
    fwrite(out->ptr, 1, out->len, stdout);
    fflush(stdout);
    strbuf_reset(out);
}

static void print_all(const struct pager *p)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(SCREEN_MAX);
    for (size_t i = 0; i < p->reading->line_count; i++) {
        reading_put(&out, p->reading, i, &p->window, READING_NO_MATCH);
        strbuf_append_char(&out, '\n');
        write_out(&out);
    }
}

enum status pager_show(struct reading *r, struct error *err)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(SCREEN_MAX);
    struct pager p = {.reading = r, .current = READING_NO_MATCH};
    pager_fit(&p, window_look(STDOUT_FILENO));
    if (p.window.style == WINDOW_PLAIN) {
        print_all(&p);
        return STATUS_OK;
    }
    enum status status = keyboard_open(err);
    if (status != STATUS_OK)
        return status;
    int key = KEY_RESIZED;
    do {
        if (key == KEY_RESIZED)
            pager_fit(&p, window_look(STDOUT_FILENO));
        pager_draw(&out, &p);
        write_out(&out);
        key = keyboard_read();
    } while (pager_act(&p, key));
    keyboard_close();
    return STATUS_OK;
}
