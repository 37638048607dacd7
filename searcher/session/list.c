#include "searcher/session/list.h"

#include <inttypes.h>
#include <stdio.h>

#include "searcher/day.h"
#include "searcher/output_format.h"

enum {
    ITEMS_MAX = 20,
    TOTAL_COLUMNS = sizeof "1 to 20 of 1000 articles, 10.0 ms; n: the next",
    PLAIN_ITEMS = 10,    /* where there is no window to fill */
    NARROW = 72,         /* columns: passages take two lines */
    WIDE = 120,          /* one line is enough */
    TALL = 34,           /* lines: for two, in between */
    LINE_MAX = 64 << 20, /* bytes of marked text */
    FULL_PER_CENT = 90   /* of its lines that a passage fills, since lines
                                 are broken at words */
};

static size_t passage_lines(const struct window *w)
{
    const bool tall = w->height >= TALL || w->style == WINDOW_PLAIN;
    return w->width < NARROW || (tall && w->width < WIDE) ? 2 : 1;
}

size_t list_room(const struct window *w, size_t reserved)
{
    if (w->style == WINDOW_PLAIN)
        return PLAIN_ITEMS;
    reserved += window_lines(w, TOTAL_COLUMNS);
    const size_t lines = w->height > reserved ? w->height - reserved : 0;
    const size_t items = lines / (2 + passage_lines(w));
    return items < 1 ? 1 : items > ITEMS_MAX ? ITEMS_MAX : items;
}

/* --- one article ---------------------------------------------------------- */

static void append_fact(struct strbuf *out, struct text fact)
{
    fact = text_trim(fact);
    if (fact.len == 0)
        return;
    if (out->len > 0)
        strbuf_append_string(out, " \xc2\xb7 ");
    terminal_append(out, fact, TERMINAL_ONE_LINE);
}

static void append_passage(struct strbuf *out, const struct hits_article *a,
                           size_t columns, struct arena *arena)
{
    struct snippet snippets[SNIPPET_PASSAGES];
    const struct snippet_request request = {
        .text = a->article.body,
        .marks = a->marks.body,
        .mark_count = a->marks.body_count,
        .characters = columns * FULL_PER_CENT / 100,
        .passages = 1,
    };
    if (snippet_choose(snippets, &request, arena) == 0)
        return;
    if (snippets->cut_before)
        strbuf_append_string(out, OUTPUT_ELLIPSIS " ");
    marked_append(out, snippets);
    if (snippets->cut_after)
        strbuf_append_string(out, " " OUTPUT_ELLIPSIS);
}

static void append_title(struct strbuf *out, const struct hits_article *a,
                         struct arena *arena)
{
    const struct snippet title = snippet_whole(a->article.title, a->marks.title,
                                               a->marks.title_count, arena);
    marked_append(out, &title);
    if (text_trim(strbuf_text(out)).len == 0)
        terminal_append(out, a->article.id, TERMINAL_ONE_LINE);
}

static void append_facts(struct strbuf *out, const struct article *a)
{
    char day[DAY_SIZE];
    day_write(a->published, day);
    append_fact(out, a->source);
    append_fact(out, text_from(day));
    append_fact(out, a->section);
}

/* Columns of the largest rank on the page. */
static size_t indent_of(const struct finding *f)
{
    return (size_t)snprintf(NULL, 0, "%zu ", f->first + f->result.count);
}

static void put_article(struct strbuf *out, const struct window *w,
                        const struct hits_article *a, size_t rank,
                        const struct finding *f, struct arena *arena)
{
    AUTO_DONE(strbuf) line = STRBUF_INIT(LINE_MAX);
    char label[32];
    const size_t indent = indent_of(f), lines = passage_lines(w);
    const size_t room = w->width > indent + 10 ? w->width - indent : 10;
    snprintf(label, sizeof label, "%*zu ", (int)indent - 1, rank);
    struct window_block block = {FACE_TITLE, label, indent, 1};
    append_title(&line, a, arena);
    window_put(out, w, &block, strbuf_text(&line));
    strbuf_reset(&line);
    append_facts(&line, &a->article);
    block = (struct window_block){FACE_DIM, "", indent, 1};
    window_put(out, w, &block, strbuf_text(&line));
    strbuf_reset(&line);
    append_passage(&line, a, lines * room, arena);
    block = (struct window_block){FACE_TEXT, "", indent, lines};
    window_put(out, w, &block, strbuf_text(&line));
}

/* --- the page ------------------------------------------------------------- */

static void put_total(struct strbuf *out, const struct window *w,
                      const struct finding *f)
{
    AUTO_DONE(strbuf) line = STRBUF_INIT(LINE_MAX);
    const uint64_t total = f->result.total, last = f->first + f->result.count;
    const char *about =
        f->result.exactness == SEARCH_TOTAL_EXACT ? "" : "about ";
    if (f->result.count == 0)
        strbuf_append_string(&line, "no article");
    else if (f->result.count == 1)
        strbuf_append_format(&line, "%zu of ", f->first + 1);
    else
        strbuf_append_format(&line, "%zu to %" PRIu64 " of ", f->first + 1,
                             last);
    if (f->result.count > 0)
        strbuf_append_format(&line, "%s%" PRIu64 " article%s", about, total,
                             total == 1 ? "" : "s");
    if (f->match == MATCH_FALLBACK)
        strbuf_append_string(&line, " with some of the words; none has all");
    if (f->result.end == SEARCH_TIMED_OUT)
        strbuf_append_string(&line, " so far; it was stopped");
    strbuf_append_string(&line, ", ");
    strbuf_append_decimal(&line, f->took_s * 1e3, 1);
    strbuf_append_string(&line, " ms");
    if (last < total && f->first == 0)
        strbuf_append_string(&line, "; n: the next");
    const struct window_block block = {FACE_DIM, "", 0, 0};
    window_put(out, w, &block, strbuf_text(&line));
}

enum status list_put(struct strbuf *out, const struct window *w,
                     struct finding *f, struct hits *hits, struct error *err)
{
    for (size_t i = 0; i < f->result.count; i++) {
        struct hits_article article;
        const size_t rank = f->first + i + 1;
        enum status status = finding_read(&article, f, hits, rank, err);
        if (status != STATUS_OK)
            return status;
        put_article(out, w, &article, rank, f, &hits->arena);
    }
    put_total(out, w, f);
    return STATUS_OK;
}
