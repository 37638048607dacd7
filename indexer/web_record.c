#include "indexer/web_record.h"

#include <string.h>

#include "common/original.h"
#include "common/utf8.h"
#include "indexer/http_message.h"

enum { LINE_MAX_BYTES = 64 << 10, HEADERS_MAX = 256 << 10 };

void web_records_init(struct web_records *r, struct input *in)
{
    *r = (struct web_records){.in = in, .raw = digester_new()};
    strbuf_init(&r->line, LINE_MAX_BYTES);
    strbuf_init(&r->headers, HEADERS_MAX);
    strbuf_init(&r->bytes, WEB_RECORD_MAX);
}

void web_records_done(struct web_records *r)
{
    digester_free(r->raw);
    strbuf_done(&r->line);
    strbuf_done(&r->headers);
    strbuf_done(&r->bytes);
}

static enum status fail(struct web_records *r, const char *fault,
                        struct error *err, const char *explanation)
{
    r->fault = fault;
    r->lost = true;
    return error_set_at(err, STATUS_SOURCE, (size_t)r->fault_at,
                        "'%s' byte %llu: %s", input_path(r->in),
                        (unsigned long long)r->fault_at, explanation);
}

/* Of the next byte of r->part: in the content, or the member that it begins. */
static uint64_t place(const struct web_records *r)
{
    uint64_t content = r->content - r->part.len;
    bool first = input_is_gzip(r->in) && input_depth(r->in) == 0 &&
                 content == r->member_starts;
    return first ? r->member : content;
}

/* Steps over the beginning of r->part. */
static struct text take(struct web_records *r, size_t len)
{
    struct text taken = text_slice(r->part, 0, len);
    digester_add(r->raw, taken);
    r->raw_length += len;
    r->part = text_slice(r->part, len, r->part.len);
    return taken;
}

/* More in r->part; STATUS_END at the end. A fault of the compression is told
 * once, and reading goes on at the next member. */
static enum status more(struct web_records *r, struct error *err)
{
    if (r->part.len > 0)
        return STATUS_OK;
    if (r->ended)
        return STATUS_END;
    uint64_t member = input_offset(r->in);
    if (member != r->member)
        r->member_starts = r->content;
    r->member = member;
    enum status status = input_read(r->in, &r->part, err);
    r->content += status == STATUS_OK ? r->part.len : 0;
    if (status == STATUS_SOURCE) {
        r->fault = input_fault(r->in);
        r->lost = true;
        r->ended = !input_resume(r->in);
        return status;
    }
    if (status != STATUS_OK)
        return status;
    r->ended = r->part.len == 0;
    return r->ended ? STATUS_END : STATUS_OK;
}

/* The next line with its end, cut at LINE_MAX_BYTES; STATUS_END if nothing is
 * left. */
static enum status read_line(struct web_records *r, struct error *err)
{
    strbuf_reset(&r->line);
    for (;;) {
        enum status status = more(r, err);
        if (status == STATUS_END && r->line.len > 0)
            return STATUS_OK;
        if (status != STATUS_OK)
            return status;
        const char *end = memchr(r->part.ptr, '\n', r->part.len);
        size_t len = end ? (size_t)(end - r->part.ptr) + 1 : r->part.len;
        size_t room = r->line.max - r->line.len;
        strbuf_append(&r->line, text_slice(take(r, len), 0, room));
        if (end)
            return STATUS_OK;
    }
}

/* Files are padded with zeros, and joined with a mark between. */
static struct text without_padding(struct text line)
{
    size_t zeros = 0;
    while (zeros < line.len && line.ptr[zeros] == '\0')
        zeros++;
    return text_trim(
        utf8_without_mark(text_slice(line, zeros, line.len - zeros)));
}

static bool begins_record(struct text line)
{
    return text_starts_with(line, (struct text)TEXT("WARC/")) ||
           text_starts_with(line, (struct text)TEXT("filedesc://"));
}

static struct text take_last(struct text *t)
{
    size_t at = t->len;
    while (at > 0 && t->ptr[at - 1] != ' ')
        at--;
    struct text word = text_slice(*t, at, t->len);
    t->len = at > 0 ? at - 1 : 0;
    return word;
}

static bool parse_length(struct text t, uint64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < t.len; i++) {
        if (t.ptr[i] < '0' || t.ptr[i] > '9' || i > 17)
            return false;
        *out = *out * 10 + (uint64_t)(t.ptr[i] - '0');
    }
    return t.len > 0;
}

/* YYYYMMDDhhmmss */
static bool is_moment(struct text t)
{
    uint64_t digits;
    return t.len == 14 && parse_length(t, &digits);
}

