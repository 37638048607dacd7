#include "indexer/xml_stream.h"

#include <stdio.h>
#include <string.h>

#include "common/original.h"
#include "common/utf8.h"
#include "indexer/encoding.h"
#include "indexer/xml_mend.h"

/* What is fed at once; a prefix that is read again, and records that are mended
 * one by one, at most. */
enum { SLICE = 32 << 10, PREFIX_MAX = 64 << 10, MENDED_MAX = 1000 };
enum { NAME_BYTES = 64, HEAD = 4096 };

void xml_stream_init(struct xml_stream *s, struct reader *reader,
                     struct input *in, const struct xml_names *names)
{
    *s = (struct xml_stream){.reader = reader, .in = in, .names = names};
}

void xml_stream_done(struct xml_stream *s)
{
    xml_parser_free(s->parser);
    strbuf_done(&s->kept);
    strbuf_done(&s->prefix);
    input_free(s->in);
}

/* --- what is kept of the source ------------------------------------------- */

static uint64_t count_lines(struct text t)
{
    uint64_t lines = 0;
    while (t.len > 0) {
        const char *end = memchr(t.ptr, '\n', t.len);
        size_t line = end ? (size_t)(end - t.ptr) + 1 : t.len;
        lines += end != NULL;
        t = text_slice(t, line, t.len);
    }
    return lines;
}

static void forget_done(struct xml_stream *s)
{
    if (s->done == 0)
        return;
    s->line += count_lines(text_slice(strbuf_text(&s->kept), 0, s->done));
    s->offset += s->done;
    s->kept.len -= s->done;
    memmove(s->kept.ptr, s->kept.ptr + s->done, s->kept.len);
    s->fed = s->fed > s->done ? s->fed - s->done : 0;
    s->done = 0;
}

/* Appends the next bytes to what is kept, if there are any. */
static enum status keep_more(struct xml_stream *s, struct error *err)
{
    struct text part = {NULL, 0};
    enum status status = input_read(s->in, &part, err);
    if (status == STATUS_SOURCE)
        s->failure = *err;
    else if (status != STATUS_OK)
        return status;
    s->at_end = part.len == 0;
    strbuf_append(&s->kept, part);
    if (!s->kept.overflowed)
        return STATUS_OK;
    struct rejection why = {
        .reason = "too-large",
        .origin = {.path = text_from(input_path(s->in)), .offset = s->offset}};
    return reader_reject_because(s->reader, &why, err, "larger than %zu bytes",
                                 s->kept.max);
}

/* --- mending -------------------------------------------------------------- */

/* Where in `kept` the first record behind `from` ends that is written with an
 * end tag; 0 if none does. */
static size_t record_end(const struct xml_stream *s, size_t from)
{
    struct text all = strbuf_text(&s->kept);
    for (size_t at = from; at + 2 < all.len; at += 2) {
        const char *tag = memmem(all.ptr + at, all.len - at, "</", 2);
        if (!tag)
            return 0;
        at = (size_t)(tag - all.ptr);
        struct text name = text_slice(all, at + 2, NAME_BYTES), local;
        const char *end = memchr(name.ptr, '>', name.len);
        name.len = end ? (size_t)(end - name.ptr) : 0;
        for (struct text rest = name; text_split(&rest, ':', &local);)
            name = local;
        if (end && text_is_one_of(text_trim(name), s->names->records))
            return (size_t)(end - all.ptr) + 1;
    }
    return 0;
}

static void note_fault(struct xml_stream *s)
{
    uint64_t line;
    const char *message = xml_parser_message(s->parser, &line);
    if (s->message[0] || !message[0])
        return;
    snprintf(s->message, sizeof s->message, "%s", message);
    s->fault_line = line + s->shift_line;
}

/* As UTF-8, and without what is no XML. */
static void append_mended(struct xml_stream *s, struct strbuf *out,
                          struct text raw)
{
    struct encoding_report report;
    AUTO_DONE(strbuf) decoded = STRBUF_INIT(raw.len * 3 + 3);
    struct text declared =
        encoding_declared(s->prefix.len > 0 ? strbuf_text(&s->prefix) : raw);
    if (s->is_marked)
        declared = text_from("UTF-8");
    encoding_decode(raw, declared, &decoded, &report);
    struct text t = strbuf_text(&decoded);
    xml_mend_append(out, s->prefix.len > 0 ? t : text_trim(t));
    if (report.replaced > 0)
        reader_warn(s->reader, &s->mended, "%zu bytes that are not %s replaced",
                    report.replaced, report.name);
}

/* The parser now has the first `len` bytes that are kept, mended. */
static void mend(struct xml_stream *s, size_t len)
{
    struct text raw = text_slice(strbuf_text(&s->kept), 0, len);
    AUTO_DONE(strbuf) text = STRBUF_INIT((len * 3 + 3) * 6 + s->prefix.len);
    s->mended = (struct origin){.path = text_from(input_path(s->in)),
                                .offset = s->offset};
    original_measure(&s->mended, raw);
    strbuf_append(&text, strbuf_text(&s->prefix));
    append_mended(s, &text, raw);
    xml_parser_free(s->parser);
    s->parser = xml_parser_new(s->names);
    s->shift_line = s->line - count_lines(strbuf_text(&s->prefix));
    xml_parser_mend(s->parser, strbuf_text(&text));
    note_fault(s);
    s->fed = s->done = len;
}

