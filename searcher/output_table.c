/* csv (RFC 4180) and tsv: a line of headings, then a line a hit. */
#include "searcher/output_format.h"

#include <string.h>

#include "common/timestamp.h"

static const char *const headings[] = {"rank",  "score",  "id",
                                       "date",  "source", "section",
                                       "title", "url",    "snippet"};
enum { COLUMNS = sizeof headings / sizeof *headings };

/* How one of the two writes its fields and lines. */
struct dialect {
    char separator;
    const char *line_end;
    void (*put)(struct strbuf *out, struct text field);
};

/* Quoted if need be. Line breaks stay, as LF. */
static void put_csv(struct strbuf *out, struct text field)
{
    size_t start = out->len;
    terminal_append(out, field, TERMINAL_KEEP_LINES);
    struct text kept = text_slice(strbuf_text(out), start, out->len - start);
    bool plain = strcspn(strbuf_string(out) + start, ",\"\n") == kept.len &&
                 text_trim(kept).len == kept.len;
    if (plain)
        return;
    AUTO_DONE(strbuf) quoted = STRBUF_INIT(out->max);
    for (size_t i = 0; i < kept.len; i++) {
        if (kept.ptr[i] == '"')
            strbuf_append_char(&quoted, '"');
        strbuf_append_char(&quoted, kept.ptr[i]);
    }
    strbuf_truncate(out, start);
    strbuf_append_char(out, '"');
    strbuf_append(out, strbuf_text(&quoted));
    strbuf_append_char(out, '"');
}

/* Tabs and line breaks become blanks. */
static void put_tsv(struct strbuf *out, struct text field)
{
    terminal_append(out, field, TERMINAL_ONE_LINE);
}

static const struct dialect csv = {',', "\r\n", put_csv};
static const struct dialect tsv = {'\t', "\n", put_tsv};

void output_table_line(struct strbuf *out, enum output_format format,
                       const struct text *fields, size_t count)
{
    const struct dialect *dialect = format == OUTPUT_CSV ? &csv : &tsv;
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            strbuf_append_char(out, dialect->separator);
        dialect->put(out, fields[i]);
    }
    strbuf_append_string(out, dialect->line_end);
}

static void table_begin(struct output *o)
{
    struct text fields[COLUMNS];
    if (o->answers > 1)
        return;
    for (size_t i = 0; i < COLUMNS; i++)
        fields[i] = text_from(headings[i]);
    output_table_line(&o->buffer, o->settings.format, fields, COLUMNS);
}

static void join_passages(struct strbuf *out, const struct hit *hit)
{
    for (size_t i = 0; i < hit->snippet_count; i++) {
        if (i > 0)
            strbuf_append_string(out, " " OUTPUT_ELLIPSIS " ");
        strbuf_append(out, hit->snippets[i].text);
    }
}

static void table_hit(struct output *o, const struct hit *hit)
{
    const struct article *a = hit->article;
    char rank[32], score[64], date[TIMESTAMP_SIZE] = "";
    snprintf(rank, sizeof rank, "%zu", hit->rank);
    snprintf(score, sizeof score, "%.4f", hit->score);
    if (a->published != TIMESTAMP_UNKNOWN)
        timestamp_format(a->published, date, sizeof date);
    AUTO_DONE(strbuf) snippet = STRBUF_INIT(o->buffer.max);
    join_passages(&snippet, hit);
    const struct text fields[COLUMNS] = {
        text_from(rank), text_from(score), a->id,
        text_from(date), a->source,        a->section,
        a->title,        a->url,           strbuf_text(&snippet),
    };
    output_table_line(&o->buffer, o->settings.format, fields, COLUMNS);
}

static void table_end(struct output *o)
{
    (void)o;
}

const struct output_methods output_table = {
    .size = sizeof(struct output),
    .begin = table_begin,
    .hit = table_hit,
    .end = table_end,
};
