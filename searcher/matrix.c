#include "searcher/matrix.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/mem.h"
#include "common/timestamp.h"
#include "searcher/output_format.h"
#include "searcher/query_lexer.h"
#include "searcher/serve/line_reader.h"

enum { BUFFER_MAX = 1 << 30, NUMBER_SIZE = 32, LABEL_SIZE = 16 };

struct row {
    struct text name;
    enum status status; /* of its query */
    struct facets facets;
};

struct matrix {
    const struct matrix_request *request;
    struct arena arena; /* names and columns */
    struct row *rows;
    size_t row_count, row_capacity;
    struct value_counter columns; /* in the end sorted; without "(none)" */
};

/* The one that was asked for. */
static const struct facet *facet_of(const struct row *row)
{
    return row->facets.count > 0 ? &row->facets.list[0] : &row->facets.timeline;
}

/* --- rows ----------------------------------------------------------------- */

static enum status add_row(struct matrix *m, struct text line,
                           struct matrix_result *result, struct error *err)
{
    struct text query = line, name = line;
    struct error problem = ERROR_NONE;
    if (memchr(line.ptr, '\t', line.len))
        text_split(&query, '\t', &name);
    if (m->row_count == MATRIX_QUERIES_MAX)
        return error_set(err, STATUS_USAGE, "'%s' has more than %d queries",
                         m->request->path, MATRIX_QUERIES_MAX);
    MEM_GROW(m->rows, m->row_count, m->row_capacity);
    struct row *row = &m->rows[m->row_count++];
    *row = (struct row){.name = arena_text(&m->arena, text_trim(name))};
    row->status =
        answer_facets(&row->facets, m->request->answerer, query, &problem);
    if (row->status == STATUS_OK) {
        result->found += row->facets.total > 0;
        return STATUS_OK;
    }
    result->refused++;
    message_error(m->request->messages, "'%.*s': %s",
                  TEXT_ARG(text_slice(query, 0, 100)), problem.message);
    return row->status == STATUS_QUERY || row->status == STATUS_TIMEOUT
               ? STATUS_OK
               : error_set(err, row->status, "the table was given up");
}

static enum status read_rows(struct matrix *m, int fd,
                             struct matrix_result *result, struct error *err)
{
    struct line_reader lines;
    enum line_kind kind = LINE_END;
    struct text line;
    enum status status;
    line_reader_init(&lines, fd, 2 * QUERY_SIZE_MAX);
    while ((status = line_reader_next(&lines, &kind, &line, err)) ==
               STATUS_OK &&
           kind != LINE_END) {
        if (kind == LINE_TOO_LONG)
            status = error_set(err, STATUS_USAGE, "a line of '%s' is too long",
                               m->request->path);
        else if (text_trim(line).len > 0)
            status = add_row(m, text_trim(line), result, err);
        if (status != STATUS_OK)
            break;
    }
    line_reader_done(&lines);
    return status;
}

/* --- columns -------------------------------------------------------------- */

static bool is_period(enum facet_kind kind)
{
    return kind == FACET_YEAR || kind == FACET_MONTH || kind == FACET_DAY;
}

/* The label of the period behind one: 2022-12 to 2023-01. */
static struct text next_period(struct arena *arena, struct text label)
{
    char next[LABEL_SIZE];
    timestamp first, last;
    if (!timestamp_parse_range(label, &first, &last))
        return label;
    timestamp_format(last + 1, next, sizeof next);
    return arena_text(arena, text_make(next, label.len));
}

static int by_label(const void *a, const void *b)
{
    return text_compare(((const struct value_count *)a)->value,
                        ((const struct value_count *)b)->value);
}

static void fill_gaps(struct matrix *m)
{
    if (m->columns.count == 0)
        return;
    struct text first = m->columns.entries[0].value, last = first;
    for (size_t i = 1; i < m->columns.count; i++) {
        const struct text label = m->columns.entries[i].value;
        first = text_compare(label, first) < 0 ? label : first;
        last = text_compare(label, last) > 0 ? label : last;
    }
    for (; text_compare(first, last) < 0; first = next_period(&m->arena, first))
        value_counter_add(&m->columns, first, 0);
}

