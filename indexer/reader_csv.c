/* Reads tables: CSV or TSV with a header line (RFC 4180), an article a row.
 * Columns are known by the names that JSON Lines has for the same fields. */
#include <stdlib.h>
#include <string.h>

#include "common/json_writer.h"
#include "common/mem.h"
#include "common/original.h"
#include "common/utf8.h"
#include "indexer/charset.h"
#include "indexer/csv_row.h"
#include "indexer/json_article.h"
#include "indexer/line_source.h"
#include "indexer/reader.h"

extern const struct reader_format reader_csv;

enum {
    COLUMNS_MAX = 256,
    HEAD_MAX = 64 << 10,
    SHOWN_OF_HEADER = 120,
    SHOWN_OF_DATE = 60
};

struct reader_csv {
    struct reader base;
    struct line_source lines;
    struct strbuf row, decoded, header, json;
    struct strbuf names; /* the header as it stands, its beginning */

    /* Lines that were read and taken for a part of a row before them. */
    struct strbuf again;
    size_t again_at;
    uint64_t offset, number, length; /* of the line that was read last */

    struct text columns[COLUMNS_MAX]; /* borrowed from `header` */
    size_t column_count;
    char separator;
    enum csv_quotes quotes; /* of the row */
    bool essential;         /* some column is a title or a text */
};

/* Behind what a table may have in front of its header: a byte order mark, a
 * line "sep=;" for a spreadsheet. */
static struct text header_of(struct text head, char *separator)
{
    struct text rest = utf8_without_mark(head), line = rest;
    *separator = '\0';
    if (!text_starts_with(rest, (struct text)TEXT("sep=")))
        return rest;
    (void)text_split(&rest, '\n', &line);
    if (line.len > 4)
        *separator = line.ptr[4];
    return rest;
}

/* As old Macintoshes had it. */
static bool has_only_returns(struct text head)
{
    return head.len > 0 && memchr(head.ptr, '\r', head.len) &&
           !memchr(head.ptr, '\n', head.len);
}

static enum csv_table recognise(struct text head, char *separator)
{
    char said, found = ',';
    AUTO_DONE(strbuf) lines = STRBUF_INIT(INPUT_PEEK_MAX);
    if (has_only_returns(head)) {
        strbuf_append(&lines, head);
        for (size_t i = 0; i < lines.len; i++)
            if (lines.ptr[i] == '\r')
                lines.ptr[i] = '\n';
        head = strbuf_text(&lines);
    }
    const enum csv_table table =
        csv_row_recognise(header_of(head, &said), &found);
    *separator = said ? said : found;
    return said ? CSV_TABLE : table;
}

static int csv_recognise(struct text head)
{
    char separator;
    return recognise(head, &separator) == CSV_NO_TABLE ? 0 : 2;
}

static enum status csv_open(struct reader **out, struct input *in,
                            struct error *err)
{
    (void)err;
    struct reader_csv *r = mem_zeroed(1, sizeof *r);
    const struct text head = input_peek(in, INPUT_PEEK_MAX);
    line_source_init(&r->lines, in);
    r->lines.end = has_only_returns(head) ? '\r' : '\n';
    (void)recognise(head, &r->separator);
    strbuf_init(&r->header, HEAD_MAX);
    strbuf_init(&r->names, SHOWN_OF_HEADER);
    *out = &r->base;
    return STATUS_OK;
}

static void csv_free(struct reader *reader)
{
    struct reader_csv *r = (struct reader_csv *)reader;
    line_source_done(&r->lines);
    strbuf_done(&r->row);
    strbuf_done(&r->decoded);
    strbuf_done(&r->header);
    strbuf_done(&r->json);
    strbuf_done(&r->again);
    strbuf_done(&r->names);
    free(r);
}

/* --- rows ----------------------------------------------------------------- */

static enum status next_line(struct reader_csv *r, struct text *out,
                             struct error *err)
{
    if (r->again_at == r->again.len) {
        const size_t most = 2 * r->base.limits.article;
        enum status status = line_source_gather(
            &r->lines, &r->row,
            r->column_count > 0 || most > HEAD_MAX ? most : HEAD_MAX, out, err);
        r->offset = r->lines.offset;
        r->number = r->lines.number;
        r->length = out->len;
        return status;
    }
    struct text rest =
        text_slice(strbuf_text(&r->again), r->again_at, r->again.len);
    const char *end = memchr(rest.ptr, r->lines.end, rest.len);
    *out = end ? text_make(rest.ptr, (size_t)(end - rest.ptr) + 1) : rest;
    r->again_at += out->len;
    r->offset += r->length;
    r->length = out->len;
    r->number++;
    return STATUS_OK;
}

static struct text without_end(struct text row)
{
    while (row.len > 0 &&
           (row.ptr[row.len - 1] == '\n' || row.ptr[row.len - 1] == '\r'))
        row.len--;
    return row;
}

/* Whether a row of several lines, the first of `length` bytes, is rather one a
 * line: they have as many fields each as the header, or the first has, and all
 * of it has not. */
