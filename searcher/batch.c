#include "searcher/batch.h"

#include <stdbool.h>
#include <string.h>

#include "common/strbuf.h"
#include "searcher/query_lexer.h"

/* A query that is too long is read as far as to be refused. */
enum { LINE_MAX = 2 * QUERY_SIZE_MAX };

/* The next line without its end; false at the end of the input. */
static bool read_line(struct strbuf *line, FILE *in)
{
    int c = getc(in);
    bool any = c != EOF;
    strbuf_reset(line);
    for (; c != EOF && c != '\n'; c = getc(in))
        strbuf_append_char(line, (char)c);
    return any;
}

static struct text strip_line_end(struct text line)
{
    while (line.len > 0 && line.ptr[line.len - 1] == '\r')
        line.len--;
    return line;
}

/* Only a query can be wrong by itself; anything else ends the batch. */
static enum status answer_line(struct batch_result *out,
                               struct answerer *answerer, struct text line,
                               enum batch_names names,
                               struct messages *messages)
{
    struct error err = ERROR_NONE;
    struct text id = {NULL, 0}, query = line;
    enum answer_found found = ANSWER_NOTHING;
    if (names == BATCH_NAMED_QUERIES && memchr(line.ptr, '\t', line.len))
        text_split(&query, '\t', &id);
    enum status status = answerer_refresh(answerer, &err);
    if (status == STATUS_OK)
        status = answer_query(&found, answerer, query, id, &err);
    if (found == ANSWER_FOUND)
        out->found = ANSWER_FOUND;
    if (found == ANSWER_PARTIAL || status == STATUS_TIMEOUT)
        out->partial++;
    if (status == STATUS_OK)
        return STATUS_OK;
    message_error(messages, "'%.*s': %s", TEXT_ARG(text_slice(query, 0, 100)),
                  err.message);
    if (status == STATUS_TIMEOUT)
        return STATUS_OK;
    out->refused++;
    return status == STATUS_QUERY ? STATUS_OK : status;
}

enum status batch_run(struct batch_result *out, struct answerer *answerer,
                      FILE *in, enum batch_names names,
                      struct messages *messages, struct error *err)
{
    AUTO_DONE(strbuf) line = STRBUF_INIT(LINE_MAX);
    enum status status = STATUS_OK;
    *out = (struct batch_result){ANSWER_NOTHING, 0, 0};
    while (status == STATUS_OK && read_line(&line, in)) {
        struct text text = strip_line_end(strbuf_text(&line));
        enum batch_names form = line.overflowed ? BATCH_QUERIES : names;
        if (text.len > 0)
            status = answer_line(out, answerer, text, form, messages);
    }
    if (status != STATUS_OK)
        status = error_set(err, status, "the batch was ended");
    else if (ferror(in))
        status = error_io(err, "read", "stdin");
    return status;
}
