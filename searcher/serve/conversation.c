#include "searcher/serve/conversation.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "common/clock.h"
#include "searcher/serve/line_reader.h"
#include "searcher/serve/request.h"

static void note_idle(const struct conversation *c, int64_t since)
{
    if (c->idle)
        atomic_store(c->idle, since);
}

static enum status write_all(int fd, struct text t, struct error *err)
{
    while (t.len > 0) {
        const ssize_t written = write(fd, t.ptr, t.len);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return error_set(err, STATUS_IO, "cannot write an answer: %s",
                             strerror(errno));
        t = text_slice(t, (size_t)written, t.len);
    }
    return STATUS_OK;
}

static struct text answer(const struct conversation *c, enum line_kind kind,
                          struct text line)
{
    struct error err = ERROR_NONE;
    if (kind == LINE_WHOLE)
        return responder_answer(c->responder, line);
    (void)error_set(&err, STATUS_USAGE, "the request is longer than %d bytes",
                    REQUEST_SIZE_MAX);
    return responder_refuse(c->responder, &err);
}

static enum status hold(const struct conversation *c, struct line_reader *lines,
                        struct error *err)
{
    enum line_kind kind = LINE_END;
    struct text line;
    for (;;) {
        note_idle(c, (int64_t)(clock_now_s() * 1e3) + 1);
        enum status status = line_reader_next(lines, &kind, &line, err);
        if (status != STATUS_OK || kind == LINE_END || kind == LINE_SILENCE)
            return status;
        note_idle(c, 0);
        if (kind == LINE_WHOLE && text_trim(line).len == 0)
            continue;
        status = write_all(c->out, answer(c, kind, line), err);
        if (status != STATUS_OK)
            return status;
    }
}

enum status conversation_hold(const struct conversation *c, struct error *err)
{
    struct line_reader lines;
    line_reader_init(&lines, c->in, REQUEST_SIZE_MAX);
    lines.patience_ms = c->patience_ms;
    lines.awake = c->awake;
    enum status status = hold(c, &lines, err);
    line_reader_done(&lines);
    return status;
}
