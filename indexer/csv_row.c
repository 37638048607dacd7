#include "indexer/csv_row.h"

#include <string.h>

#include "indexer/json_keys.h"

enum { FIELD_MAX = 64 << 10, ROWS_SEEN = 8 };

enum part { CONTENT, MARK, BETWEEN };

static bool ends_field(struct text t, size_t at, char separator)
{
    return at >= t.len || t.ptr[at] == separator || t.ptr[at] == '\n' ||
           t.ptr[at] == '\r';
}

/* What is at `at` and how long; of content the last byte counts. */
static enum part step_inside(struct csv_scan *s, struct text t, size_t at,
                             size_t *length)
{
    const bool quote_next = at + 1 < t.len && t.ptr[at + 1] == '"';
    if (t.ptr[at] == '\\' && quote_next &&
        !ends_field(t, at + 2, s->separator)) {
        *length = 2;
        return CONTENT;
    }
    if (t.ptr[at] != '"')
        return CONTENT;
    if (quote_next) {
        *length = 2;
        return CONTENT;
    }
    s->inside = !ends_field(t, at + 1, s->separator);
    return s->inside ? CONTENT : MARK;
}

static enum part step(struct csv_scan *s, struct text t, size_t at,
                      size_t *length)
{
    *length = 1;
    if (s->inside)
        return step_inside(s, t, at, length);
    if (t.ptr[at] == s->separator) {
        s->within = false;
        return BETWEEN;
    }
    s->inside = t.ptr[at] == '"' && !s->within && s->quotes == CSV_QUOTED;
    s->within = true;
    return s->inside ? MARK : CONTENT;
}

void csv_scan_line(struct csv_scan *scan, struct text line)
{
    for (size_t at = 0, length; at < line.len; at += length)
        (void)step(scan, line, at, &length);
}

bool csv_row_take(struct text *rest, struct csv_scan scan, struct strbuf *out)
{
    strbuf_reset(out);
    if (!rest->ptr)
        return false;
    for (size_t at = 0, length; at < rest->len; at += length) {
        const enum part part = step(&scan, *rest, at, &length);
        if (part == CONTENT)
            strbuf_append_char(out, rest->ptr[at + length - 1]);
        if (part != BETWEEN)
            continue;
        *rest = text_slice(*rest, at + 1, rest->len);
        return true;
    }
    *rest = text_make(NULL, 0);
    return true;
}

size_t csv_row_count(struct text row, struct csv_scan scan)
{
    size_t count = 1;
    for (size_t at = 0, length; at < row.len; at += length)
        count += step(&scan, row, at, &length) == BETWEEN;
    return count;
}

/* --- recognition ------------------------------------------------------------
 */

bool csv_row_is_essential(struct text column)
{
    const struct json_key *k = json_keys_find(column);
    bool essential = false;
    for (; k; k = json_keys_next(k))
        essential = essential || k->field == JSON_BODY ||
                    k->field == JSON_HTML || k->field == JSON_SUMMARY ||
                    (k->field == JSON_TITLE && !text_is(k->name, "name"));
    return essential;
}

static char separator_of(struct text line)
{
    static const char separators[] = "\t;,|";
    char best = ',';
    size_t most = 1;
    for (const char *s = separators; *s; s++) {
        const size_t count = csv_row_count(line, CSV_SCAN(*s));
        if (count > most) {
            most = count;
            best = *s;
        }
    }
    return best;
}

static bool names_columns(struct text line, char separator)
{
    AUTO_DONE(strbuf) field = STRBUF_INIT(FIELD_MAX);
    size_t fields = 0, known = 0;
    while (csv_row_take(&line, CSV_SCAN(separator), &field)) {
        fields++;
        known += csv_row_is_essential(text_trim(strbuf_text(&field)));
    }
    return fields >= 2 && known > 0;
}

/* The row that `*rest` begins with, which goes on while quotes are open; false
 * if not all of it is there. */
static bool take_row(struct text *rest, char separator, struct text *row)
{
    struct csv_scan scan = CSV_SCAN(separator);
    struct text line;
    const char *start = rest->ptr;
    do {
        if (!text_split(rest, '\n', &line) || !rest->ptr)
            return false;
        csv_scan_line(&scan, text_make(line.ptr, line.len + 1));
    } while (scan.inside);
    *row = text_make(start, (size_t)(line.ptr + line.len - start));
    return true;
}

/* Prose has commas, too, but no three lines with three of them, none with a
 * blank behind it. */
static bool is_regular(struct text head, char separator)
{
    struct text row;
    size_t rows = 0, fields = 0;
    const char spaced[] = {separator, ' ', '\0'};
    while (rows < ROWS_SEEN && take_row(&head, separator, &row)) {
        const size_t count = csv_row_count(text_trim(row), CSV_SCAN(separator));
        if ((rows > 0 && count != fields) || count < 3 ||
            (rows == 0 && text_contains(row, spaced)))
            return false;
        fields = count;
        rows++;
    }
    return rows >= 3;
}

enum csv_table csv_row_recognise(struct text head, char *separator)
{
    struct text rest = head, line = head;
    const struct text first = text_slice(text_trim(head), 0, 1);
    if (text_is(first, "<") || text_is(first, "{") || text_is(first, "["))
        return CSV_NO_TABLE; /* a page on one line has commas and titles, too */
    (void)text_split(&rest, '\n', &line);
    line = text_trim(line);
    *separator = separator_of(line);
    if (!rest.ptr)
        return CSV_NO_TABLE;
    if (names_columns(line, *separator))
        return CSV_TABLE;
    return is_regular(head, *separator) ? CSV_UNKNOWN_COLUMNS : CSV_NO_TABLE;
}
