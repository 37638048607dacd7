#include "indexer/json_article.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/strbuf.h"
#include "indexer/cleaning.h"
#include "indexer/json_repair.h"

/* A value takes the parser some fifty bytes: no article has this many, but a
 * hostile line could. Lines too short to have that many are not counted. */
enum { VALUES_MAX = 1 << 20 };

enum { KEYS_MAX = 14, DECIMAL_SIZE = 32 };

enum field { ID, TITLE, BODY, DATE, URL, AUTHOR, SOURCE, SECTION, LANG, TAGS };

/* The first that is there and neither null nor empty is the one. */
static const char *const keys[][KEYS_MAX] = {
    [ID] = {"id", "_id", "guid", "uid", "uuid", "article_id"},
    [TITLE] = {"title", "headline", "name"},
    [BODY] = {"body", "text", "content", "maintext", "article", "article_body",
              "articleBody", "content_text"},
    [DATE] = {"date", "date_publish", "published_at", "publishedAt",
              "published", "pubDate", "datePublished", "date_published",
              "publish_date", "publication_date", "timestamp", "created_at"},
    [URL] = {"url", "link", "canonical_url", "href"},
    [AUTHOR] = {"author", "authors", "byline", "creator"},
    [SOURCE] = {"source", "source_domain", "publisher", "site", "site_name",
                "newspaper", "outlet"},
    [SECTION] = {"section", "category", "categories", "desk"},
    [LANG] = {"lang", "language", "lang_code"},
    [TAGS] = {"tags", "keywords", "topics"},
};

/* Which keys of an object that stands for a text hold the text. */
static const char *const names_within[KEYS_MAX] = {"name", "title"};
static const char *const scalars_within[KEYS_MAX] = {"$oid", "$date"};
static const char *const nothing_within[KEYS_MAX] = {NULL};

struct reading {
    const json_t *object;
    struct arena *arena;
    size_t size; /* no text is longer than this */
    struct json_verdict verdict;
};

static struct text string_of(const json_t *value)
{
    return text_make(json_string_value(value), json_string_length(value));
}

static bool is_absent(const json_t *value)
{
    if (json_is_string(value))
        return text_trim(string_of(value)).len == 0;
    return !value || json_is_null(value) ||
           (json_is_array(value) && json_array_size(value) == 0);
}

static const json_t *find(const json_t *object, const char *const *names)
{
    for (int i = 0; i < KEYS_MAX && names[i]; i++) {
        const json_t *value = json_object_get(object, names[i]);
        if (!is_absent(value))
            return value;
    }
    return NULL;
}

static struct text clean(struct reading *r, struct text t, enum cleaning how)
{
    return cleaning_copy(t, how, r->arena, &r->verdict.nul);
}

/* A string, or an object that holds one. */
static bool read_string(struct reading *r, const json_t *value,
                        const char *const *within, struct text *out)
{
    if (json_is_object(value))
        value = find(value, within);
    if (!json_is_string(value))
        return false;
    *out = clean(r, string_of(value), CLEANING_LINE);
    return true;
}

static bool is_exact(double real, int places)
{
    return real > -0x1p53 && real < 0x1p53 &&
           (places > 0 || real == (double)(int64_t)real);
}

/* The same, or a number as decimal text; `places` after the point. */
static bool read_scalar(struct reading *r, const json_t *value, int places,
                        struct text *out)
{
    if (json_is_object(value))
        value = find(value, scalars_within);
    char decimal[DECIMAL_SIZE];
    if (json_is_integer(value))
        snprintf(decimal, sizeof decimal, "%" JSON_INTEGER_FORMAT,
                 json_integer_value(value));
    else if (json_is_real(value) && is_exact(json_real_value(value), places))
        snprintf(decimal, sizeof decimal, "%.*f", places,
                 json_real_value(value));
    else
        return read_string(r, value, nothing_within, out);
    *out = arena_text(r->arena, text_from(decimal));
    return true;
}

/* A string, or a list of strings that are joined. */
static bool read_joined(struct reading *r, const json_t *value,
                        enum cleaning how, const char *separator,
                        struct text *out)
{
    if (json_is_string(value)) {
        *out = clean(r, string_of(value), how);
        return true;
    }
    if (!json_is_array(value))
        return false;
    AUTO_DONE(strbuf) joined = STRBUF_INIT(r->size);
    for (size_t i = 0; i < json_array_size(value); i++) {
        const json_t *part = json_array_get(value, i);
        if (is_absent(part))
            continue;
        if (!json_is_string(part))
            return false;
        if (joined.len > 0)
            strbuf_append_string(&joined, separator);
        strbuf_append(&joined, string_of(part));
    }
    *out = clean(r, strbuf_text(&joined), how);
    return true;
}

/* One name or a list of them; what is no name is passed over. */
static bool read_list(struct reading *r, const json_t *value,
                      const struct text **out, size_t *count)
{
    bool list = json_is_array(value), good = true;
    size_t size = list ? json_array_size(value) : 1;
    struct text *names = arena_alloc(r->arena, size * sizeof *names);
    size_t used = 0;
    for (size_t i = 0; i < size; i++) {
        const json_t *part = list ? json_array_get(value, i) : value;
        if (is_absent(part))
            continue;
        if (read_string(r, part, names_within, &names[used]))
            used++;
        else
            good = false;
    }
    *out = names;
    *count = used;
    return good;
}

