/* csv (RFC 4180) and tsv: a line of headings, then a line a hit. */
#include "searcher/output_format.h"

#include <string.h>

#include "common/dating.h"
#include "common/timestamp.h"

/* Where none were asked for. */
static const struct output_fields usual = {
    .list = {FIELD_OF_RANK, FIELD_OF_SCORE, FIELD_OF_ID, FIELD_OF_DATE,
             FIELD_OF_SOURCE, FIELD_OF_SECTION, FIELD_OF_TITLE, FIELD_OF_URL,
             FIELD_OF_SNIPPETS},
    .count = 9,
};

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

static bool is_formula(struct text cell)
{
    const struct text start = text_trim(cell);
    return start.len > 0 && strchr("=+-@", start.ptr[0]);
}

static void put_cell(struct strbuf *out, const struct output_settings *settings,
                     struct text cell)
{
    const struct dialect *dialect =
        settings->format == OUTPUT_CSV ? &csv : &tsv;
    AUTO_DONE(strbuf) harmless = STRBUF_INIT(out->max);
    if (settings->cells == CELLS_AS_THEY_ARE || !is_formula(cell)) {
        dialect->put(out, cell);
        return;
    }
    strbuf_append_char(&harmless, '\'');
    strbuf_append(&harmless, cell);
    dialect->put(out, strbuf_text(&harmless));
}

void output_table_line(struct strbuf *out,
                       const struct output_settings *settings,
                       const struct text *fields, size_t count)
{
    const struct dialect *dialect =
        settings->format == OUTPUT_CSV ? &csv : &tsv;
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            strbuf_append_char(out, dialect->separator);
        put_cell(out, settings, fields[i]);
    }
    strbuf_append_string(out, dialect->line_end);
}

static const struct output_fields *fields_of(const struct output *o)
{
    return o->settings.fields.count > 0 ? &o->settings.fields : &usual;
}

/* One passage is a "snippet" there. */
static const char *heading_of(const struct output *o, enum output_field field)
{
    return o->settings.fields.count == 0 && field == FIELD_OF_SNIPPETS
               ? "snippet"
               : output_field_names[field];
}

static void table_begin(struct output *o)
{
    struct text cells[FIELDS_OF_OUTPUT];
    const struct output_fields *fields = fields_of(o);
    if (o->answers > 1)
        return;
    for (size_t i = 0; i < fields->count; i++)
        cells[i] = text_from(heading_of(o, fields->list[i]));
    output_table_line(&o->buffer, &o->settings, cells, fields->count);
}

static void join_passages(struct strbuf *out, const struct hit *hit)
{
    for (size_t i = 0; i < hit->snippet_count; i++) {
        if (i > 0)
            strbuf_append_string(out, " " OUTPUT_ELLIPSIS " ");
        strbuf_append(out, hit->snippets[i].text);
    }
}

static void join_texts(struct strbuf *out, const struct text *texts,
                       size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            strbuf_append_string(out, "; ");
        strbuf_append(out, texts[i]);
    }
}

static void append_date(struct strbuf *out, timestamp published)
{
    char date[TIMESTAMP_SIZE] = "";
    if (published != TIMESTAMP_UNKNOWN)
        timestamp_format(published, date, sizeof date);
    strbuf_append_string(out, date);
}

/* What a cell holds; `made` has room for what must be put together. */
static struct text cell_of(enum output_field field, const struct hit *hit,
                           struct strbuf *made)
{
    const struct article *a = hit->article;
    switch (field) {
    case FIELD_OF_RANK:
        strbuf_append_format(made, "%zu", hit->rank);
        break;
    case FIELD_OF_SCORE:
        strbuf_append_format(made, "%.4f", hit->score);
        break;
    case FIELD_OF_ID:
        return a->id;
    case FIELD_OF_TITLE:
        return a->title;
    case FIELD_OF_URL:
        return a->url;
    case FIELD_OF_DATE:
        append_date(made, a->published);
        break;
    case FIELD_OF_DATING:
        if (a->published != TIMESTAMP_UNKNOWN || dating_has_seen(a))
            strbuf_append_string(made, dating_name(a->dating));
        break;
    case FIELD_OF_SOURCE:
        return a->source;
    case FIELD_OF_SECTION:
        return a->section;
    case FIELD_OF_AUTHORS:
        join_texts(made, a->authors, a->author_count);
        break;
    case FIELD_OF_LANGUAGE:
        return a->language;
    case FIELD_OF_TAGS:
        join_texts(made, a->tags, a->tag_count);
        break;
    case FIELD_OF_PATH:
        return a->origin.path;
    case FIELD_OF_SNIPPETS:
        join_passages(made, hit);
        break;
    case FIELD_OF_BODY:
        return a->body;
    case FIELDS_OF_OUTPUT:
        break;
    }
    return strbuf_text(made);
}

static void table_hit(struct output *o, const struct hit *hit)
{
    const struct output_fields *fields = fields_of(o);
    struct strbuf made[FIELDS_OF_OUTPUT];
    struct text cells[FIELDS_OF_OUTPUT];
    for (size_t i = 0; i < fields->count; i++) {
        strbuf_init(&made[i], o->buffer.max);
        cells[i] = cell_of(fields->list[i], hit, &made[i]);
    }
    output_table_line(&o->buffer, &o->settings, cells, fields->count);
    for (size_t i = 0; i < fields->count; i++)
        strbuf_done(&made[i]);
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
