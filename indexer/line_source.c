#include "indexer/line_source.h"

#include <string.h>

void line_source_init(struct line_source *s, struct input *in, size_t max)
{
    *s = (struct line_source){.in = in};
    strbuf_init(&s->line, max);
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
        const char *end = memchr(s->part.ptr, '\n', s->part.len);
        size_t len = end ? (size_t)(end - s->part.ptr) + 1 : s->part.len;
        strbuf_append(&s->line, text_slice(s->part, 0, len));
        s->part = text_slice(s->part, len, s->part.len);
        s->next_offset += len;
        if (end)
            break;
    }
    s->again = false;
    *out = strbuf_text(&s->line);
    if (out->len == 0 && s->line.overflowed && !s->ended)
        *out = text_from("\n"); /* too long a line is one all the same */
    return STATUS_OK;
}
