#include "searcher/session/bars.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

enum {
    PLAIN_PERIODS = 12,
    COLUMNS_MAX = 8, /* of a bar */
    WITH_GAP = 4,    /* columns that leave room for a gap */
    LEGEND_COLUMNS = 60,
    LEGEND_MAX = 512,
    TEXT_MAX = 1 << 20
};

/* --- sizes ---------------------------------------------------------------- */

static size_t rows(const struct window *w)
{
    return w->height >= 40 ? 4 : w->height >= 30 ? 3 : w->height >= 18 ? 2 : 1;
}

size_t bars_periods(const struct window *w)
{
    return w->style == WINDOW_PLAIN ? PLAIN_PERIODS : w->width;
}

size_t bars_lines(const struct window *w)
{
    return rows(w) + 1 + window_lines(w, LEGEND_COLUMNS);
}

struct layout {
    size_t rows;
    size_t columns; /* of a period */
    size_t bar;     /* of them, its bar's */
    size_t steps;   /* heights that a cell can show */
    double most;
};

static struct layout lay_out(const struct window *w, const struct timeline *t,
                             enum timeline_measure measure)
{
    struct layout l = {.rows = rows(w), .columns = w->width / t->count};
    if (l.columns < 1)
        l.columns = 1;
    if (l.columns > COLUMNS_MAX)
        l.columns = COLUMNS_MAX;
    l.bar = l.columns >= WITH_GAP ? l.columns - 1 : l.columns;
    l.steps = w->glyphs == WINDOW_UTF8 ? 8 : 3;
    l.most = timeline_value(t, timeline_peak(t, measure), measure);
    return l;
}

/* --- bars ----------------------------------------------------------------- */

static const char *glyph(const struct window *w, size_t height)
{
    static const char *const blocks[] = {" ",
                                         "\xe2\x96\x81",
                                         "\xe2\x96\x82",
                                         "\xe2\x96\x83",
                                         "\xe2\x96\x84",
                                         "\xe2\x96\x85",
                                         "\xe2\x96\x86",
                                         "\xe2\x96\x87",
                                         "\xe2\x96\x88"};
    static const char *const ascii[] = {" ", ".", ":", "#"};
    return w->glyphs == WINDOW_UTF8 ? blocks[height] : ascii[height];
}

static const char *hole(const struct window *w)
{
    return w->glyphs == WINDOW_UTF8 ? "\xc2\xb7" : "-";
}

/* Heights of a period's bar: whatever there is can be seen. */
static size_t height_of(const struct layout *l, double value)
{
    const double whole = (double)(l->rows * l->steps);
    if (value <= 0 || l->most <= 0)
        return 0;
    const size_t height = (size_t)lround(value / l->most * whole);
    return height > 0 ? height : 1;
}

static void repeat(struct strbuf *out, const char *what, size_t times)
{
    while (times-- > 0)
        strbuf_append_string(out, what);
}

/* `row`: 0 is the lowest. */
static void put_row(struct strbuf *out, const struct window *w,
                    const struct timeline *t, const struct layout *l,
                    size_t row, enum timeline_measure measure)
{
    const struct marked_style style = window_face(w, FACE_BAR);
    strbuf_append_string(out, style.line);
    for (size_t i = 0; i < t->count; i++) {
        const size_t height = height_of(l, timeline_value(t, i, measure));
        const size_t below = row * l->steps;
        size_t in_cell = height > below ? height - below : 0;
        if (in_cell > l->steps)
            in_cell = l->steps;
        const bool is_hole = t->periods[i].held == 0 && row == 0;
        repeat(out, is_hole ? hole(w) : glyph(w, in_cell), l->bar);
        repeat(out, " ", l->columns - l->bar);
    }
    strbuf_append_string(out, *style.line ? style.plain : "");
    strbuf_append_char(out, '\n');
}

/* --- the axis ------------------------------------------------------------- */

/* Where a label may stand: at the first period, and where a year begins, or a
 * month in a row of days. */
static bool begins(const struct timeline *t, size_t period, bool *whole)
{
    char here[TIMELINE_LABEL_SIZE], before[TIMELINE_LABEL_SIZE];
    timeline_label(here, t, period);
    *whole = period == 0 || t->kind == PERIOD_YEAR;
    if (*whole)
        return true;
    timeline_label(before, t, period - 1);
    const size_t shared = t->kind == PERIOD_MONTH ? 4 : 7;
    return !text_equal(text_make(here, shared), text_make(before, shared));
}