static bool read_comma_list(struct reading *r, struct text t,
                            const struct text **out, size_t *count)
{
    size_t size = 1;
    for (size_t i = 0; i < t.len; i++)
        size += t.ptr[i] == ',';
    struct text *parts = arena_alloc(r->arena, size * sizeof *parts), part;
    size_t used = 0;
    while (text_split(&t, ',', &part))
        if (text_trim(part).len > 0)
            parts[used++] = clean(r, part, CLEANING_LINE);
    *out = parts;
    *count = used;
    return true;
}

static void read_date(struct reading *r, const json_t *value, timestamp newest,
                      timestamp *out)
{
    struct text written = {NULL, 0};
    timestamp t;
    if (!read_scalar(r, value, 3, &written)) {
        r->verdict.field = keys[DATE][0];
        return;
    }
    bool date = timestamp_parse(written, &t);
    if (date && t <= newest) {
        *out = t;
        return;
    }
    r->verdict.bad_date = written;
    r->verdict.date_in_future = date;
}

static bool read_field(struct reading *r, enum field field, const json_t *value,
                       struct article *out)
{
    switch (field) {
    case ID:
        return read_scalar(r, value, 0, &out->id);
    case TITLE:
        return read_string(r, value, nothing_within, &out->title);
    case BODY:
        return read_joined(r, value, CLEANING_BLOCK, "\n\n", &out->body);
    case URL:
        return read_string(r, value, nothing_within, &out->url);
    case AUTHOR:
        return read_list(r, value, &out->authors, &out->author_count);
    case SOURCE:
        return read_string(r, value, names_within, &out->source);
    case SECTION:
        return read_joined(r, value, CLEANING_LINE, ", ", &out->section);
    case LANG:
        return read_string(r, value, nothing_within, &out->language);
    case TAGS:
        return json_is_string(value)
                   ? read_comma_list(r, string_of(value), &out->tags,
                                     &out->tag_count)
                   : read_list(r, value, &out->tags, &out->tag_count);
    case DATE:
        break;
    }
    return true;
}

/* Without these right an article is not what it was meant to be. */
static bool is_essential(enum field field)
{
    return field == ID || field == TITLE || field == BODY;
}

static void read_object(struct reading *r, timestamp newest,
                        struct article *out)
{
    for (enum field field = ID; field <= TAGS; field++) {
        const json_t *value = find(r->object, keys[field]);
        if (!value)
            continue;
        if (field == DATE)
            read_date(r, value, newest, &out->published);
        else if (!read_field(r, field, value, out))
            r->verdict.field = keys[field][0];
        if (r->verdict.field == keys[field][0] && is_essential(field)) {
            r->verdict.reject_reason = "wrong-type";
            return;
        }
    }
    if (out->title.len == 0 && text_trim(out->body).len == 0)
        r->verdict.reject_reason = "no-body";
}

/* Commas outside of strings, up to VALUES_MAX. */
static size_t count_values(struct text json)
{
    size_t count = 0;
    bool in_string = false;
    for (size_t i = 0; i < json.len && count < VALUES_MAX; i++) {
        char c = json.ptr[i];
        if (c == '\\')
            i++;
        else if (c == '"')
            in_string = !in_string;
        else if (!in_string && (c == ',' || c == '[' || c == '{'))
            count++;
    }
    return count;
}

static json_t *parse(struct text json, json_error_t *error)
{
    enum { FLAGS = JSON_ALLOW_NUL | JSON_DECODE_ANY };
    json_t *root = json_loadb(json.ptr, json.len, FLAGS, error);
    if (!root && json_error_code(error) == json_error_numeric_overflow)
        root = json_loadb(json.ptr, json.len, FLAGS | JSON_DECODE_INT_AS_REAL,
                          error);
    return root;
}

static json_t *parse_or_repair(struct text json, struct json_verdict *v)
{
    json_error_t error;
    json_t *root = parse(json, &error);
    if (root)
        return root;
    v->error_at = error.position > 0 ? (size_t)error.position : 0;
    AUTO_DONE(strbuf) repaired = STRBUF_INIT(json.len * 3);
    size_t count = json_repair(json, &repaired);
    if (count > 0)
        root = parse(strbuf_text(&repaired), &error);
    if (root)
        v->repaired = count;
    return root;
}

struct json_verdict json_article_read(struct article *out, struct text json,
                                      timestamp newest, struct arena *arena)
{
    struct reading r = {.arena = arena, .size = json.len * 3};
    if (json.len > VALUES_MAX && count_values(json) == VALUES_MAX) {
        r.verdict.reject_reason = "too-large";
        return r.verdict;
    }
    json_t *root = parse_or_repair(json, &r.verdict);
    struct origin origin = out->origin;
    *out = (struct article){.published = TIMESTAMP_UNKNOWN, .origin = origin};
    r.object = root;
    if (!root)
        r.verdict.reject_reason = "bad-json";
    else if (!json_is_object(root))
        r.verdict.reject_reason = "not-an-object";
    else
        read_object(&r, newest, out);
    json_decref(root);
    return r.verdict;
}
