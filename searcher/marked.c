#include "searcher/marked.h"

static void append_match(struct strbuf *out, struct text t,
                         enum terminal_lines lines)
{
    strbuf_append_char(out, MARKED_BEGINS);
    terminal_append(out, t, lines);
    strbuf_append_char(out, MARKED_ENDS);
}

void marked_append(struct strbuf *out, const struct snippet *s)
{
    size_t at = 0;
    for (size_t i = 0; i < s->mark_count; i++) {
        const struct range r = s->marks[i];
        terminal_append(out, text_slice(s->text, at, r.from - at),
                        TERMINAL_ONE_LINE);
        append_match(out, text_slice(s->text, r.from, r.to - r.from),
                     TERMINAL_ONE_LINE);
        at = r.to;
    }
    terminal_append(out, text_slice(s->text, at, s->text.len),
                    TERMINAL_ONE_LINE);
}

/* The words of a phrase are one match. */
static bool goes_on(const struct mark *mark, size_t to)
{
    return mark->offset < to || mark->place == MARK_CONTINUES;
}

void marked_append_text(struct strbuf *out, struct text t,
                        const struct mark *marks, size_t count,
                        enum terminal_lines lines)
{
    size_t at = 0;
    for (size_t i = 0, next; i < count; i = next) {
        const size_t from = marks[i].offset;
        size_t to = from + marks[i].length;
        for (next = i + 1; next < count && goes_on(&marks[next], to); next++)
            if (marks[next].offset + marks[next].length > to)
                to = marks[next].offset + marks[next].length;
        terminal_append(out, text_slice(t, at, from - at), lines);
        append_match(out, text_slice(t, from, to - from), lines);
        at = to;
    }
    terminal_append(out, text_slice(t, at, t.len), lines);
}

bool marked_put(struct strbuf *out, struct text line,
                const struct marked_style *style, bool open)
{
    strbuf_append_string(out, open ? style->match : style->line);
    for (size_t i = 0; i < line.len; i++) {
        const char c = line.ptr[i];
        if (c != MARKED_BEGINS && c != MARKED_ENDS) {
            strbuf_append_char(out, c);
            continue;
        }
        open = c == MARKED_BEGINS;
        strbuf_append_string(out, open ? style->match : style->plain);
        if (!open)
            strbuf_append_string(out, style->line);
    }
    if (open || *style->line)
        strbuf_append_string(out, style->plain);
    return open;
}
