#include "searcher/session/reading.h"

#include <stdlib.h>

#include "common/codepoint.h"
#include "common/mem.h"
#include "common/terminal.h"
#include "searcher/day.h"
#include "searcher/session/glyphs.h"

enum { TEXT_MAX = 512 << 20 };

/* --- the text ------------------------------------------------------------- */

static void add_fact(struct strbuf *out, const char *label, struct text fact)
{
    if (text_trim(fact).len == 0)
        return;
    strbuf_append_format(out, "%s: ", label);
    terminal_append(out, fact, TERMINAL_ONE_LINE);
    strbuf_append_char(out, '\n');
}

static void add_head(struct strbuf *out, const struct article *a)
{
    char day[DAY_SIZE];
    day_write(a->published, day);
    add_fact(out, "Source", a->source);
    add_fact(out, "Date", text_from(day));
    add_fact(out, "Section", a->section);
    for (size_t i = 0; i < a->author_count; i++)
        add_fact(out, "Author", a->authors[i]);
    add_fact(out, "Address", a->url);
    add_fact(out, "Id", a->id);
}

/* Columns of a tab are the terminal's; lines are broken before it sees them. */
static void flatten_tabs(struct strbuf *text)
{
    for (size_t i = 0; i < text->len; i++)
        if (text->ptr[i] == '\t')
            text->ptr[i] = ' ';
}

struct builder {
    struct reading *r;
    enum window_glyphs glyphs;
    struct strbuf part;
};

/* Gives where the text ends now. */
static size_t take_part(struct builder *b)
{
    struct text part = strbuf_text(&b->part);
    if (b->glyphs == WINDOW_ASCII)
        glyphs_append_ascii(&b->r->text, part);
    else
        strbuf_append(&b->r->text, part);
    strbuf_reset(&b->part);
    return b->r->text.len;
}

void reading_init(struct reading *r, const struct hits_article *read,
                  enum window_glyphs glyphs)
{
    const struct article *a = &read->article;
    struct builder b = {r, glyphs, STRBUF_INIT(TEXT_MAX)};
    *r = (struct reading){.text = STRBUF_INIT(TEXT_MAX)};
    marked_append_text(&b.part, a->title, read->marks.title,
                       read->marks.title_count, TERMINAL_ONE_LINE);
    strbuf_append_char(&b.part, '\n');
    r->title_end = take_part(&b);
    add_head(&b.part, a);
    r->head_end = take_part(&b);
    strbuf_append_char(&b.part, '\n');
    marked_append_text(&b.part, a->body, read->marks.body,
                       read->marks.body_count, TERMINAL_KEEP_LINES);
    take_part(&b);
    flatten_tabs(&r->text);
    strbuf_done(&b.part);
}

void reading_init_lines(struct reading *r, struct text lines)
{
    *r = (struct reading){.kind = READING_LINES, .text = STRBUF_INIT(TEXT_MAX)};
    strbuf_append(&r->text, lines);
}

void reading_done(struct reading *r)
{
    strbuf_done(&r->text);
    free(r->lines);
    free(r->matches);
    *r = (struct reading){.lines = NULL};
}

/* --- lines ---------------------------------------------------------------- */

/* Gives whether a match is open at the line's end. */
static bool add_line(struct reading *r, struct text line, bool open)
{
    const size_t from = (size_t)(line.ptr - r->text.ptr);
    MEM_GROW(r->lines, r->line_count, r->line_capacity);
    r->lines[r->line_count] = (struct reading_line){from, line.len, open};
    for (size_t i = 0; i < line.len; i++) {
        if (line.ptr[i] == MARKED_ENDS)
            open = false;
        if (line.ptr[i] != MARKED_BEGINS)
            continue;
        open = true;
        MEM_GROW(r->matches, r->match_count, r->match_capacity);
        r->matches[r->match_count++] =
            (struct reading_match){r->line_count, from + i};
    }
    r->line_count++;
    return open;
}

/* What of a line fits. */
static struct text cut(struct text line, size_t width)
{
    size_t len = 0, columns = 0;
    while (len < line.len) {
        const struct codepoint c =
            codepoint_first(text_slice(line, len, line.len));
        columns += codepoint_width(c.value);
        if (columns > width)
            break;
        len += c.length;
    }
    return text_slice(line, 0, len);
}

void reading_fit(struct reading *r, size_t width)
{
    struct text rest = strbuf_text(&r->text), paragraph, line;
    bool open = false;
    r->line_count = r->match_count = 0;
    while (text_split(&rest, '\n', &paragraph)) {
        if (r->kind == READING_LINES) {
            (void)add_line(r, cut(paragraph, width), false);
            continue;
        }
        if (text_trim(paragraph).len == 0)
            open = add_line(r, text_slice(paragraph, 0, 0), open);
        while (terminal_wrap(&paragraph, width, &line))
            open = add_line(r, line, open);
    }
    while (r->line_count > 0 && r->lines[r->line_count - 1].len == 0)
        r->line_count--;
}

static enum window_face face_of(const struct reading *r, size_t from)
{
    return from < r->title_end  ? FACE_TITLE
           : from < r->head_end ? FACE_DIM
                                : FACE_TEXT;
}

/* A line in which one match stands out. */
static void put_with_current(struct strbuf *out, struct text line, bool open,
                             size_t at, const struct marked_style *style)
{
    struct marked_style standing_out = *style;
    size_t to = at;
    while (to < line.len && line.ptr[to] != MARKED_ENDS)
        to++;
    to += to < line.len;
    standing_out.match = "\x1b[7m";
    marked_put(out, text_slice(line, 0, at), style, open);
    marked_put(out, text_slice(line, at, to - at), &standing_out, false);
    marked_put(out, text_slice(line, to, line.len), style, false);
}

void reading_put(struct strbuf *out, const struct reading *r, size_t number,
                 const struct window *w, ptrdiff_t current)
{
    const struct reading_line *l = &r->lines[number];
    const struct text line = text_slice(strbuf_text(&r->text), l->from, l->len);
    const struct marked_style style = window_face(w, face_of(r, l->from));
    if (current >= 0 && (size_t)current < r->match_count &&
        r->matches[current].line == number && w->style != WINDOW_PLAIN)
        put_with_current(out, line, l->open,
                         r->matches[current].offset - l->from, &style);
    else
        marked_put(out, line, &style, l->open);
}
