#include "searcher/serve/responder.h"

#include <errno.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>

#include "common/json_writer.h"
#include "common/mem.h"
#include "searcher/answer.h"
#include "searcher/holdings.h"
#include "searcher/output_format.h"
#include "searcher/serve/request.h"
#include "searcher/similar.h"

#define PROTOCOL "morgue.serve/1"

enum {
    ANSWER_MAX = 512 << 20, /* an article is no larger */
    ANSWER_KEPT = 1 << 20
};

struct responder {
    const struct searcher_settings *settings;
    struct messages *messages;
    struct holdings *holdings; /* NULL: not open yet */
    struct arena arena;        /* of one request */
    struct strbuf body, answer;
    FILE *stream; /* into `body` */
};

/* Nothing more once the body is full. */
static ssize_t take(void *cookie, const char *bytes, size_t len)
{
    struct strbuf *body = cookie;
    strbuf_append(body, text_make(bytes, len));
    if (body->overflowed) {
        errno = EOVERFLOW;
        return 0;
    }
    return (ssize_t)len;
}

struct responder *responder_new(const struct searcher_settings *settings,
                                struct messages *messages)
{
    struct responder *r = mem_zeroed(1, sizeof *r);
    r->settings = settings;
    r->messages = messages;
    arena_init(&r->arena);
    strbuf_init(&r->body, ANSWER_MAX);
    strbuf_init(&r->answer, ANSWER_MAX);
    r->stream =
        fopencookie(&r->body, "w", (cookie_io_functions_t){.write = take});
    if (!r->stream)
        mem_exhausted(BUFSIZ);
    return r;
}

void responder_free(struct responder *r)
{
    if (!r)
        return;
    fclose(r->stream);
    holdings_free(r->holdings);
    arena_done(&r->arena);
    strbuf_done(&r->body);
    strbuf_done(&r->answer);
    free(r);
}

enum status responder_open(struct responder *r, struct error *err)
{
    if (r->holdings)
        return holdings_refresh(r->holdings, err);
    return holdings_new(&r->holdings, r->settings->archive,
                        r->settings->degraded ? HOLDINGS_SOUND : HOLDINGS_WHOLE,
                        err);
}

/* --- what the other outputs have no answer for ---------------------------- */

static struct json_writer *begin(struct json_writer *w, struct responder *r,
                                 const char *schema)
{
    json_writer_init(w, &r->body);
    json_writer_object(w);
    json_writer_key(w, "schema");
    json_writer_string(w, schema);
    return w;
}

static void put_archive(struct json_writer *w, const struct responder *r)
{
    const struct result_summary summary = output_summary(r->holdings->archive);
    output_json_archive(w, &summary);
}

static void ping(struct responder *r)
{
    struct json_writer w;
    begin(&w, r, "morgue.ping/1");
    json_writer_key(&w, "protocol");
    json_writer_string(&w, PROTOCOL);
    put_archive(&w, r);
    json_writer_key(&w, "articles");
    json_writer_number(
        &w, (int64_t)manifest_articles(archive_manifest(r->holdings->archive)));
    json_writer_end_object(&w);
}

static enum status show(struct responder *r, struct answerer *answerer,
                        const struct request *request, struct error *err)
{
    enum status status =
        answer_show(answerer, text_from(request->article), err);
    if (status != STATUS_OK)
        return status;
    const struct text record = arena_text(&r->arena, strbuf_text(&r->body));
    struct json_writer w;
    strbuf_reset(&r->body);
    begin(&w, r, "morgue.show/1");
    put_archive(&w, r);
    json_writer_key(&w, "article");
    json_writer_json(&w, text_trim(record));
    json_writer_end_object(&w);
    return STATUS_OK;
}

static void put_error(struct responder *r, const struct error *problem)
{
    struct json_writer w;
    strbuf_reset(&r->body);
    begin(&w, r, PROTOCOL);
    output_json_error(&w, problem);
    json_writer_end_object(&w);
}

/* --- one request ---------------------------------------------------------- */

static enum status ask(struct responder *r, const struct request *request,
                       struct error *err)
{
    AUTO_DONE(strbuf) like = STRBUF_INIT(SIMILAR_QUERY_MAX);
    const struct text no_name = {NULL, 0};
    enum answer_found found;
    struct text query = text_from(request->query);
    AUTO(answerer)
    answerer =
        answerer_of(r->holdings, &request->settings, r->messages, r->stream);
    if (request->kind == REQUEST_SHOW)
        return show(r, answerer, request, err);
    if (request->kind == REQUEST_SIMILAR) {
        enum status status =
            similar_query(&like, r->holdings->archive, r->holdings->analyzer,
                          text_from(request->article), err);
        if (status != STATUS_OK)
            return status;
        query = strbuf_text(&like);
    }
    return answer_query(&found, answerer, query, no_name, err);
}

static enum status perform(struct responder *r, struct text line,
                           struct error *err)
{
    struct request request;
    enum status status =
        request_read(&request, line, r->settings, &r->arena, err);
    if (status == STATUS_OK)
        status = responder_open(r, err);
    if (status == STATUS_OK && request.kind == REQUEST_PING)
        ping(r);
    else if (status == STATUS_OK)
        status = ask(r, &request, err);
    fflush(r->stream);
    if (status == STATUS_OK && r->body.overflowed)
        status = error_set(err, STATUS_IO, "the answer is too long");
    return status;
}

static void start(struct responder *r)
{
    if (r->body.capacity > ANSWER_KEPT)
        strbuf_done(&r->body);
    if (r->answer.capacity > ANSWER_KEPT)
        strbuf_done(&r->answer);
    arena_reset(&r->arena);
    strbuf_reset(&r->body);
    strbuf_reset(&r->answer);
    __fpurge(r->stream);
    clearerr(r->stream);
}

/* The body, an object that is never empty, with the id as its first member. */
static struct text finish(struct responder *r, struct text id)
{
    struct text body = text_trim(strbuf_text(&r->body));
    strbuf_append_char(&r->answer, '{');
    if (id.len > 0) {
        strbuf_append_string(&r->answer, "\"id\":");
        strbuf_append(&r->answer, id);
        strbuf_append_char(&r->answer, ',');
    }
    strbuf_append(&r->answer, text_slice(body, 1, body.len));
    strbuf_append_char(&r->answer, '\n');
    return strbuf_text(&r->answer);
}

struct text responder_answer(struct responder *r, struct text line)
{
    struct error err = ERROR_NONE;
    start(r);
    if (perform(r, line, &err) != STATUS_OK)
        put_error(r, &err);
    return finish(r, request_id(line));
}

struct text responder_refuse(struct responder *r, const struct error *err)
{
    start(r);
    put_error(r, err);
    return finish(r, text_make(NULL, 0));
}