static void put_axis(struct strbuf *out, const struct window *w,
                     const struct timeline *t, const struct layout *l)
{
    size_t at = 0;
    const struct marked_style style = window_face(w, FACE_DIM);
    strbuf_append_string(out, style.line);
    for (size_t i = 0; i < t->count; i++) {
        char label[TIMELINE_LABEL_SIZE];
        bool whole;
        const size_t column = i * l->columns;
        if ((i > 0 && column < at + 1) || !begins(t, i, &whole))
            continue;
        timeline_label(label, t, i);
        if (!whole)
            label[t->kind == PERIOD_MONTH ? 4 : 7] = '\0';
        const size_t len = text_from(label).len;
        if (column + len > w->width)
            break;
        strbuf_append_format(out, "%*s%s", (int)(column - at), "", label);
        at = column + len;
    }
    strbuf_append_string(out, style.plain);
    strbuf_append_char(out, '\n');
}

/* --- words ---------------------------------------------------------------- */

static void append_value(struct strbuf *out, const struct timeline *t,
                         size_t period, enum timeline_measure measure)
{
    if (measure == TIMELINE_ARTICLES) {
        strbuf_append_format(out, "%" PRIu64, t->periods[period].matches);
        return;
    }
    strbuf_append_decimal(out, 100 * timeline_value(t, period, measure), 1);
    strbuf_append_char(out, '%');
}

static bool has_holes(const struct timeline *t)
{
    for (size_t i = 0; i < t->count; i++)
        if (t->periods[i].held == 0)
            return true;
    return false;
}

static void append_legend(struct strbuf *out, const struct timeline *t,
                          enum timeline_measure measure)
{
    const size_t peak = timeline_peak(t, measure);
    char unit[TIMELINE_LABEL_SIZE], label[TIMELINE_LABEL_SIZE];
    timeline_unit(unit, t);
    timeline_label(label, t, peak);
    strbuf_append_format(
        out, "by %s%s, at most ", unit,
        measure == TIMELINE_SHARE ? ", share of what the archive holds" : "");
    append_value(out, t, peak, measure);
    strbuf_append_format(out, " in %s", label);
    if (t->undated > 0)
        strbuf_append_format(out, "; %" PRIu64 " without a date", t->undated);
}

/* Periods without a match are passed over, unless the archive has nothing. */
static void put_words(struct strbuf *out, const struct window *w,
                      const struct timeline *t, enum timeline_measure measure)
{
    AUTO_DONE(strbuf) text = STRBUF_INIT(TEXT_MAX);
    const struct window_block block = {FACE_TEXT, "", 0, 0};
    append_legend(&text, t, measure);
    strbuf_append_char(&text, ':');
    const char *separator = " ";
    for (size_t i = 0; i < t->count; i++) {
        char label[TIMELINE_LABEL_SIZE];
        timeline_label(label, t, i);
        if (t->periods[i].held > 0 && t->periods[i].matches == 0)
            continue;
        strbuf_append_format(&text, "%s%s ", separator, label);
        if (t->periods[i].held > 0)
            append_value(&text, t, i, measure);
        else
            strbuf_append_string(&text, "nothing in the archive");
        separator = ", ";
    }
    window_put(out, w, &block, strbuf_text(&text));
}

void bars_put(struct strbuf *out, const struct window *w,
              const struct timeline *t, enum timeline_measure measure)
{
    AUTO_DONE(strbuf) legend = STRBUF_INIT(LEGEND_MAX);
    const struct window_block block = {FACE_DIM, "", 0, 0};
    if (t->count == 0)
        return;
    if (w->style == WINDOW_PLAIN) {
        put_words(out, w, t, measure);
        return;
    }
    const struct layout l = lay_out(w, t, measure);
    for (size_t row = t->count > 1 ? l.rows : 0; row-- > 0;)
        put_row(out, w, t, &l, row, measure);
    if (t->count > 1)
        put_axis(out, w, t, &l);
    append_legend(&legend, t, measure);
    if (has_holes(t))
        strbuf_append_format(&legend, "; %s%s nothing in the archive", hole(w),
                             hole(w));
    window_put(out, w, &block, strbuf_text(&legend));
}
