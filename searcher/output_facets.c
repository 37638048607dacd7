/* For people, a block a facet, its bars as wide as the screen lets them:
 *
 *     source
 *       Example Times  27  ##################
 *       Morning Post    9  ######
 *       (none)          1
 */
#include "searcher/output_facets.h"

#include <inttypes.h>

#include "common/json_writer.h"
#include "searcher/output_format.h"

#define SCHEMA "morgue.facets/1"

enum {
    BUFFER_MAX = 1 << 29,
    NUMBER_SIZE = 32,
    VALUE_COLUMNS_MAX = 40,
    BAR_MIN = 10,
    BAR_MAX = 60,
    BLANKS = 6 /* before, between and behind the columns */
};

/* Calls `put` for each facet, the timeline last. */
typedef void put_facet(struct strbuf *out, const struct facet *f,
                       const struct output_settings *settings);

static void each(struct strbuf *out, const struct facets *facets,
                 const struct output_settings *settings, put_facet *put)
{
    for (size_t i = 0; i < facets->count; i++)
        put(out, &facets->list[i], settings);
    if (facets->timeline.values)
        put(out, &facets->timeline, settings);
}

/* --- text ----------------------------------------------------------------- */

struct columns {
    size_t value, number, bar;
    uint64_t most;
};

static struct text shown_value(struct text value)
{
    struct text line = {"", 0};
    terminal_wrap(&value, VALUE_COLUMNS_MAX, &line);
    return line;
}

static size_t digits(uint64_t number)
{
    size_t count = 1;
    while (number /= 10)
        count++;
    return count;
}

static struct columns measure(const struct facet *f, size_t width)
{
    struct columns c = {.value = sizeof "(none)" - 1, .most = f->without};
    for (size_t i = 0; i < f->count; i++) {
        size_t columns = terminal_columns(shown_value(f->values[i].value));
        if (columns > c.value)
            c.value = columns;
        if (f->values[i].count > c.most)
            c.most = f->values[i].count;
    }
    c.number = digits(c.most);
    size_t used = c.value + c.number + BLANKS;
    c.bar = width > used + BAR_MIN ? width - used : BAR_MIN;
    if (c.bar > BAR_MAX)
        c.bar = BAR_MAX;
    return c;
}

static void put_row(struct strbuf *out, const struct columns *c,
                    struct text value, uint64_t count)
{
    struct text shown = shown_value(value);
    strbuf_append_string(out, "  ");
    terminal_append(out, shown, TERMINAL_ONE_LINE);
    strbuf_append_format(out, "%*s  %*" PRIu64,
                         (int)(c->value - terminal_columns(shown)), "",
                         (int)c->number, count);
    /* Whoever has any has a bar. */
    double share = c->most > 0 ? (double)count / (double)c->most : 0;
    size_t bar = (size_t)(share * (double)c->bar + 0.5);
    if (bar == 0 && count > 0)
        bar = 1;
    if (bar > 0)
        strbuf_append_string(out, "  ");
    while (bar-- > 0)
        strbuf_append_char(out, '#');
    strbuf_append_char(out, '\n');
}

static void put_text(struct strbuf *out, const struct facet *f,
                     const struct output_settings *settings)
{
    const struct columns c = measure(f, settings->width);
    if (out->len > 0)
        strbuf_append_char(out, '\n');
    strbuf_append_format(out, "%s", facet_names[f->kind]);
    if (f->distinct > f->count)
        strbuf_append_format(out, ", %zu of %zu", f->count, f->distinct);
    strbuf_append_char(out, '\n');
    for (size_t i = 0; i < f->count; i++)
        put_row(out, &c, f->values[i].value, f->values[i].count);
    if (f->without > 0)
        put_row(out, &c, text_from("(none)"), f->without);
}

static void text_answer(struct strbuf *out, const struct facets *facets,
                        const struct output_settings *settings)
{
    if (facets->total == 0)
        return;
    each(out, facets, settings, put_text);
    strbuf_append_format(out, "\n%" PRIu64 " article%s\n", facets->total,
                         facets->total == 1 ? "" : "s");
}

/* --- csv and tsv ---------------------------------------------------------- */

static void put_table_row(struct strbuf *out,
                          const struct output_settings *settings,
                          const struct facet *f,
                          const struct value_count *value)
{
    char number[NUMBER_SIZE];
    snprintf(number, sizeof number, "%" PRIu64, value->count);
    const struct text row[] = {text_from(facet_names[f->kind]), value->value,
                               text_from(number)};
    output_table_line(out, settings, row, 3);
}

