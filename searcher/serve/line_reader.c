#include "searcher/serve/line_reader.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "common/mem.h"

enum { CHUNK_SIZE = 1 << 16, MS_PER_S = 1000, NS_PER_MS = 1000000 };

void line_reader_init(struct line_reader *r, int fd, size_t longest)
{
    *r = (struct line_reader){.fd = fd, .patience_ms = -1};
    r->chunk = mem_alloc(CHUNK_SIZE);
    strbuf_init(&r->line, longest);
}

void line_reader_done(struct line_reader *r)
{
    strbuf_done(&r->line);
    free(r->chunk);
    r->chunk = NULL;
}

/* > 0 if there is something to read, 0 if it took too long. */
static int wait_for_bytes(const struct line_reader *r)
{
    struct pollfd polled = {.fd = r->fd, .events = POLLIN};
    const struct timespec patience = {r->patience_ms / MS_PER_S,
                                      (long)(r->patience_ms % MS_PER_S) *
                                          NS_PER_MS};
    int ready;
    do
        ready =
            ppoll(&polled, 1, r->patience_ms < 0 ? NULL : &patience, r->awake);
    while (ready < 0 && errno == EINTR);
    return ready;
}

/* STATUS_END at the end of the input or of patience. */
static enum status fill(struct line_reader *r, enum line_kind *kind,
                        struct error *err)
{
    const int ready = wait_for_bytes(r);
    if (ready == 0) {
        *kind = LINE_SILENCE;
        return STATUS_END;
    }
    ssize_t got = -1;
    while (ready > 0 && (got = read(r->fd, r->chunk, CHUNK_SIZE)) < 0 &&
           errno == EINTR)
        continue;
    if (got < 0)
        return error_set(err, STATUS_IO, "cannot read requests: %s",
                         strerror(errno));
    r->chunk_at = 0;
    r->chunk_len = (size_t)got;
    if (got > 0)
        return STATUS_OK;
    *kind = LINE_END;
    return STATUS_END;
}

/* Moves what the chunk has of the line; whether its end was there. */
static bool take(struct line_reader *r)
{
    const char *from = r->chunk + r->chunk_at;
    const size_t len = r->chunk_len - r->chunk_at;
    const char *end = memchr(from, '\n', len);
    const size_t taken = end ? (size_t)(end - from) : len;
    if (!r->line.overflowed)
        strbuf_append(&r->line, text_make(from, taken));
    r->chunk_at += end ? taken + 1 : taken;
    return end != NULL;
}

enum status line_reader_next(struct line_reader *r, enum line_kind *kind,
                             struct text *line, struct error *err)
{
    strbuf_reset(&r->line);
    while (!take(r)) {
        enum status status = fill(r, kind, err);
        if (status == STATUS_END && *kind == LINE_END && r->line.len > 0)
            break; /* the last has no end */
        if (status != STATUS_OK)
            return status == STATUS_END ? STATUS_OK : status;
    }
    *kind = r->line.overflowed ? LINE_TOO_LONG : LINE_WHOLE;
    *line = strbuf_text(&r->line);
    return STATUS_OK;
}
