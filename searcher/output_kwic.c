/* kwic: a line for every occurrence, aligned on the match:
 *
 *       1 2022-02-07 Talks on the Nord Stream pipeline ended without a result
 *       1 2022-02-07  since gas from Nord Stream stopped. The ministry said
 *
 * On a screen as wide as that is, else with the article's id behind a tab. */
#include "searcher/output_format.h"

#include "common/timestamp.h"
#include "searcher/highlight.h"
#include "searcher/kwic.h"

#define MARKED "\x1b[1;33m"
#define PLAIN  "\x1b[0m"

enum {
    RANK_COLUMNS = 4,
    DAY_LENGTH = 10,
    COLUMNS_IN_FRONT = RANK_COLUMNS + 1 + DAY_LENGTH + 1,
    COLUMNS_MIN = 20,
    COLUMNS_USUAL = 100 /* where there is no screen */
};

static void put_front(struct output *o, const struct hit *hit)
{
    char date[TIMESTAMP_SIZE] = "";
    if (hit->article->published != TIMESTAMP_UNKNOWN)
        timestamp_format(hit->article->published, date, sizeof date);
    strbuf_append_format(&o->buffer, "%*zu %-*.*s ", RANK_COLUMNS, hit->rank,
                         DAY_LENGTH, DAY_LENGTH, date);
}

static void put_match(struct output *o, struct text match)
{
    bool colour = o->settings.colour == TERMINAL_COLOUR;
    if (colour)
        strbuf_append_string(&o->buffer, MARKED);
    strbuf_append(&o->buffer, match);
    if (colour)
        strbuf_append_string(&o->buffer, PLAIN);
}

static void put_line(struct output *o, const struct hit *hit,
                     const struct kwic_line *line, size_t columns_before)
{
    put_front(o, hit);
    strbuf_append_format(&o->buffer, "%*s",
                         (int)(columns_before - line->columns_before), "");
    strbuf_append(&o->buffer, line->before);
    put_match(o, line->match);
    strbuf_append(&o->buffer, line->after);
    if (o->settings.width == 0) {
        strbuf_append_char(&o->buffer, '\t');
        terminal_append(&o->buffer, hit->article->id, TERMINAL_ONE_LINE);
    }
    strbuf_append_char(&o->buffer, '\n');
    output_write(o);
}

static void put_text(struct output *o, const struct hit *hit, struct kwic k)
{
    size_t width = o->settings.width, columns = COLUMNS_USUAL;
    if (width > 0)
        columns = width > COLUMNS_IN_FRONT + COLUMNS_MIN
                      ? width - COLUMNS_IN_FRONT
                      : COLUMNS_MIN;
    k.columns_before = columns * 2 / 5;
    k.columns_from = columns - k.columns_before;
    AUTO_DONE(arena) arena = ARENA_INIT;
    struct kwic_line line;
    while (kwic_next(&k, &line, &arena)) {
        put_line(o, hit, &line, k.columns_before);
        arena_reset(&arena);
    }
}

static void kwic_hit(struct output *o, const struct hit *hit)
{
    const struct highlight_marks *m = hit->marks;
    put_text(o, hit,
             (struct kwic){.text = hit->article->title,
                           .marks = m->title,
                           .mark_count = m->title_count});
    put_text(o, hit,
             (struct kwic){.text = hit->article->body,
                           .marks = m->body,
                           .mark_count = m->body_count});
}

static void kwic_nothing(struct output *o)
{
    (void)o;
}

const struct output_methods output_kwic = {
    .size = sizeof(struct output),
    .begin = kwic_nothing,
    .hit = kwic_hit,
    .end = kwic_nothing,
};
