#include "common/record.h"

#include <jansson.h>
#include <string.h>

#include "common/digest.h"
#include "common/json_writer.h"
#include "common/mem.h"
#include "common/sha256.h"

/* An id and its prefix must fit into a term of 245 bytes, whatever the prefix
 * of one or two bytes and however Xapian encodes them. */
enum { ID_MAX = 240 };

static void write_text(struct json_writer *w, const char *key,
                       struct text value)
{
    if (value.len == 0)
        return;
    json_writer_key(w, key);
    json_writer_text(w, value);
}

static void write_texts(struct json_writer *w, const char *key,
                        const struct text *values, size_t count)
{
    if (count == 0)
        return;
    json_writer_key(w, key);
    json_writer_array(w);
    for (size_t i = 0; i < count; i++)
        json_writer_text(w, values[i]);
    json_writer_end_array(w);
}

static void write_number(struct json_writer *w, const char *key, uint64_t value)
{
    if (value == 0)
        return;
    json_writer_key(w, key);
    json_writer_number(w, (int64_t)value);
}

void record_write(const struct article *article, struct strbuf *out)
{
    char date[TIMESTAMP_SIZE] = "";
    if (article->published != TIMESTAMP_UNKNOWN)
        timestamp_format(article->published, date, sizeof date);

    struct json_writer w;
    json_writer_init(&w, out);
    json_writer_object(&w);
    write_text(&w, "id", article->id);
    write_text(&w, "title", article->title);
    write_text(&w, "url", article->url);
    write_text(&w, "date", text_from(date));
    write_text(&w, "source", article->source);
    write_text(&w, "section", article->section);
    write_text(&w, "lang", article->language);
    write_texts(&w, "authors", article->authors, article->author_count);
    write_texts(&w, "tags", article->tags, article->tag_count);
    write_text(&w, "path", article->origin.path);
    write_number(&w, "offset", article->origin.offset);
    write_number(&w, "line", article->origin.line);
    write_text(&w, "body", article->body);
    json_writer_end_object(&w);
}

static enum status wrong_type(struct error *err, const char *key,
                              const char *wanted)
{
    return error_set(err, STATUS_CORRUPT, "record's '%s' is not %s", key,
                     wanted);
}

static struct text copy_string(const json_t *value, struct arena *arena)
{
    return arena_text(
        arena, text_make(json_string_value(value), json_string_length(value)));
}

static enum status read_text(struct text *out, const json_t *record,
                             const char *key, struct arena *arena,
                             struct error *err)
{
    const json_t *value = json_object_get(record, key);
    if (!value)
        return STATUS_OK;
    if (!json_is_string(value))
        return wrong_type(err, key, "a string");
    *out = copy_string(value, arena);
    return STATUS_OK;
}

/* A list of texts, while it is read. */
struct texts {
    const struct text *list;
    size_t count;
};

static enum status read_texts(struct texts *out, const json_t *record,
                              const char *key, struct arena *arena,
                              struct error *err)
{
    const json_t *value = json_object_get(record, key);
    if (!value)
        return STATUS_OK;
    if (!json_is_array(value))
        return wrong_type(err, key, "a list");
    size_t count = json_array_size(value);
    struct text *list = arena_zeroed(arena, count, sizeof *list);
    for (size_t i = 0; i < count; i++) {
        const json_t *element = json_array_get(value, i);
        if (!json_is_string(element))
            return wrong_type(err, key, "a list of strings");
        list[i] = copy_string(element, arena);
    }
    *out = (struct texts){list, count};
    return STATUS_OK;
}

static enum status read_number(uint64_t *out, const json_t *record,
                               const char *key, struct error *err)
{
    const json_t *value = json_object_get(record, key);
    if (!value)
        return STATUS_OK;
    if (!json_is_integer(value) || json_integer_value(value) < 0)
        return wrong_type(err, key, "a number of bytes or lines");
    *out = (uint64_t)json_integer_value(value);
    return STATUS_OK;
}

static enum status read_date(timestamp *out, const json_t *record,
                             struct error *err)
{
    const json_t *value = json_object_get(record, "date");
    if (!value)
        return STATUS_OK;
    struct text date =
        text_make(json_string_value(value), json_string_length(value));
    if (!json_is_string(value) || !timestamp_parse(date, out))
        return wrong_type(err, "date", "a date");
    return STATUS_OK;
}

static enum status read_members(struct article *out, const json_t *record,
                                struct arena *arena, struct error *err)
{
    const struct {
        const char *key;
        struct text *value;
    } texts[] = {
        {"id", &out->id},           {"title", &out->title},
        {"url", &out->url},         {"source", &out->source},
        {"section", &out->section}, {"lang", &out->language},
        {"body", &out->body},       {"path", &out->origin.path},
    };
    enum status st = STATUS_OK;
    for (size_t i = 0; !st && i < sizeof texts / sizeof *texts; i++)
        st = read_text(texts[i].value, record, texts[i].key, arena, err);
    struct texts authors = {0}, tags = {0};
    if (!st)
        st = read_texts(&authors, record, "authors", arena, err);
    if (!st)
        st = read_texts(&tags, record, "tags", arena, err);
    if (!st)
        st = read_number(&out->origin.offset, record, "offset", err);
    if (!st)
        st = read_number(&out->origin.line, record, "line", err);
    if (!st)
        st = read_date(&out->published, record, err);
    out->authors = authors.list;
    out->author_count = authors.count;
    out->tags = tags.list;
    out->tag_count = tags.count;
    return st;
}

enum status record_read(struct article *out, struct text record,
                        struct arena *arena, struct error *err)
{
    json_error_t detail;
    json_t *json = json_loadb(record.ptr ? record.ptr : "", record.len,
                              JSON_REJECT_DUPLICATES, &detail);
    if (!json && json_error_code(&detail) == json_error_out_of_memory)
        mem_exhausted(record.len);
    if (!json)
        return error_set(err, STATUS_CORRUPT, "record is not JSON: %s",
                         detail.text);
    struct article article = {.published = TIMESTAMP_UNKNOWN};
    enum status st =
        json_is_object(json)
            ? read_members(&article, json, arena, err)
            : error_set(err, STATUS_CORRUPT, "record is not a JSON object");
    json_decref(json);
    if (!st)
        *out = article;
    return st;
}

/* Lengths go in as 8 bytes, least first, so that no two different lists of
 * texts are the same bytes. */
static void add_number(struct digester *d, uint64_t number)
{
    char bytes[8];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(number >> 8 * i & 0xff);
    digester_add(d, text_make(bytes, sizeof bytes));
}

static void add_texts(struct digester *d, const struct text *texts,
                      size_t count)
{
    add_number(d, count);
    for (size_t i = 0; i < count; i++) {
        add_number(d, texts[i].len);
        digester_add(d, texts[i]);
    }
}

void record_digest(const struct article *article, struct digest *out)
{
    const struct text texts[] = {
        article->id,      article->url,      article->title, article->source,
        article->section, article->language, article->body,
    };
    AUTO(digester) d = digester_new();
    add_texts(d, texts, sizeof texts / sizeof *texts);
    add_texts(d, article->authors, article->author_count);
    add_texts(d, article->tags, article->tag_count);
    add_number(d, (uint64_t)article->published);
    *out = digester_value(d);
}

void record_id_term(struct text id, struct strbuf *out)
{
    strbuf_reset(out);
    strbuf_append_char(out, 'Q');
    if (id.len <= ID_MAX) {
        strbuf_append(out, id);
        return;
    }
    char hex[SHA256_HEX_SIZE];
    sha256_hex(id, hex);
    strbuf_append_string(out, hex);
}
