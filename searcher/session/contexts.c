#include "searcher/session/contexts.h"

#include <math.h>
#include <stdio.h>

#include "common/clock.h"
#include "searcher/kwic.h"
#include "searcher/session/glyphs.h"

enum { TEXT_MAX = 256 << 20, BEFORE_MIN = 8, PART_MAX = 1 << 16 };

struct writer {
    struct strbuf *out;
    const struct window *window;
    size_t rank, indent; /* of the article; columns of its number */
};

static void append_shown(struct strbuf *out, const struct window *w,
                         struct text t)
{
    if (w->glyphs == WINDOW_ASCII)
        glyphs_append_ascii(out, t);
    else
        strbuf_append(out, t);
}

static void put_line(const struct writer *w, const struct kwic_line *line,
                     size_t columns_before)
{
    AUTO_DONE(strbuf) before = STRBUF_INIT(PART_MAX);
    append_shown(&before, w->window, line->before);
    const size_t columns = terminal_columns(strbuf_text(&before));
    const size_t gap = columns < columns_before ? columns_before - columns : 0;
    strbuf_append_format(w->out, "%*zu %*s", (int)w->indent - 1, w->rank,
                         (int)gap, "");
    strbuf_append(w->out, strbuf_text(&before));
    strbuf_append_char(w->out, MARKED_BEGINS);
    append_shown(w->out, w->window, line->match);
    strbuf_append_char(w->out, MARKED_ENDS);
    append_shown(w->out, w->window, line->after);
    strbuf_append_char(w->out, '\n');
}

static void put_text(const struct writer *w, struct kwic k)
{
    AUTO_DONE(arena) arena = ARENA_INIT;
    struct kwic_line line;
    const size_t width = w->window->width;
    const size_t room = width > w->indent ? width - w->indent : 1;
    k.columns_before = room * 2 / 5 > BEFORE_MIN ? room * 2 / 5 : BEFORE_MIN;
    k.columns_from = room > k.columns_before + BEFORE_MIN
                         ? room - k.columns_before
                         : BEFORE_MIN;
    while (kwic_next(&k, &line, &arena)) {
        put_line(w, &line, k.columns_before);
        arena_reset(&arena);
    }
}

enum status contexts_read(struct reading *out, const struct window *w,
                          struct finding *f, struct hits *hits,
                          struct error *err)
{
    AUTO_DONE(strbuf) lines = STRBUF_INIT(TEXT_MAX);
    AUTO_DONE(search_result) all = {0};
    enum status status = finding_hits(&all, f, CONTEXTS_ARTICLES, err);
    struct writer writer = {&lines, w, 0,
                            (size_t)snprintf(NULL, 0, "%zu ", all.count)};
    for (size_t i = 0; i < all.count && status == STATUS_OK; i++) {
        struct hits_article a;
        if (clock_passed(INFINITY))
            return error_set(err, STATUS_TIMEOUT, "stopped");
        status = hits_read(&a, hits, f->holdings->archive, all.hits[i].document,
                           f->highlight, err);
        if (status != STATUS_OK)
            break;
        writer.rank = i + 1;
        put_text(&writer, (struct kwic){.text = a.article.title,
                                        .marks = a.marks.title,
                                        .mark_count = a.marks.title_count});
        put_text(&writer, (struct kwic){.text = a.article.body,
                                        .marks = a.marks.body,
                                        .mark_count = a.marks.body_count});
    }
    if (status == STATUS_OK)
        reading_init_lines(out, strbuf_text(&lines));
    return status;
}
