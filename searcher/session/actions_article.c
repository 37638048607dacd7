/* What is done with one article. */
#include "searcher/session/actions.h"

#include "common/original.h"
#include "common/record.h"
#include "common/terminal.h"
#include "searcher/session/pager.h"
#include "searcher/session/state.h"
#include "searcher/similar.h"

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

/* The bytes that were read; where these are gone, the record that is stored. */
enum status actions_raw(struct session *s, const struct told *told,
                        struct error *err)
{
    struct hits_article read;
    AUTO_DONE(strbuf) bytes = STRBUF_INIT(RECORD_MAX);
    struct error gone = ERROR_NONE;
    enum status status = read_article(&read, s, told->number, err);
    if (status != STATUS_OK)
        return status;
    if (original_read(&read.article.origin, &bytes, &gone) != STATUS_OK) {
        window_say(&s->out, &s->window, FACE_WARNING,
                   "%s; this is what is stored:", gone.message);
        strbuf_reset(&bytes);
        record_write(&read.article, &bytes);
    }
    terminal_append(&s->out, strbuf_text(&bytes), TERMINAL_KEEP_LINES);
    if (bytes.len > 0 && bytes.ptr[bytes.len - 1] != '\n')
        strbuf_append_char(&s->out, '\n');
    return STATUS_OK;
}

/* Words side by side as alternatives: (a OR b) -id:x for a b -id:x. */
static void write_alternatives(struct strbuf *out, const struct query *query)
{
    const struct query_node *root = query->root;
    const char *separator = "(";
    if (root->kind != QUERY_AND) {
        query_write(root, out);
        return;
    }
    for (size_t i = 0; i < root->child_count; i++) {
        if (root->children[i]->kind == QUERY_NOT)
            continue;
        strbuf_append_string(out, separator);
        query_write(root->children[i], out);
        separator = " OR ";
    }
    strbuf_append_char(out, ')');
    for (size_t i = 0; i < root->child_count; i++) {
        if (root->children[i]->kind != QUERY_NOT)
            continue;
        strbuf_append_char(out, ' ');
        query_write(root->children[i], out);
    }
}

enum status actions_more(struct session *s, const struct told *told,
                         struct error *err)
{
    AUTO_DONE(strbuf) words = STRBUF_INIT(SIMILAR_QUERY_MAX);
    AUTO_DONE(strbuf) text = STRBUF_INIT(2 * SIMILAR_QUERY_MAX);
    AUTO(query) query = NULL;
    struct hits_article read;
    enum status status = read_article(&read, s, told->number, err);
    if (status == STATUS_OK)
        status = similar_query(&words, s->holdings->archive,
                               s->holdings->analyzer, read.article.id, err);
    if (status == STATUS_OK)
        status = query_parse(&query, strbuf_text(&words), err);
    if (status != STATUS_OK)
        return status;
    write_alternatives(&text, query);
    return actions_ask(s, strbuf_text(&text), err);
}
