#include <inttypes.h>

#include "common/strbuf.h"
#include "searcher/html.h"
#include "searcher/report.h"
#include "searcher/timeline.h"

/* Units of the picture, which is scaled to the page. */
enum { WIDTH = 720, HEIGHT = 120, AXIS = 20, LABEL_WIDTH = 64, STEP_MAX = 48 };

/* From one period to the next. */
static double step_of(const struct timeline *t)
{
    const double step = (double)WIDTH / (double)t->count;
    return step < STEP_MAX ? step : STEP_MAX;
}

static bool has_holes(const struct timeline *t)
{
    for (size_t i = 0; i < t->count; i++)
        if (t->periods[i].held == 0)
            return true;
    return false;
}

static void append_label(struct strbuf *out, const struct timeline *t,
                         size_t period)
{
    char label[TIMELINE_LABEL_SIZE];
    timeline_label(label, t, period);
    html_append(out, text_from(label));
}

static void append_number(struct strbuf *out, const char *name, double value)
{
    strbuf_append_format(out, " %s=\"", name);
    strbuf_append_decimal(out, value, 1);
    strbuf_append_char(out, '"');
}

static void append_rectangle(struct strbuf *out, const char *kind, double x,
                             double width, double height)
{
    strbuf_append_format(out, "<rect class=\"%s\"", kind);
    append_number(out, "x", x);
    append_number(out, "y", HEIGHT - height);
    append_number(out, "width", width);
    append_number(out, "height", height);
    strbuf_append_string(out, "><title>");
}

static void append_period(struct strbuf *out, const struct timeline *t,
                          size_t i, double most)
{
    enum { HOLE_HEIGHT = 4, BAR_MIN = 2 };
    const struct timeline_period *p = &t->periods[i];
    const double step = step_of(t);
    const double gap = step > 4 ? 1 : 0;
    if (p->held > 0 && p->matches == 0)
        return;
    double height = HOLE_HEIGHT;
    if (p->held > 0)
        height = BAR_MIN + (double)p->matches / most * (HEIGHT - BAR_MIN);
    append_rectangle(out, p->held > 0 ? "bar" : "hole", (double)i * step,
                     step - gap, height);
    append_label(out, t, i);
    if (p->held > 0)
        strbuf_append_format(out, ": %" PRIu64 " of %" PRIu64, p->matches,
                             p->held);
    else
        strbuf_append_string(out, ": nothing in the archive");
    strbuf_append_string(out, "</title></rect>\n");
}

static void append_axis_label(struct strbuf *out, const struct timeline *t,
                              size_t i)
{
    strbuf_append_string(out, "<text");
    append_number(out, "x", (double)i * step_of(t));
    append_number(out, "y", HEIGHT + AXIS - 5);
    strbuf_append_char(out, '>');
    append_label(out, t, i);
    strbuf_append_string(out, "</text>\n");
}

/* The first, and those behind it that have room. */
static void append_axis(struct strbuf *out, const struct timeline *t)
{
    const double step = step_of(t);
    double end = 0;
    for (size_t i = 0; i < t->count; i++) {
        const double x = (double)i * step;
        if (i > 0 && (x < end || x > WIDTH - LABEL_WIDTH))
            continue;
        append_axis_label(out, t, i);
        end = x + 1.5 * LABEL_WIDTH;
    }
}

void report_timeline(struct strbuf *out, const struct timeline *t)
{
    char unit[TIMELINE_LABEL_SIZE];
    if (t->count == 0)
        return;
    const size_t peak = timeline_peak(t, TIMELINE_ARTICLES);
    const double most = timeline_value(t, peak, TIMELINE_ARTICLES);
    timeline_unit(unit, t);
    strbuf_append_format(out,
                         "<figure>\n<svg viewBox=\"0 0 %d %d\" role=\"img\" "
                         "aria-label=\"Articles by %s\">\n",
                         WIDTH, HEIGHT + AXIS, unit);
    for (size_t i = 0; i < t->count; i++)
        append_period(out, t, i, most);
    strbuf_append_format(out,
                         "<line class=\"axis\" x1=\"0\" y1=\"%d\" x2=\"%d\" "
                         "y2=\"%d\"/>\n",
                         HEIGHT, WIDTH, HEIGHT);
    append_axis(out, t);
    strbuf_append_format(
        out, "</svg>\n<figcaption>Articles by %s, at most %" PRIu64 " in ",
        unit, t->periods[peak].matches);
    append_label(out, t, peak);
    if (t->undated > 0)
        strbuf_append_format(out, "; %" PRIu64 " without a date", t->undated);
    if (has_holes(t))
        strbuf_append_string(out,
                             ". Gray: the archive has nothing of that time");
    strbuf_append_string(out, ".</figcaption>\n</figure>\n");
}
