/* What is done with one article. */
#include "searcher/session/actions.h"

#include "common/record.h"
#include "common/terminal.h"
#include "searcher/session/pager.h"
#include "searcher/session/state.h"

enum { RECORD_MAX = 512 << 20 };

static enum status read_article(struct hits_article *out, struct session *s,
                                size_t number, struct error *err)
{
    return session_has_asked(s)
               ? finding_read(out, &s->found, &s->hits, number, err)
               : session_needs_query(err);
}

enum status actions_read(struct session *s, size_t number, struct error *err)
{
    AUTO_DONE(reading) reading = {.lines = NULL};
    struct hits_article article;
    enum status status = read_article(&article, s, number, err);
    if (status != STATUS_OK)
        return status;
    reading_init(&reading, &article, s->window.glyphs);
    return pager_show(&reading, err);
}

enum status actions_open(struct session *s, const struct told *told,
                         struct error *err)
{
    return actions_read(s, told->number, err);
}

enum status actions_url(struct session *s, const struct told *told,
                        struct error *err)
{
    struct hits_article read;
    enum status status = read_article(&read, s, told->number, err);
    if (status != STATUS_OK)
        return status;
    const struct article *a = &read.article;
    terminal_append(&s->out, a->url.len > 0 ? a->url : a->origin.path,
                    TERMINAL_ONE_LINE);
    strbuf_append_char(&s->out, '\n');
    return STATUS_OK;
}

enum status actions_raw(struct session *s, const struct told *told,
                        struct error *err)
{
    struct hits_article read;
    AUTO_DONE(strbuf) record = STRBUF_INIT(RECORD_MAX);
    enum status status = read_article(&read, s, told->number, err);
    if (status != STATUS_OK)
        return status;
    record_write(&read.article, &record);
    terminal_append(&s->out, strbuf_text(&record), TERMINAL_KEEP_LINES);
    strbuf_append_char(&s->out, '\n');
    return STATUS_OK;
}
