/* Reads tables: CSV or TSV with a header line (RFC 4180), an article a row.
 * Columns are known by the names that JSON Lines has for the same fields. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/json_writer.h"
#include "common/mem.h"
#include "common/original.h"
#include "common/utf8.h"
#include "indexer/charset.h"
#include "indexer/json_article.h"
#include "indexer/line_source.h"
#include "indexer/reader.h"

extern const struct reader_format reader_csv;

enum { COLUMNS_MAX = 256, HEAD_MAX = 64 << 10 };

struct reader_csv {
    struct reader base;
    struct line_source lines;
    struct strbuf row, decoded, header, json;
    struct text columns[COLUMNS_MAX]; /* borrowed from `header` */
    size_t column_count;
    char separator;
};

static bool is_named(struct text t, const char *const *names)
{
    for (; *names; names++)
        if (t.len == strlen(*names) && strncasecmp(t.ptr, *names, t.len) == 0)
            return true;
    return false;
}

static char separator_of(struct text line)
{
    static const char separators[] = "\t;,";
    char best = ',';
    size_t most = 0;
    for (const char *s = separators; *s; s++) {
        size_t count = 0;
        for (size_t i = 0; i < line.len; i++)
            count += line.ptr[i] == *s;
        if (count > most) {
            most = count;
            best = *s;
        }
    }
    return best;
}

/* Takes a field off `*rest`, quotes resolved in `out`. False at the end. */
static bool take_field(struct text *rest, char separator, struct strbuf *out)
{
    size_t at = 0;
    bool quoted = false;
    strbuf_reset(out);
    if (!rest->ptr)
        return false;
    for (; at < rest->len; at++) {
        char c = rest->ptr[at];
        bool doubled = quoted && c == '"' && at + 1 < rest->len &&
                       rest->ptr[at + 1] == '"';
        if (c == '"' && !doubled && (quoted || out->len == 0))
            quoted = !quoted;
        else if (c == separator && !quoted)
            break;
        else
            strbuf_append_char(out, c);
        at += doubled;
    }
    *rest = at < rest->len ? text_slice(*rest, at + 1, rest->len)
                           : text_make(NULL, 0);
    return true;
}

/* Of the header: what is written in several ways is one. */
static bool is_known_header(struct text line)
{
    static const char *const texts[] = {"title",   "headline", "body", "text",
                                        "content", "article",  NULL};
    AUTO_DONE(strbuf) field = STRBUF_INIT(HEAD_MAX);
    char separator = separator_of(line);
    size_t fields = 0, known = 0;
    while (take_field(&line, separator, &field)) {
        fields++;
        known += is_named(text_trim(strbuf_text(&field)), texts);
    }
    return fields >= 2 && known > 0;
}

static int csv_recognise(struct text head)
{
    struct text line, rest = utf8_without_mark(head);
    struct text first = text_slice(text_trim(rest), 0, 1);
    if (text_is(first, "<") || text_is(first, "{") || text_is(first, "["))
        return 0; /* a page on one line has commas and titles, too */
    (void)text_split(&rest, '\n', &line);
    return rest.ptr && is_known_header(text_trim(line)) ? 2 : 0;
}

static enum status csv_open(struct reader **out, struct input *in,
                            struct error *err)
{
    (void)err;
    struct reader_csv *r = mem_zeroed(1, sizeof *r);
    line_source_init(&r->lines, in);
    strbuf_init(&r->header, HEAD_MAX);
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
    free(r);
}

static size_t count_quotes(struct text t)
{
    size_t count = 0;
    for (size_t i = 0; i < t.len; i++)
        count += t.ptr[i] == '"';
    return count;
}

/* A row, which goes on while a quote is open, decoded without its line end;
 * STATUS_END if there is none left. */