static void make_columns(struct matrix *m)
{
    bool periods = false;
    for (size_t i = 0; i < m->row_count; i++) {
        const struct facet *f = facet_of(&m->rows[i]);
        if (m->rows[i].status != STATUS_OK)
            continue;
        periods = is_period(f->kind);
        for (size_t k = 0; k < f->count; k++)
            value_counter_add(&m->columns, f->values[k].value,
                              f->values[k].count);
    }
    if (periods)
        fill_gaps(m);
    if (m->columns.count > 0)
        qsort(m->columns.entries, m->columns.count, sizeof *m->columns.entries,
              periods ? by_label : value_count_most_first);
}

/* --- the table ------------------------------------------------------------ */

static struct text number(struct arena *arena, uint64_t value)
{
    char digits[NUMBER_SIZE];
    int len = snprintf(digits, sizeof digits, "%" PRIu64, value);
    return arena_text(arena, text_make(digits, (size_t)len));
}

/* The row's count of a column, of which the facet has some, in any order. */
static void fill_cells(struct text *cells, const struct matrix *m,
                       const struct facet *f, struct arena *arena)
{
    AUTO_DONE(value_counter) counts = {0};
    value_counter_init(&counts);
    for (size_t i = 0; i < m->columns.count; i++)
        value_counter_add(&counts, m->columns.entries[i].value, 0);
    for (size_t i = 0; i < f->count; i++)
        value_counter_add(&counts, f->values[i].value, f->values[i].count);
    for (size_t i = 0; i < m->columns.count; i++)
        cells[i] = number(arena, counts.entries[i].count);
}

static void put_row(struct strbuf *out, const struct matrix *m,
                    const struct row *row, struct text *cells)
{
    const size_t count = m->columns.count + 3;
    AUTO_DONE(arena) arena = ARENA_INIT;
    for (size_t i = 1; i < count; i++)
        cells[i] = text_from("-");
    cells[0] = row->name;
    if (row->status == STATUS_OK) {
        cells[1] = number(&arena, row->facets.total);
        fill_cells(cells + 2, m, facet_of(row), &arena);
        cells[count - 1] = number(&arena, facet_of(row)->without);
    }
    output_table_line(out, m->request->output, cells, count);
}

static enum status print(struct matrix *m, struct error *err)
{
    const size_t count = m->columns.count + 3;
    FILE *stream = m->request->output->stream;
    AUTO_DONE(strbuf) out = STRBUF_INIT(BUFFER_MAX);
    struct text *cells = arena_zeroed(&m->arena, count, sizeof *cells);
    cells[0] = text_from("query");
    cells[1] = text_from("total");
    for (size_t i = 0; i < m->columns.count; i++)
        cells[i + 2] = m->columns.entries[i].value;
    cells[count - 1] = text_from("(none)");
    output_table_line(&out, m->request->output, cells, count);
    for (size_t i = 0; i < m->row_count; i++)
        put_row(&out, m, &m->rows[i], cells);
    if (out.overflowed)
        return error_set(err, STATUS_IO, "the table is too large");
    if (fwrite(out.ptr, 1, out.len, stream) != out.len || fflush(stream) != 0)
        return error_io(err, "write", "stdout");
    return STATUS_OK;
}

enum status matrix_print(struct matrix_result *out,
                         const struct matrix_request *request,
                         struct error *err)
{
    struct matrix m = {.request = request, .arena = ARENA_INIT};
    struct matrix_result result = {0, 0};
    const bool is_stdin = strcmp(request->path, "-") == 0;
    const int fd =
        is_stdin ? STDIN_FILENO : open(request->path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return error_io(err, "open", request->path);
    value_counter_init(&m.columns);
    enum status status = read_rows(&m, fd, &result, err);
    if (status == STATUS_OK) {
        make_columns(&m);
        status = print(&m, err);
    }
    if (status == STATUS_OK)
        *out = result;
    for (size_t i = 0; i < m.row_count; i++)
        if (m.rows[i].status == STATUS_OK)
            facets_done(&m.rows[i].facets);
    free(m.rows);
    value_counter_done(&m.columns);
    arena_done(&m.arena);
    if (!is_stdin)
        close(fd);
    return status;
}