/* "URL IP DATE TYPE LENGTH", with five more fields before the length in version
 * 2, and at worst blanks in the URL and the type. */
static bool parse_arc(struct text line, struct web_record *out,
                      uint64_t *length)
{
    struct text rest = text_trim(line);
    if (!parse_length(take_last(&rest), length))
        return false;
    const char *end = rest.ptr + rest.len;
    do {
        out->date = take_last(&rest);
        const char *type = out->date.ptr + out->date.len;
        out->content_type = text_trim(text_make(type, (size_t)(end - type)));
        if (rest.len == 0)
            return false;
    } while (!is_moment(out->date));
    (void)take_last(&rest);
    out->url = rest;
    out->type = text_from(text_starts_with(line, (struct text)TEXT("filedesc:"))
                              ? "warcinfo"
                              : "response");
    return rest.len > 0;
}

static struct text without_brackets(struct text url)
{
    if (url.len > 1 && url.ptr[0] == '<' && url.ptr[url.len - 1] == '>')
        return text_slice(url, 1, url.len - 2);
    return url;
}

/* The headers of a WARC record, of which the first line is read. */
static enum status read_warc(struct web_records *r, struct web_record *out,
                             uint64_t *length, struct error *err)
{
    strbuf_reset(&r->headers);
    do {
        strbuf_append(&r->headers, strbuf_text(&r->line));
        enum status status = read_line(r, err);
        if (status == STATUS_END)
            return fail(r, "truncated", err, "the record is cut off");
        if (status != STATUS_OK)
            return status;
    } while (text_trim(strbuf_text(&r->line)).len > 0);
    out->headers = strbuf_text(&r->headers);
    out->type = http_header(out->headers, "warc-type");
    out->url = without_brackets(http_header(out->headers, "warc-target-uri"));
    out->content_type = http_header(out->headers, "content-type");
    out->date = http_header(out->headers, "warc-date");
    if (!parse_length(http_header(out->headers, "content-length"), length))
        return fail(r, "bad-record", err, "a record without a length");
    return STATUS_OK;
}

static enum status read_bytes(struct web_records *r, struct web_record *out,
                              uint64_t length, struct error *err)
{
    strbuf_reset(&r->bytes);
    out->too_large = length > r->bytes.max;
    while (length > 0) {
        enum status status = more(r, err);
        if (status == STATUS_END)
            return fail(r, "truncated", err, "the record is cut off");
        if (status != STATUS_OK)
            return status;
        size_t len = r->part.len < length ? r->part.len : (size_t)length;
        struct text taken = take(r, len);
        if (!out->too_large)
            strbuf_append(&r->bytes, taken);
        length -= len;
    }
    out->bytes = strbuf_text(&r->bytes);
    return STATUS_OK;
}

/* At the beginning of a record, its line read. */
static enum status find_record(struct web_records *r, bool *arc,
                               struct error *err)
{
    for (;;) {
        enum status status = more(r, err);
        if (status != STATUS_OK)
            return status;
        r->fault_at = place(r);
        r->raw_length = 0;
        digester_reset(r->raw);
        status = read_line(r, err);
        if (status != STATUS_OK)
            return status;
        struct text line = without_padding(strbuf_text(&r->line));
        struct web_record record;
        uint64_t length;
        if (line.len == 0)
            continue;
        *arc = !text_starts_with(line, (struct text)TEXT("WARC/"));
        if (!*arc || begins_record(line) || parse_arc(line, &record, &length))
            break;
        if (!r->lost)
            return fail(r, "bad-record", err, "no record begins here");
    }
    r->lost = false;
    return STATUS_OK;
}

enum status web_records_next(struct web_records *r, struct web_record *out,
                             struct error *err)
{
    bool arc = false;
    uint64_t length = 0;
    struct web_record record = {.too_large = false};
    enum status status = find_record(r, &arc, err);
    if (status != STATUS_OK)
        return status;
    record.origin.offset = r->fault_at;
    if (arc) {
        strbuf_reset(&r->headers);
        strbuf_append(&r->headers, strbuf_text(&r->line));
        if (!parse_arc(without_padding(strbuf_text(&r->headers)), &record,
                       &length))
            return fail(r, "bad-record", err, "a record without a length");
    } else {
        status = read_warc(r, &record, &length, err);
    }
    if (status == STATUS_OK)
        status = read_bytes(r, &record, length, err);
    if (status != STATUS_OK)
        return status;
    original_measure_parts(&record.origin, r->raw_length, r->raw);
    *out = record;
    return STATUS_OK;
}
