#include "indexer/whole_source.h"

#include "common/original.h"
#include "indexer/encoding.h"

void whole_source_init(struct whole_source *s, struct input *in)
{
    s->in = in;
    s->origin = (struct origin){.path = text_from(input_path(in))};
}

void whole_source_done(struct whole_source *s)
{
    strbuf_done(&s->raw);
    strbuf_done(&s->decoded);
    input_free(s->in);
}

struct origin whole_source_origin(const struct whole_source *s)
{
    return s->origin;
}

/* STATUS_END if there is more than fits. */
static enum status read_all(struct whole_source *s, size_t max,
                            struct error *err)
{
    struct text part;
    strbuf_init(&s->raw, max);
    for (;;) {
        enum status status = input_read(s->in, &part, err);
        if (status != STATUS_OK || part.len == 0)
            return status;
        size_t room = s->raw.max - s->raw.len;
        strbuf_append(&s->raw, text_slice(part, 0, room));
        if (part.len > room)
            return STATUS_END;
    }
}

static void decode(struct whole_source *s, struct reader *reader)
{
    struct encoding_report report;
    struct text raw = strbuf_text(&s->raw);
    struct origin origin = whole_source_origin(s);
    strbuf_init(&s->decoded, raw.len * 3 + 3);
    encoding_decode(raw, encoding_declared(raw), &s->decoded, &report);
    if (report.replaced > 0)
        reader_warn(reader, &origin, "%zu bytes that are not %s replaced",
                    report.replaced, report.name);
}

enum status whole_source_read(struct whole_source *s, struct reader *reader,
                              size_t max, struct error *err)
{
    if (s->read)
        return STATUS_END;
    s->read = true;
    enum status status = read_all(s, max, err);
    struct rejection why = {.origin = whole_source_origin(s),
                            .bytes = strbuf_text(&s->raw)};
    if (status == STATUS_SOURCE) {
        why.reason = input_fault(s->in);
        return reader_reject(reader, &why);
    }
    if (status == STATUS_END) {
        why.reason = "too-large";
        return reader_reject_because(reader, &why, err, "larger than %zu bytes",
                                     max);
    }
    if (status != STATUS_OK)
        return status;
    if (text_trim(why.bytes).len == 0)
        return STATUS_END;
    original_measure(&s->origin, why.bytes);
    decode(s, reader);
    return STATUS_OK;
}