static enum status read_row(struct reader_csv *r, struct origin *origin,
                            struct text *out, struct error *err)
{
    size_t quotes = 0;
    strbuf_reset(&r->row);
    do {
        struct text line;
        enum status status = line_source_gather(
            &r->lines, &r->row, 2 * r->base.limits.article, &line, err);
        if (status != STATUS_OK)
            return status;
        if (line.len == 0)
            break;
        if (r->row.len == 0 && text_trim(line).len == 0)
            continue;
        if (r->row.len == 0) {
            origin->offset = r->lines.offset;
            origin->line = r->lines.number;
        }
        strbuf_append(&r->row, line);
        quotes += count_quotes(line);
    } while ((r->row.len == 0 && !r->row.overflowed) || quotes % 2 == 1);
    struct text row = strbuf_text(&r->row);
    if (row.len == 0 && !r->row.overflowed)
        return STATUS_END;
    while (row.len > 0 &&
           (row.ptr[row.len - 1] == '\n' || row.ptr[row.len - 1] == '\r'))
        row.len--;
    strbuf_reset(&r->decoded);
    r->decoded.max = 3 * row.len + 3;
    charset_decode(row, charset_guess(row), &r->decoded);
    *out = strbuf_text(&r->decoded);
    return STATUS_OK;
}

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
    r->separator = separator_of(row);
    while (r->column_count < COLUMNS_MAX &&
           take_field(&row, r->separator, &field)) {
        append_name(r, text_trim(strbuf_text(&field)));
        ends[r->column_count++] = r->header.len;
    }
    for (size_t i = 0; i < r->column_count; i++) {
        r->columns[i] =
            text_slice(strbuf_text(&r->header), start, ends[i] - start);
        start = ends[i];
    }
}

/* The row as the object that JSON Lines would have. */
static struct text row_as_json(struct reader_csv *r, struct text row)
{
    AUTO_DONE(strbuf) field = STRBUF_INIT(row.len + 1);
    struct json_writer w;
    strbuf_reset(&r->json);
    r->json.max = 6 * (row.len + r->header.len) + HEAD_MAX;
    json_writer_init(&w, &r->json);
    json_writer_object(&w);
    for (size_t i = 0; i < r->column_count; i++) {
        char name[128];
        if (!take_field(&row, r->separator, &field))
            break;
        if (r->columns[i].len == 0 || r->columns[i].len >= sizeof name)
            continue;
        memcpy(name, r->columns[i].ptr, r->columns[i].len);
        name[r->columns[i].len] = '\0';
        json_writer_known_text(&w, name, strbuf_text(&field));
    }
    json_writer_end_object(&w);
    return strbuf_text(&r->json);
}

static enum status csv_next(struct reader *reader, struct arena *arena,
                            struct article *out, struct error *err)
{
    struct reader_csv *r = (struct reader_csv *)reader;
    struct text row;
    struct origin origin = {.path = text_from(input_path(r->lines.in))};
    enum status status = read_row(r, &origin, &row, err);
    if (status == STATUS_OK && r->column_count == 0 && !r->row.overflowed) {
        read_header(r, row);
        status = read_row(r, &origin, &row, err);
    }
    struct rejection why = {.origin = origin, .bytes = strbuf_text(&r->row)};
    if (status == STATUS_SOURCE) {
        why.reason = input_fault(r->lines.in);
        return reader_reject(reader, &why);
    }
    if (status != STATUS_OK)
        return status;
    struct article article = {.origin = origin};
    original_measure(&article.origin, why.bytes);
    struct json_verdict verdict = {.reject_reason = "too-large"};
    if (!r->row.overflowed)
        verdict = json_article_read(&article, row_as_json(r, row),
                                    reader->newest, arena);
    why.reason = verdict.reject_reason;
    if (why.reason)
        return reader_reject_because(reader, &why, err, "%s",
                                     strcmp(why.reason, "no-body") == 0
                                         ? "neither title nor body"
                                         : why.reason);
    if (verdict.bad_date.len > 0)
        reader_warn(reader, &origin,
                    "date '%.*s' not understood, article kept undated",
                    TEXT_ARG(text_slice(verdict.bad_date, 0, 60)));
    article.origin.path = arena_text(arena, origin.path);
    *out = article;
    return reader_check_size(reader, &article, why.bytes, err);
}

const struct reader_format reader_csv = {
    .name = "csv",
    .summary = "a table with a header line, CSV or TSV",
    .recognise = csv_recognise,
    .open = csv_open,
    .next = csv_next,
    .free = csv_free,
};