static bool are_rows(const struct reader_csv *r, struct text row, size_t length)
{
    const struct csv_scan quoted = CSV_SCAN(r->separator);
    const struct csv_scan literal = {.separator = r->separator,
                                     .quotes = CSV_LITERAL};
    struct text line, rest = without_end(row);
    if (length >= rest.len || r->column_count < 2 ||
        csv_row_count(text_slice(row, 0, length), literal) != r->column_count)
        return false;
    if (csv_row_count(rest, quoted) != r->column_count)
        return true;
    while (text_split(&rest, r->lines.end, &line))
        if (csv_row_count(line, literal) != r->column_count)
            return false;
    return true;
}

/* A quote that begins a field may be only a quote: if it is not closed, or if
 * the lines are rows by themselves. The row is then its first line, and what
 * follows comes again. */
static void undo_quotes(struct reader_csv *r, const struct csv_scan *scan,
                        const struct origin *origin)
{
    const struct text row = strbuf_text(&r->row);
    const char *end = memchr(row.ptr, r->lines.end, row.len);
    const size_t length = end ? (size_t)(end - row.ptr) + 1 : row.len;
    if (!scan->inside && !are_rows(r, row, length))
        return;
    r->quotes = CSV_LITERAL;
    AUTO_DONE(strbuf) again = STRBUF_INIT(SIZE_MAX);
    strbuf_append(&again, text_slice(row, length, row.len));
    strbuf_append(
        &again, text_slice(strbuf_text(&r->again), r->again_at, r->again.len));
    strbuf_done(&r->again);
    strbuf_done(&r->names);
    r->again = again;
    again = (struct strbuf)STRBUF_INIT(0);
    r->again_at = 0;
    r->offset = origin->offset;
    r->number = origin->line;
    r->length = length;
    strbuf_truncate(&r->row, length);
}

/* Lines of a row, which goes on while a quote is open; empty at the end. */
static enum status gather_row(struct reader_csv *r, struct origin *origin,
                              struct error *err)
{
    struct csv_scan scan = CSV_SCAN(r->separator);
    struct text line = {NULL, 0};
    strbuf_reset(&r->row);
    r->quotes = CSV_QUOTED;
    do {
        enum status status = next_line(r, &line, err);
        if (status != STATUS_OK)
            return status;
        if (line.len == 0)
            break;
        if (r->row.len == 0 && text_trim(line).len == 0)
            continue;
        if (r->row.len == 0) {
            origin->offset = r->offset;
            origin->line = r->number;
        }
        strbuf_append(&r->row, line);
        csv_scan_line(&scan, line);
    } while ((r->row.len == 0 && !r->row.overflowed) ||
             (scan.inside && !r->row.overflowed));
    if (!r->row.overflowed && r->row.len > 0)
        undo_quotes(r, &scan, origin);
    return STATUS_OK;
}

/* A row, decoded and without its line end; STATUS_END if there is none left. */
static enum status read_row(struct reader_csv *r, struct origin *origin,
                            struct text *out, struct error *err)
{
    enum status status = gather_row(r, origin, err);
    if (status != STATUS_OK)
        return status;
    const struct text row = without_end(strbuf_text(&r->row));
    if (row.len == 0 && !r->row.overflowed)
        return STATUS_END;
    strbuf_reset(&r->decoded);
    r->decoded.max = 3 * row.len + 3;
    charset_decode(row, charset_guess(row), &r->decoded);
    *out = strbuf_text(&r->decoded);
    return STATUS_OK;
}

/* --- articles ---------------------------------------------------------------
 */

/* The field that `--map title=headline,body=text` names for a column; or the
 * column's own name, in lower case. */
static void append_name(struct reader_csv *r, struct text column)
{
    struct text map = text_from(r->base.map), pair, field;
    while (text_split(&map, ',', &pair)) {
        struct text from = pair;
        if (text_split(&from, '=', &field) &&
            text_equal(text_trim(from), column)) {
            strbuf_append(&r->header, text_trim(field));
            return;
        }
    }
    for (size_t i = 0; i < column.len; i++) {
        char c = column.ptr[i];
        strbuf_append_char(&r->header,
                           c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c);
    }
}

static void read_header(struct reader_csv *r, struct text row)
{
    AUTO_DONE(strbuf) field = STRBUF_INIT(HEAD_MAX);
    size_t ends[COLUMNS_MAX], start = 0;
    strbuf_append(&r->names, text_slice(row, 0, SHOWN_OF_HEADER));
    while (r->column_count < COLUMNS_MAX &&
           csv_row_take(&row, CSV_SCAN(r->separator), &field)) {
        append_name(r, text_trim(strbuf_text(&field)));
        ends[r->column_count++] = r->header.len;
    }
    for (size_t i = 0; i < r->column_count; i++) {
        r->columns[i] =
            text_slice(strbuf_text(&r->header), start, ends[i] - start);
        r->essential |= csv_row_is_essential(r->columns[i]) ||
                        text_is(r->columns[i], "name");
        start = ends[i];
    }
}