static enum status mend_rest(struct xml_stream *s, struct error *err)
{
    while (!s->at_end) {
        enum status status = keep_more(s, err);
        if (status != STATUS_OK)
            return status;
    }
    s->last = true;
    mend(s, s->kept.len);
    return STATUS_OK;
}

/* What broke when the parser had read `read` bytes. */
static enum status mend_record(struct xml_stream *s, uint64_t read,
                               struct error *err)
{
    note_fault(s);
    forget_done(s);
    read += s->shift - s->offset;
    const char *tag = memrchr(s->kept.ptr, '<',
                              read < s->kept.len ? (size_t)read : s->kept.len);
    size_t from = tag ? (size_t)(tag - s->kept.ptr) : 0, end;
    bool one = s->has_prefix && s->prefix.len <= PREFIX_MAX &&
               s->mendings++ < MENDED_MAX;
    while (one && (end = record_end(s, from)) == 0 && !s->at_end) {
        if (s->kept.len > from + NAME_BYTES)
            from = s->kept.len - NAME_BYTES;
        enum status status = keep_more(s, err);
        if (status != STATUS_OK)
            return status;
    }
    if (!one || end == 0)
        return mend_rest(s, err);
    mend(s, end);
    s->last = false;
    return STATUS_OK;
}

/* --- streaming ------------------------------------------------------------ */

/* At the beginning; false if it is to be read otherwise than as UTF-8. */
static bool start(struct xml_stream *s)
{
    struct text all = strbuf_text(&s->kept);
    s->done = all.len - utf8_without_mark(all).len;
    s->is_marked = s->done > 0;
    while (s->done < all.len && strchr(" \t\r\n", all.ptr[s->done]) &&
           all.ptr[s->done])
        s->done++;
    forget_done(s);
    s->parser = xml_parser_new(s->names);
    s->shift = s->offset;
    s->shift_line = s->line;
    return encoding_may_be_utf8(strbuf_text(&s->kept));
}

/* Behind what was mended, as if only the prefix came before. */
static void start_again(struct xml_stream *s)
{
    struct text prefix = strbuf_text(&s->prefix);
    xml_parser_free(s->parser);
    s->parser = xml_parser_new(s->names);
    s->mended = (struct origin){.length = 0};
    s->shift = s->offset - prefix.len;
    s->shift_line = s->line - count_lines(prefix);
    xml_parser_feed(s->parser, prefix);
    for (struct xml_part *part; (part = xml_parser_take(s->parser));)
        xml_part_free(part);
}

/* What can be fed next, nothing where more is needed; false if what comes is
 * not UTF-8. */
static bool next_slice(const struct xml_stream *s, struct text *out)
{
    struct text t = text_slice(strbuf_text(&s->kept), s->fed, SLICE);
    bool is_last = s->at_end && s->fed + t.len == s->kept.len;
    *out = text_slice(t, 0, utf8_valid_length(t));
    if (t.len > 0 && memchr(t.ptr, '\0', t.len))
        return false;
    return out->len > 0 || (!is_last && t.len < UTF8_LENGTH_MAX) || t.len == 0;
}

/* Gives the parser some more, or all that it needs. */
static enum status go_on(struct xml_stream *s, struct error *err)
{
    struct text slice;
    forget_done(s);
    bool wants = s->fed == s->kept.len || (!s->parser && s->kept.len < HEAD);
    if (wants && !s->at_end)
        return keep_more(s, err);
    if (!s->parser && !start(s))
        return mend_rest(s, err);
    if (s->mended.length > 0)
        start_again(s);
    if (!next_slice(s, &slice))
        return mend_rest(s, err);
    if (slice.len == 0 && !s->at_end)
        return keep_more(s, err);
    s->last = slice.len == 0;
    if (s->last)
        xml_parser_end(s->parser);
    else
        xml_parser_feed(s->parser, slice);
    s->fed += slice.len;
    return STATUS_OK;
}

/* --- for the reader ------------------------------------------------------- */

enum status xml_stream_next(struct xml_stream *s, size_t max,
                            struct xml_part **out, struct error *err)
{
    uint64_t read;
    enum status status = STATUS_OK;
    if (s->kept.max == 0)
        strbuf_init(&s->kept, max);
    while (status == STATUS_OK) {
        struct xml_part *part = s->parser ? xml_parser_take(s->parser) : NULL;
        if (part) {
            *out = part;
            return STATUS_OK;
        }
        if (s->parser && xml_parser_is_broken(s->parser, &read))
            status = mend_record(s, read, err);
        else if (s->last)
            return STATUS_END;
        else
            status = go_on(s, err);
    }
    return status;
}

struct text xml_stream_place(struct xml_stream *s, const struct xml_part *part,
                             struct origin *out)
{
    struct text all = strbuf_text(&s->kept);
    *out = s->mended;
    out->line = part->line + s->shift_line;
    if (out->length > 0)
        return text_make(NULL, 0);
    size_t open = (size_t)(part->open + s->shift - s->offset);
    size_t end = (size_t)(part->end + s->shift - s->offset);
    const char *tag = memrchr(all.ptr, '<', open);
    size_t start = tag ? (size_t)(tag - all.ptr) : 0;
    if (!s->has_prefix) {
        strbuf_init(&s->prefix, s->kept.max);
        strbuf_append(&s->prefix, text_slice(all, 0, start));
        s->has_prefix = true;
    }
    out->path = text_from(input_path(s->in));
    out->offset = s->offset + start;
    s->done = end;
    struct text bytes = text_slice(all, start, end - start);
    original_measure(out, bytes);
    return bytes;
}
