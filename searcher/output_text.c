/* For people:
 *
 *     1. The title, with the words of the query set off
 *        Source · 7 Feb 2022 · Section · where it is
 *        The passages, wrapped to the width.
 *
 *     1 of 27 articles */
#include "searcher/output_format.h"

#include <inttypes.h>

#include "searcher/day.h"
#include "searcher/marked.h"

#define BOLD  "\x1b[1m"
#define DIM   "\x1b[2m"
#define MATCH "\x1b[1;33m"
#define PLAIN "\x1b[0m"

/* A block of lines being written. */
struct block {
    struct output *o;
    const char *style;      /* of all of it, "" for none */
    const char *first_line; /* what stands before it */
    size_t indent;          /* of the others, and columns of `first_line` */
};

static bool put_line(const struct block *b, struct text line, bool marked)
{
    static const struct marked_style plain = {"", "", ""};
    const struct marked_style coloured = {b->style, MATCH, PLAIN};
    struct strbuf *out = &b->o->buffer;
    const bool colour = b->o->settings.colour == TERMINAL_COLOUR;
    marked = marked_put(out, line, colour ? &coloured : &plain, marked);
    strbuf_append_char(out, '\n');
    return marked;
}

static void put_block(const struct block *b, struct text text)
{
    struct strbuf *out = &b->o->buffer;
    size_t width = b->o->settings.width, room = width;
    if (width > 0)
        room = width > b->indent + 10 ? width - b->indent : 10;
    bool marked = false;
    struct text line;
    for (const char *before = b->first_line; terminal_wrap(&text, room, &line);
         before = "") {
        strbuf_append_format(out, "%-*s", (int)b->indent, before);
        marked = put_line(b, line, marked);
    }
}

static void put_title(struct output *o, const struct hit *hit,
                      const char *number, size_t indent)
{
    AUTO_DONE(strbuf) title = STRBUF_INIT(o->buffer.max);
    marked_append(&title, &hit->title);
    if (title.len == 0)
        terminal_append(&title, hit->article->id, TERMINAL_ONE_LINE);
    if (title.len == 0)
        strbuf_append_char(&title, '-');
    const struct block b = {o, BOLD, number, indent};
    put_block(&b, strbuf_text(&title));
}

static void append_item(struct strbuf *out, struct text item)
{
    item = text_trim(item);
    if (item.len == 0)
        return;
    if (out->len > 0)
        strbuf_append_string(out, " \xc2\xb7 ");
    terminal_append(out, item, TERMINAL_ONE_LINE);
}

static void append_day(struct strbuf *out, timestamp t)
{
    char day[DAY_SIZE];
    day_write(t, day);
    append_item(out, text_from(day));
}

/* In one line, however long: an address that is broken cannot be copied. */
static void put_facts(struct output *o, const struct article *a, size_t indent)
{
    AUTO_DONE(strbuf) facts = STRBUF_INIT(o->buffer.max);
    append_item(&facts, a->source);
    append_day(&facts, a->published);
    append_item(&facts, a->section);
    append_item(&facts, a->url.len > 0 ? a->url : a->origin.path);
    if (facts.len == 0)
        return;
    const struct block b = {o, DIM, "", indent};
    strbuf_append_format(&o->buffer, "%*s", (int)indent, "");
    put_line(&b, strbuf_text(&facts), false);
}

static void put_snippets(struct output *o, const struct hit *hit, size_t indent)
{
    AUTO_DONE(strbuf) text = STRBUF_INIT(o->buffer.max);
    for (size_t i = 0; i < hit->snippet_count; i++) {
        const struct snippet *s = &hit->snippets[i];
        if (i > 0)
            strbuf_append_string(&text, " " OUTPUT_ELLIPSIS " ");
        else if (s->cut_before)
            strbuf_append_string(&text, OUTPUT_ELLIPSIS " ");
        marked_append(&text, s);
        if (i + 1 == hit->snippet_count && s->cut_after)
            strbuf_append_string(&text, " " OUTPUT_ELLIPSIS);
    }
    const struct block b = {o, "", "", indent};
    put_block(&b, strbuf_text(&text));
}

static void text_begin(struct output *o)
{
    if (o->answers > 1)
        strbuf_append_char(&o->buffer, '\n');
}

static void text_hit(struct output *o, const struct hit *hit)
{
    char number[32];
    int indent = snprintf(number, sizeof number, "%zu. ", hit->rank);
    if (o->hits > 1)
        strbuf_append_char(&o->buffer, '\n');
    put_title(o, hit, number, (size_t)indent);
    put_facts(o, hit->article, (size_t)indent);
    put_snippets(o, hit, (size_t)indent);
}

/* Nothing at all when nothing was found, as grep does. */
static void text_end(struct output *o)
{
    const struct result_summary *s = o->summary;
    const char *about = s->total_kind == TOTAL_EXACT ? "" : "about ";
    const char *noun = s->total == 1 ? "article" : "articles";
    struct strbuf *out = &o->buffer;
    if (s->total == 0 && o->hits == 0)
        return;
    if (o->hits > 0)
        strbuf_append_char(out, '\n');
    if (o->last_rank == o->hits && o->hits == s->total)
        strbuf_append_format(out, "%s%" PRIu64 " %s", about, s->total, noun);
    else if (o->last_rank == o->hits)
        strbuf_append_format(out, "%zu of %s%" PRIu64 " %s", o->hits, about,
                             s->total, noun);
    else
        strbuf_append_format(out, "%zu to %zu of %s%" PRIu64 " %s",
                             o->last_rank - o->hits + 1, o->last_rank, about,
                             s->total, noun);
    if (s->is_partial)
        strbuf_append_string(out, " so far; the time was up");
    if (s->match == MATCH_FALLBACK)
        strbuf_append_string(out, " with some of the words; none has all");
    if (s->match == MATCH_EXPANDED)
        strbuf_append_string(out, " with some of these words or of those "
                                  "that the best of them have");
    strbuf_append_char(out, '\n');
}

const struct output_methods output_text = {
    .size = sizeof(struct output),
    .begin = text_begin,
    .hit = text_hit,
    .end = text_end,
};
