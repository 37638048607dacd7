#include "searcher/batch.h"

#include <stdlib.h>
#include <string.h>

#include "searcher/query.h"

static struct text strip_line_end(const char *line, ssize_t len)
{
    while (len > 0 && (line[len - 1] == '\n' || line[len - 1] == '\r'))
        len--;
    return text_make(line, (size_t)len);
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
    if (status == STATUS_OK)
        return STATUS_OK;
    message_error(messages, "'%.*s': %s", TEXT_ARG(text_slice(query, 0, 100)),
                  err.message);
    out->refused++;
    return status == STATUS_QUERY ? STATUS_OK : status;
}

enum status batch_run(struct batch_result *out, struct answerer *answerer,
                      FILE *in, enum batch_names names,
                      struct messages *messages, struct error *err)
{
    char *line = NULL;
    size_t room = 0;
    enum status status = STATUS_OK;
    *out = (struct batch_result){ANSWER_NOTHING, 0};
    for (ssize_t len;
         status == STATUS_OK && (len = getline(&line, &room, in)) >= 0;) {
        struct text text = strip_line_end(line, len);
        if (text.len > 0)
            status = answer_line(out, answerer, text, names, messages);
    }
    if (status != STATUS_OK)
        status = error_set(err, status, "the batch was ended");
    else if (ferror(in))
        status = error_io(err, "read", "stdin");
    free(line);
    return status;
}