/* Articles without are a row without a value. */
static void put_table(struct strbuf *out, const struct facet *f,
                      const struct output_settings *settings)
{
    const struct value_count without = {{"", 0}, f->without};
    for (size_t i = 0; i < f->count; i++)
        put_table_row(out, settings, f, &f->values[i]);
    if (f->without > 0)
        put_table_row(out, settings, f, &without);
}

static void table_answer(struct strbuf *out, const struct facets *facets,
                         const struct output_settings *settings)
{
    const struct text headings[] = {TEXT("facet"), TEXT("value"),
                                    TEXT("articles")};
    output_table_line(out, settings, headings, 3);
    each(out, facets, settings, put_table);
}

/* --- json and jsonl ------------------------------------------------------- */

static void put_number(struct json_writer *w, const char *key, uint64_t value)
{
    json_writer_key(w, key);
    json_writer_number(w, (int64_t)value);
}

static void put_value(struct json_writer *w, const struct value_count *value)
{
    json_writer_key(w, "value");
    json_writer_text(w, value->value);
    put_number(w, "articles", value->count);
}

static void put_facet_object(struct json_writer *w, const struct facet *f)
{
    json_writer_object(w);
    json_writer_key(w, "facet");
    json_writer_string(w, facet_names[f->kind]);
    json_writer_key(w, "values");
    json_writer_array(w);
    for (size_t i = 0; i < f->count; i++) {
        json_writer_object(w);
        put_value(w, &f->values[i]);
        json_writer_end_object(w);
    }
    json_writer_end_array(w);
    put_number(w, "distinct", f->distinct);
    put_number(w, "without", f->without);
    json_writer_end_object(w);
}

static void json_answer(struct strbuf *out, const struct facets *facets,
                        const struct result_summary *summary)
{
    struct json_writer w;
    json_writer_init(&w, out);
    json_writer_object(&w);
    output_json_summary(&w, SCHEMA, summary);
    json_writer_key(&w, "facets");
    json_writer_array(&w);
    for (size_t i = 0; i < facets->count; i++)
        put_facet_object(&w, &facets->list[i]);
    json_writer_end_array(&w);
    if (facets->timeline.values) {
        json_writer_key(&w, "timeline");
        put_facet_object(&w, &facets->timeline);
    }
    output_json_took(&w, summary);
    json_writer_end_object(&w);
    strbuf_append_char(out, '\n');
}

static void put_jsonl(struct strbuf *out, const struct facet *f,
                      const struct output_settings *settings)
{
    (void)settings;
    for (size_t i = 0; i < f->count; i++) {
        struct json_writer w;
        json_writer_init(&w, out);
        json_writer_object(&w);
        json_writer_key(&w, "type");
        json_writer_string(&w, "value");
        json_writer_key(&w, "facet");
        json_writer_string(&w, facet_names[f->kind]);
        put_value(&w, &f->values[i]);
        json_writer_end_object(&w);
        strbuf_append_char(out, '\n');
    }
}

static void jsonl_answer(struct strbuf *out, const struct facets *facets,
                         const struct output_settings *settings,
                         const struct result_summary *summary)
{
    struct json_writer w;
    each(out, facets, settings, put_jsonl);
    json_writer_init(&w, out);
    json_writer_object(&w);
    json_writer_key(&w, "type");
    json_writer_string(&w, "summary");
    output_json_summary(&w, SCHEMA, summary);
    output_json_took(&w, summary);
    json_writer_end_object(&w);
    strbuf_append_char(out, '\n');
}

enum status output_facets(const struct output_settings *settings,
                          const struct result_summary *summary,
                          const struct facets *facets, struct error *err)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(BUFFER_MAX);
    switch (settings->format) {
    case OUTPUT_TEXT:
        text_answer(&out, facets, settings);
        break;
    case OUTPUT_JSON:
        json_answer(&out, facets, summary);
        break;
    case OUTPUT_JSONL:
        jsonl_answer(&out, facets, settings, summary);
        break;
    case OUTPUT_CSV:
    case OUTPUT_TSV:
        table_answer(&out, facets, settings);
        break;
    case OUTPUT_TREC:
    case OUTPUT_IDS:
    case OUTPUT_KWIC:
        break;
    }
    if (out.overflowed)
        return error_set(err, STATUS_IO,
                         "cannot write the facets: they are too many");
    if ((out.len > 0 &&
         fwrite(out.ptr, 1, out.len, settings->stream) != out.len) ||
        fflush(settings->stream) != 0)
        return error_io(err, "write", "stdout");
    return STATUS_OK;
}