/* The row as the object that JSON Lines would have; `*fields` are those that
 * are not empty, `*more` those that have no column. */
static struct text row_as_json(struct reader_csv *r, struct text row,
                               size_t *fields, size_t *more)
{
    AUTO_DONE(strbuf) field = STRBUF_INIT(row.len + 1);
    const struct csv_scan scan = {.separator = r->separator,
                                  .quotes = r->quotes};
    struct json_writer w;
    strbuf_reset(&r->json);
    r->json.max = 6 * (row.len + r->header.len) + HEAD_MAX;
    json_writer_init(&w, &r->json);
    json_writer_object(&w);
    *fields = *more = 0;
    for (size_t i = 0; csv_row_take(&row, scan, &field); i++) {
        char name[128];
        const bool full = text_trim(strbuf_text(&field)).len > 0;
        *fields += full;
        *more += full && i >= r->column_count;
        if (i >= r->column_count || r->columns[i].len == 0 ||
            r->columns[i].len >= sizeof name)
            continue;
        memcpy(name, r->columns[i].ptr, r->columns[i].len);
        name[r->columns[i].len] = '\0';
        json_writer_known_text(&w, name, strbuf_text(&field));
    }
    json_writer_end_object(&w);
    return strbuf_text(&r->json);
}

/* Up to and with the header. */
static enum status begin(struct reader_csv *r, struct error *err)
{
    struct origin origin = {0};
    struct text row = {NULL, 0};
    enum status status = read_row(r, &origin, &row, err);
    if (status == STATUS_OK && text_starts_with(row, text_from("sep=")))
        status = read_row(r, &origin, &row, err);
    if (status == STATUS_OK) /* too long a header has no column we know */
        read_header(r, r->row.overflowed ? text_make("", 0) : row);
    return status;
}

static void warn(struct reader_csv *r, const struct json_verdict *verdict,
                 const struct origin *origin, size_t more)
{
    struct text date = text_slice(verdict->bad_date, 0, SHOWN_OF_DATE);
    date.len = utf8_valid_length(date);
    if (date.len > 0)
        reader_warn(&r->base, origin, "date '%.*s' %s, article kept undated",
                    TEXT_ARG(date),
                    verdict->date_in_future ? "is in the future"
                                            : "not understood");
    if (more > 0)
        reader_warn(&r->base, origin,
                    "%zu fields more than there are columns, left out", more);
}

static enum status reject(struct reader_csv *r, struct rejection *why,
                          struct error *err)
{
    struct text header = text_slice(strbuf_text(&r->names), 0, SHOWN_OF_HEADER);
    header.len = utf8_valid_length(header);
    const bool none = strcmp(why->reason, "no-body") == 0;
    if (none && !r->essential)
        return reader_reject_because(
            &r->base, why, err,
            "no column is a title or a body, unless --map says so: '%.*s'",
            TEXT_ARG(header));
    return reader_reject_because(&r->base, why, err, "%s",
                                 none ? "neither title nor body" : why->reason);
}

static enum status read_article(struct reader_csv *r, struct text row,
                                struct rejection *why, struct arena *arena,
                                struct article *out, struct error *err)
{
    struct article article = {.origin = why->origin};
    size_t fields = 1, more = 0;
    original_measure(&article.origin, why->bytes);
    struct json_verdict verdict = {.reject_reason = "too-large"};
    if (!r->row.overflowed)
        verdict =
            json_article_read(&article, row_as_json(r, row, &fields, &more),
                              r->base.newest, arena);
    if (fields == 0)
        return STATUS_END;
    why->reason = verdict.reject_reason;
    if (why->reason)
        return reject(r, why, err);
    warn(r, &verdict, &why->origin, more);
    article.origin.path = arena_text(arena, why->origin.path);
    *out = article;
    return reader_check_size(&r->base, &article, why->bytes, err);
}

static enum status csv_next(struct reader *reader, struct arena *arena,
                            struct article *out, struct error *err)
{
    struct reader_csv *r = (struct reader_csv *)reader;
    struct rejection why = {.reason = NULL};
    enum status status = STATUS_OK;
    if (r->column_count == 0)
        status = begin(r, err);
    while (status == STATUS_OK) {
        struct text row = {NULL, 0};
        why.origin =
            (struct origin){.path = text_from(input_path(r->lines.in))};
        status = read_row(r, &why.origin, &row, err);
        why.bytes = strbuf_text(&r->row);
        if (status != STATUS_OK)
            break;
        status = read_article(r, row, &why, arena, out, err);
        if (status != STATUS_END)
            return status;
        status = STATUS_OK; /* a row of nothing */
    }
    if (status != STATUS_SOURCE)
        return status;
    why.reason = input_fault(r->lines.in);
    return reader_reject(reader, &why);
}

const struct reader_format reader_csv = {
    .name = "csv",
    .summary = "a table with a header line, CSV or TSV",
    .recognise = csv_recognise,
    .open = csv_open,
    .next = csv_next,
    .free = csv_free,
};
