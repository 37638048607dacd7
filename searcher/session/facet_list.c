#include "searcher/session/facet_list.h"

#include <inttypes.h>

#include "common/terminal.h"
#include "searcher/session/glyphs.h"

enum {
    PLAIN_VALUES = 10,
    VALUES_MIN = 3,
    VALUES_MAX = 20,
    BLANKS = 6, /* before, between and behind the columns */
    BAR_MAX = 60,
    TEXT_MAX = 1 << 20
};

size_t facet_list_room(const struct window *w, size_t facets)
{
    if (w->style == WINDOW_PLAIN)
        return PLAIN_VALUES;
    const size_t each =
        w->height / facets; /* and a heading, and those without */
    const size_t values = each > 2 ? each - 2 : 0;
    return values < VALUES_MIN   ? VALUES_MIN
           : values > VALUES_MAX ? VALUES_MAX
                                 : values;
}

struct columns {
    size_t value, number, bar;
    uint64_t most;
};

static size_t digits(uint64_t number)
{
    size_t count = 1;
    while (number /= 10)
        count++;
    return count;
}

/* As the window can show it, no wider than half of it. */
static struct text shown(struct strbuf *out, const struct window *w,
                         struct text value)
{
    AUTO_DONE(strbuf) clean = STRBUF_INIT(TEXT_MAX);
    struct text rest, line = {"", 0};
    strbuf_reset(out);
    terminal_append(&clean, value, TERMINAL_ONE_LINE);
    if (w->glyphs == WINDOW_ASCII)
        glyphs_append_ascii(out, strbuf_text(&clean));
    else
        strbuf_append(out, strbuf_text(&clean));
    rest = strbuf_text(out);
    (void)terminal_wrap(&rest, w->width / 2 > 0 ? w->width / 2 : 1, &line);
    return line;
}

static struct columns measure(const struct window *w, const struct facet *f,
                              size_t count)
{
    AUTO_DONE(strbuf) text = STRBUF_INIT(TEXT_MAX);
    struct columns c = {.value = f->without > 0 ? sizeof "(none)" - 1 : 0,
                        .most = f->without};
    for (size_t i = 0; i < count; i++) {
        const size_t columns =
            terminal_columns(shown(&text, w, f->values[i].value));
        if (columns > c.value)
            c.value = columns;
        if (f->values[i].count > c.most)
            c.most = f->values[i].count;
    }
    c.number = digits(c.most);
    const size_t used = c.value + c.number + BLANKS;
    c.bar = w->width > used ? w->width - used : 0;
    if (c.bar > BAR_MAX)
        c.bar = BAR_MAX;
    return c;
}

static void put_row(struct strbuf *out, const struct window *w,
                    const struct columns *c, struct value_count value)
{
    AUTO_DONE(strbuf) text = STRBUF_INIT(TEXT_MAX);
    const struct marked_style style = window_face(w, FACE_BAR);
    const struct text name = shown(&text, w, value.value);
    const size_t gap = c->value - terminal_columns(name);
    strbuf_append_format(out, "  %.*s%*s  %*" PRIu64, TEXT_ARG(name), (int)gap,
                         "", (int)c->number, value.count);
    size_t bar =
        (size_t)((double)value.count / (double)c->most * (double)c->bar + 0.5);
    if (bar > 0 && w->style != WINDOW_PLAIN) {
        strbuf_append_format(out, "  %s", style.line);
        while (bar-- > 0)
            strbuf_append_string(out, w->glyphs == WINDOW_UTF8 ? "\xe2\x96\x88"
                                                               : "#");
        strbuf_append_string(out, *style.line ? style.plain : "");
    }
    strbuf_append_char(out, '\n');
}

void facet_list_put(struct strbuf *out, const struct window *w,
                    const char *title, const struct facet *f, size_t most)
{
    const size_t count = f->count < most ? f->count : most;
    const struct columns c = measure(w, f, count);
    const struct value_count without = {TEXT("(none)"), f->without};
    if (count < f->distinct)
        window_say(out, w, FACE_TITLE, "%s, %zu of %zu", title, count,
                   f->distinct);
    else
        window_say(out, w, FACE_TITLE, "%s", title);
    for (size_t i = 0; i < count; i++)
        put_row(out, w, &c, f->values[i]);
    if (f->without > 0)
        put_row(out, w, &c, without);
}
