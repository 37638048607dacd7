#include "indexer/line_source.h"

#include <string.h>

void line_source_init(struct line_source *s, struct input *in)
{
    *s = (struct line_source){.in = in, .end = '\n'};
    strbuf_init(&s->line, SIZE_MAX);
}

void line_source_done(struct line_source *s)
{
    strbuf_done(&s->line);
    input_free(s->in);
}

void line_source_unread(struct line_source *s)
{
    s->again = true;
}

enum status line_source_next(struct line_source *s, struct text *out,
                             struct error *err)
{
    if (!s->again) {
        strbuf_reset(&s->line);
        s->offset = s->next_offset;
        s->number++;
    }
    while (!s->again && !s->ended) {
        if (s->part.len == 0) {
            enum status status = input_read(s->in, &s->part, err);
            s->ended = status != STATUS_OK || s->part.len == 0;
            if (status != STATUS_OK)
                return status;
            continue;
        }
        const char *end = memchr(s->part.ptr, s->end, s->part.len);
        size_t len = end ? (size_t)(end - s->part.ptr) + 1 : s->part.len;
        size_t room = s->line.max - s->line.len;
        strbuf_append(&s->line,
                      text_slice(s->part, 0, len < room ? len : room));
        s->line.overflowed = s->line.overflowed || len > room;
        s->part = text_slice(s->part, len, s->part.len);
        s->next_offset += len;
        if (end)
            break;
    }
    s->again = false;
    *out = strbuf_text(&s->line);
    return STATUS_OK;
}

enum status line_source_gather(struct line_source *s, struct strbuf *record,
                               size_t max, struct text *out, struct error *err)
{
    s->line.max = record->max = max;
    enum status status = line_source_next(s, out, err);
    record->overflowed = record->overflowed || s->line.overflowed;
    return status;
}
