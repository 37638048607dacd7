#include "indexer/progress.h"

#include <inttypes.h>
#include <unistd.h>

#include "common/clock.h"
#include "common/strbuf.h"
#include "common/terminal.h"

enum { LINE_MAX_BYTES = 1024, BAR_MAX = 40, BAR_MIN = 5, SECONDS_MAX = 360000 };

static const double bar_interval_s = 0.2, line_interval_s = 60;

static enum progress_form form_for(const struct messages *m)
{
    if (m->level == MESSAGE_QUIET)
        return PROGRESS_NONE;
    if (isatty(fileno(m->stream)))
        return PROGRESS_BAR;
    return m->level >= MESSAGE_VERBOSE ? PROGRESS_LINES : PROGRESS_NONE;
}

void progress_init(struct progress *p, struct messages *messages)
{
    *p = (struct progress){.messages = messages, .form = form_for(messages)};
    p->interval_s = p->form == PROGRESS_BAR ? bar_interval_s : line_interval_s;
    progress_stage(p, "working", 0);
}

void progress_stage(struct progress *p, const char *stage, uint64_t total_bytes)
{
    progress_clear(p);
    p->stage = stage;
    p->total_bytes = total_bytes;
    p->began_s = p->last_s = clock_now_s();
}

/* --- what it says --------------------------------------------------------- */

static void print_time_left(const struct progress_state *s, double done,
                            struct strbuf *out)
{
    double left_s = s->seconds / done * (1 - done);
    if (left_s > SECONDS_MAX)
        return;
    unsigned left = (unsigned)left_s;
    strbuf_append_format(out, ", %u:%02u:%02u left", left / 3600,
                         left / 60 % 60, left % 60);
}

static void print_bar(double done, size_t width, struct strbuf *out)
{
    size_t full = (size_t)(done * (double)width);
    strbuf_append_char(out, '[');
    for (size_t i = 0; i < width; i++)
        strbuf_append_char(out, i < full ? '#' : '.');
    strbuf_append_string(out, "] ");
}

static void print_facts(const struct progress_state *s, double done,
                        struct strbuf *out)
{
    double seconds = s->seconds > 0.001 ? s->seconds : 0.001;
    strbuf_append_format(out, "%" PRIu64 " articles, %.0f/s, %.1f MB/s",
                         s->articles, (double)s->articles / seconds,
                         (double)s->bytes / 1e6 / seconds);
    if (done > 0)
        print_time_left(s, done, out);
}

void progress_print(const struct progress_state *s, struct strbuf *out)
{
    AUTO_DONE(strbuf) facts = STRBUF_INIT(LINE_MAX_BYTES);
    double done = 0;
    if (s->total_bytes > 0)
        done = (double)s->bytes / (double)s->total_bytes;
    done = done > 1 ? 1 : done;
    print_facts(s, done, &facts);
    strbuf_append_format(out, "%s ", s->stage);
    if (s->total_bytes > 0) {
        strbuf_append_format(out, "%3d%% ", (int)(done * 100));
        size_t used = terminal_columns(strbuf_text(out)) + facts.len + 4;
        size_t room = s->columns > used ? s->columns - used : 0;
        if (room >= BAR_MIN)
            print_bar(done, room < BAR_MAX ? room : BAR_MAX, out);
    }
    strbuf_append(out, strbuf_text(&facts));
    if (s->columns > 0 && out->len >= s->columns)
        strbuf_truncate(out, s->columns - 1);
}

/* --- when ----------------------------------------------------------------- */

static void show(struct progress *p, const struct strbuf *line)
{
    FILE *stream = p->messages->stream;
    if (p->form == PROGRESS_LINES) {
        message_detail(p->messages, "%s", strbuf_string(line));
        return;
    }
    fprintf(stream, "\r\033[K%s", strbuf_string(line));
    fflush(stream);
    p->shown = true;
}

void progress_update(struct progress *p, uint64_t articles, uint64_t bytes)
{
    if (p->form == PROGRESS_NONE)
        return;
    double now = clock_now_s();
    if (now - p->last_s < p->interval_s)
        return;
    p->last_s = now;
    AUTO_DONE(strbuf) line = STRBUF_INIT(LINE_MAX_BYTES);
    const struct progress_state state = {
        .stage = p->stage,
        .articles = articles,
        .bytes = bytes,
        .total_bytes = p->total_bytes,
        .seconds = now - p->began_s,
        .columns = p->form == PROGRESS_BAR
                       ? terminal_width(fileno(p->messages->stream))
                       : 0,
    };
    progress_print(&state, &line);
    show(p, &line);
}

void progress_clear(struct progress *p)
{
    if (!p->shown)
        return;
    fputs("\r\033[K", p->messages->stream);
    fflush(p->messages->stream);
    p->shown = false;
}
