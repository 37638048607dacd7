/* docs/output-json.md says what version 1 promises. */
#include "searcher/output_format.h"

#include "common/json_writer.h"
#include "searcher/suggest.h"

#define SCHEMA "morgue.search/1"

enum { TIME_DECIMALS = 3 };

struct json_output {
    struct output base;
    struct json_writer writer;
};

static void put_string(struct json_writer *w, const char *key,
                       const char *value)
{
    json_writer_key(w, key);
    json_writer_string(w, value);
}

static void put_text(struct json_writer *w, const char *key, struct text value)
{
    json_writer_key(w, key);
    json_writer_text(w, value);
}

static void put_number(struct json_writer *w, const char *key, uint64_t value)
{
    json_writer_key(w, key);
    json_writer_number(w, (int64_t)value);
}

static void put_added(struct json_writer *w, const struct result_summary *s)
{
    json_writer_key(w, "added");
    json_writer_array(w);
    for (size_t i = 0; i < s->added_count; i++)
        json_writer_text(w, s->added[i]);
    json_writer_end_array(w);
}

static void put_suggestion(struct json_writer *w, const struct suggestion *s)
{
    if (!s || s->count == 0)
        return;
    json_writer_key(w, "suggestion");
    json_writer_object(w);
    put_text(w, "query", s->query);
    json_writer_key(w, "words");
    json_writer_array(w);
    for (size_t i = 0; i < s->count; i++) {
        json_writer_object(w);
        put_number(w, "offset", s->words[i].offset);
        put_number(w, "length", s->words[i].length);
        put_text(w, "word", s->words[i].word);
        put_number(w, "articles", s->words[i].articles);
        json_writer_end_object(w);
    }
    json_writer_end_array(w);
    json_writer_end_object(w);
}

void output_json_archive(struct json_writer *w, const struct result_summary *s)
{
    json_writer_key(w, "archive");
    json_writer_object(w);
    put_string(w, "id", s->archive_id);
    put_number(w, "generation", s->generation);
    put_number(w, "analyzer", s->analyzer_version);
    if (s->missing_segments > 0) {
        put_number(w, "missing_segments", s->missing_segments);
        put_number(w, "missing_articles", s->missing_articles);
    }
    json_writer_end_object(w);
}

void output_json_summary(struct json_writer *w, const char *schema,
                         const struct result_summary *s)
{
    put_string(w, "schema", schema);
    json_writer_known_text(w, "query_id", s->query_id);
    put_text(w, "query", s->query);
    put_text(w, "parsed", s->parsed);
    output_json_archive(w, s);
    json_writer_key(w, "total");
    json_writer_object(w);
    put_number(w, "value", s->total);
    json_writer_key(w, "exact");
    json_writer_bool(w, s->total_kind == TOTAL_EXACT);
    json_writer_end_object(w);
    put_suggestion(w, s->suggestion);
    if (s->match == MATCH_EXPANDED)
        put_added(w, s);
}

void output_json_took(struct json_writer *w, const struct result_summary *s)
{
    if (s->is_partial) {
        json_writer_key(w, "partial");
        json_writer_bool(w, true);
    }
    json_writer_key(w, "took_ms");
    json_writer_double(w, s->took_ms, TIME_DECIMALS);
}

void output_json_error(struct json_writer *w, const struct error *problem)
{
    json_writer_key(w, "error");
    json_writer_object(w);
    put_string(w, "message", problem->message);
    json_writer_key(w, "offset");
    if (problem->offset == ERROR_NO_OFFSET)
        json_writer_null(w);
    else
        json_writer_number(w, (int64_t)problem->offset);
    put_string(w, "status", status_name(problem->status));
    json_writer_end_object(w);
}

static struct json_writer *writer_of(struct output *o)
{
    return &((struct json_output *)o)->writer;
}

static void end_line(struct output *o)
{
    json_writer_end_object(writer_of(o));
    strbuf_append_char(&o->buffer, '\n');
}

/* --- json: an answer is one object ---------------------------------------- */

static void json_begin(struct output *o)
{
    struct json_writer *w = writer_of(o);
    json_writer_init(w, &o->buffer);
    json_writer_object(w);
    output_json_summary(w, SCHEMA, o->summary);
    json_writer_key(w, "hits");
    json_writer_array(w);
}

static void json_hit(struct output *o, const struct hit *hit)
{
    struct json_writer *w = writer_of(o);
    json_writer_object(w);
    output_json_hit(w, hit, &o->settings.fields);
    json_writer_end_object(w);
}

static void json_end(struct output *o)
{
    struct json_writer *w = writer_of(o);
    json_writer_end_array(w);
    output_json_took(w, o->summary);
    end_line(o);
}

static void json_error(struct output *o, const struct error *problem)
{
    struct json_writer *w = writer_of(o);
    if (o->summary) {
        json_writer_end_array(w);
    } else {
        json_writer_init(w, &o->buffer);
        json_writer_object(w);
        put_string(w, "schema", SCHEMA);
    }
    output_json_error(w, problem);
    end_line(o);
}

const struct output_methods output_json = {
    .size = sizeof(struct json_output),
    .begin = json_begin,
    .hit = json_hit,
    .end = json_end,
    .error = json_error,
};

/* --- jsonl: a line for each hit, one for the answer ----------------------- */

static struct json_writer *begin_line(struct output *o, const char *type)
{
    struct json_writer *w = writer_of(o);
    json_writer_init(w, &o->buffer);
    json_writer_object(w);
    put_string(w, "type", type);
    return w;
}

static void jsonl_begin(struct output *o)
{
    (void)o;
}

static void jsonl_hit(struct output *o, const struct hit *hit)
{
    output_json_hit(begin_line(o, "hit"), hit, &o->settings.fields);
    end_line(o);
}

static void jsonl_end(struct output *o)
{
    struct json_writer *w = begin_line(o, "summary");
    output_json_summary(w, SCHEMA, o->summary);
    output_json_took(w, o->summary);
    end_line(o);
}

static void jsonl_error(struct output *o, const struct error *problem)
{
    struct json_writer *w = begin_line(o, "error");
    put_string(w, "schema", SCHEMA);
    output_json_error(w, problem);
    end_line(o);
}

const struct output_methods output_jsonl = {
    .size = sizeof(struct json_output),
    .begin = jsonl_begin,
    .hit = jsonl_hit,
    .end = jsonl_end,
    .error = jsonl_error,
};
