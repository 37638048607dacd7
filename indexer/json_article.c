#include "indexer/json_article.h"

#include <string.h>

#include "common/dating.h"
#include "common/strbuf.h"
#include "indexer/byline.h"
#include "indexer/json_body.h"
#include "indexer/json_keys.h"
#include "indexer/json_shapes.h"

/* How many objects an article may be within. */
enum { WITHIN_DEPTH_MAX = 4 };

/* A field's value so far, and which key it stood under. */
struct found {
    struct json_value value;
    const struct json_key *key;
};

struct reading {
    struct found found[JSON_FIELD_COUNT];
    struct json_shapes shapes;
    struct json_verdict verdict;
    bool is_summary; /* the body */
};

/* What is said of how the date is known, else what its key tells. */
static enum dating dating_of(struct reading *r)
{
    const struct json_value *said = &r->found[JSON_DATING].value;
    if (said->kind == JSON_IS_STRING) {
        enum dating dating = dating_by_name(json_string_of(&r->shapes, said));
        if (dating != DATING_COUNT)
            return dating;
    }
    struct text key = r->found[JSON_DATE].key->name;
    return text_is(key, "timestamp") || text_is(key, "time") ||
                   text_starts_with(key, (struct text)TEXT("created"))
               ? DATING_METADATA
               : DATING_EXPLICIT;
}

static void read_date(struct reading *r, struct json_value value,
                      timestamp newest, struct article *out)
{
    struct text written = {NULL, 0};
    if (!json_read_scalar(&r->shapes, value, 3, &written)) {
        r->verdict.field = json_field_names[JSON_DATE];
        return;
    }
    enum dating_verdict verdict =
        dating_read(out, written, dating_of(r), newest);
    if (text_is(r->found[JSON_DATE].key->name, "dategmt"))
        out->zone_unknown = false;
    if (verdict == DATING_TAKEN)
        return;
    r->verdict.bad_date = written;
    r->verdict.date_in_future = verdict == DATING_TOO_LATE;
}

/* Read behind the date. */
static void read_seen(struct reading *r, struct json_value value,
                      timestamp newest, struct article *out)
{
    const struct json_value *said = &r->found[JSON_DATING].value;
    struct text written = {NULL, 0};
    bool file = said->kind == JSON_IS_STRING &&
                text_is(json_string_of(&r->shapes, said), "file");
    if (json_read_scalar(&r->shapes, value, 3, &written))
        (void)dating_read(out, written, file ? DATING_FILE : DATING_CRAWL,
                          newest);
}

static bool read_body(struct reading *r, enum json_field field,
                      struct json_value value, struct text *out)
{
    if (text_trim(*out).len > 0)
        return true;
    r->is_summary = field == JSON_SUMMARY;
    return field == JSON_HTML ? json_body_read_html(&r->shapes, value, out)
                              : json_body_read(&r->shapes, value, out);
}

/* What stands in for the text is marked, as it is in feeds. */
static void mark_summary(struct article *out, struct arena *arena)
{
    struct text *tags = arena_alloc(arena, (out->tag_count + 1) * sizeof *tags);
    for (size_t i = 0; i < out->tag_count; i++)
        tags[i] = out->tags[i];
    tags[out->tag_count++] = text_from("form:summary");
    out->tags = tags;
}

static bool read_authors(struct reading *r, struct json_value value,
                         struct article *out)
{
    const struct text *lines = NULL;
    size_t count = 0, used = 0, size = 0;
    const bool good =
        json_read_list(&r->shapes, value, json_names, &lines, &count);
    for (size_t i = 0; i < count; i++)
        size += byline_count_max(lines[i]);
    struct text *authors =
        arena_alloc(r->shapes.arena, (size + 1) * sizeof *authors);
    for (size_t i = 0; i < count; i++)
        used += byline_split(lines[i], authors + used);
    out->authors = authors;
    out->author_count = used;
    return good;
}

/* What is called the source may be the address. */
static bool read_url(struct reading *r, struct json_value value,
                     struct text *out)
{
    const bool good = json_read_string(&r->shapes, value, json_no_names, out);
    const bool source = text_is(r->found[JSON_URL].key->name, "source");
    if (source && !text_starts_with(*out, (struct text)TEXT("http")))
        *out = text_make(NULL, 0);
    return good || source;
}

static bool read_field(struct reading *r, enum json_field field,
                       struct json_value value, struct article *out)
{
    switch (field) {
    case JSON_ID:
        return json_read_scalar(&r->shapes, value, 0, &out->id);
    case JSON_TITLE:
        return json_body_read_title(&r->shapes, value, &out->title);
    case JSON_BODY:
    case JSON_HTML:
    case JSON_SUMMARY:
        return read_body(r, field, value, &out->body);
    case JSON_URL:
        return read_url(r, value, &out->url);
    case JSON_AUTHOR:
        return read_authors(r, value, out);
    case JSON_SOURCE:
        return json_read_string(&r->shapes, value, json_names, &out->source);
    case JSON_SECTION:
        return json_read_joined(&r->shapes, value, CLEANING_LINE, ", ",
                                &out->section);
    case JSON_LANG:
        return json_read_string(&r->shapes, value, json_no_names,
                                &out->language);
    case JSON_TAGS:
        return json_read_list(&r->shapes, value, json_labels, &out->tags,
                              &out->tag_count);
    default:
        return true;
    }
}

/* Without these right an article is not what it was meant to be. */
static bool is_essential(enum json_field field)
{
    return field == JSON_ID || field == JSON_TITLE || field == JSON_BODY;
}

static void read_fields(struct reading *r, timestamp newest,
                        struct article *out)
{
    for (enum json_field field = JSON_ID; field < JSON_FIELD_COUNT; field++) {
        struct json_value value = r->found[field].value;
        if (value.kind == JSON_IS_ABSENT)
            continue;
        if (field == JSON_DATE)
            read_date(r, value, newest, out);
        else if (field == JSON_SEEN)
            read_seen(r, value, newest, out);
        else if (!read_field(r, field, value, out))
            r->verdict.field = json_field_names[field];
        if (r->verdict.field == json_field_names[field] && is_essential(field))
            r->verdict.reject_reason = "wrong-type";
        if (r->shapes.too_many)
            r->verdict.reject_reason = "too-large";
        if (r->verdict.reject_reason)
            return;
    }
    if (r->is_summary)
        mark_summary(out, r->shapes.arena);
    if (out->title.len == 0 && text_trim(out->body).len == 0)
        r->verdict.reject_reason = "no-body";
}

/* What programs write for nothing. */
static bool is_placeholder(struct text t)
{
    static const char *const words[] = {"nan", "none", "null", "nat", "n/a"};
    for (size_t i = 0; t.len <= 4 && i < sizeof words / sizeof *words; i++)
        if (text_is_in_any_case(t, words[i]))
            return true;
    return false;
}

/* Whether the value may be that of such a field. */
static bool is_fit(const struct json_key *field, const struct json_value *key,
                   const struct json_value *value)
{
    const bool holds =
        value->kind == JSON_IS_OBJECT || value->kind == JSON_IS_ARRAY;
    switch (field->field) {
    case JSON_WITHIN:
        return holds && (!text_is(field->name, "source") ||
                         text_starts_with(key->bytes, text_from("_")));
    case JSON_SOURCE:
    case JSON_URL:
        return value->kind == JSON_IS_STRING || !text_is(key->bytes, "_source");
    case JSON_BODY:
        return value->kind != JSON_IS_OBJECT ||
               !text_is(field->name, "article");
    case JSON_TITLE:
        return true;
    case JSON_AUTHOR:
        if (value->kind == JSON_IS_NUMBER) /* that of a person in a table */
            return false;
        /* fall through */
    default:
        return value->kind != JSON_IS_STRING || !is_placeholder(value->bytes);
    }
}

static void note_member(struct reading *r, const struct json_value *key,
                        const struct json_value *value)
{
    const struct json_key *k = json_keys_find(json_string_of(&r->shapes, key));
    for (; k; k = json_keys_next(k)) {
        struct found *f = &r->found[k->field];
        bool better = f->value.kind == JSON_IS_ABSENT || k <= f->key;
        if (better && !json_is_absent(&r->shapes, value) &&
            is_fit(k, key, value))
            *f = (struct found){*value, k};
    }
}

/* False if it is no valid JSON; `kind` absent if it is no object. */
static bool note_members(struct reading *r, struct text json,
                         enum json_kind *kind)
{
    struct json_cursor c;
    struct json_value key, value;
    memset(r->found, 0, sizeof r->found);
    json_cursor_start(&c, json);
    json_cursor_enter(&c);
    *kind = c.kind;
    while (json_cursor_next(&c, &key, &value))
        if (key.kind == JSON_IS_STRING)
            note_member(r, &key, &value);
    if (json_cursor_end(&c))
        return true;
    r->verdict.error_at = c.at;
    return false;
}

static bool is_found(const struct reading *r, enum json_field field)
{
    return r->found[field].value.kind != JSON_IS_ABSENT;
}

/* {"_id": 7, "_source": {"title": …}}: what is within fills in. */
static void look_within(struct reading *r)
{
    for (int i = 0; i < WITHIN_DEPTH_MAX; i++) {
        const struct json_value within = r->found[JSON_WITHIN].value;
        struct found outer[JSON_FIELD_COUNT];
        enum json_kind kind;
        if (within.kind != JSON_IS_OBJECT || is_found(r, JSON_BODY) ||
            is_found(r, JSON_HTML))
            return;
        memcpy(outer, r->found, sizeof outer);
        (void)note_members(r, within.bytes, &kind);
        for (size_t f = 0; f < JSON_WITHIN; f++)
            if (outer[f].value.kind != JSON_IS_ABSENT)
                r->found[f] = outer[f];
    }
}

static bool is_list_of_objects(struct json_value value)
{
    struct json_cursor c;
    struct json_value key, first = {.kind = JSON_IS_ABSENT};
    json_cursor_start(&c, value.bytes);
    if (value.kind == JSON_IS_ARRAY && json_cursor_enter(&c))
        (void)json_cursor_next(&c, &key, &first);
    return first.kind == JSON_IS_OBJECT;
}

/* An answer of a service, {"status": "ok", "articles": [{"title": …}]}, is no
 * article. */
static bool note_list(struct reading *r)
{
    const struct json_value list = r->found[JSON_WITHIN].value;
    if (is_found(r, JSON_BODY) || is_found(r, JSON_HTML) ||
        (is_found(r, JSON_TITLE) && is_found(r, JSON_DATE)) ||
        !is_list_of_objects(list))
        return false;
    r->verdict.list = list.bytes;
    return true;
}

/* The same, for what is almost valid as well; values then lie in `repaired`. */
static bool note_or_repair(struct reading *r, struct text json,
                           struct strbuf *repaired, enum json_kind *kind)
{
    if (note_members(r, json, kind))
        return true;
    size_t error_at = r->verdict.error_at;
    if (json_repair(json, repaired, &r->verdict.repairs) &&
        note_members(r, strbuf_text(repaired), kind)) {
        r->verdict.mended = true;
        return true;
    }
    r->verdict.repairs = (struct json_repairs){0};
    r->verdict.error_at = error_at;
    return false;
}

static void read_object(struct reading *r, timestamp newest,
                        struct article *out)
{
    look_within(r);
    if (note_list(r))
        r->verdict.reject_reason = "no-body";
    else
        read_fields(r, newest, out);
}

struct json_verdict json_article_read(struct article *out, struct text json,
                                      timestamp newest, struct arena *arena)
{
    struct reading r = {.verdict = {.reject_reason = NULL}};
    AUTO_DONE(strbuf) repaired = STRBUF_INIT(json.len * 3);
    enum json_kind kind;
    struct origin origin = out->origin;
    *out = (struct article){.published = TIMESTAMP_UNKNOWN, .origin = origin};
    json_shapes_init(&r.shapes, arena, json.len * 3);
    if (!note_or_repair(&r, json, &repaired, &kind))
        r.verdict.reject_reason = "bad-json";
    else if (kind != JSON_IS_OBJECT)
        r.verdict.reject_reason = "not-an-object";
    else
        read_object(&r, newest, out);
    r.verdict.nul = r.shapes.nul;
    if (r.verdict.mended) /* `repaired` goes */
        r.verdict.list = text_make(NULL, 0);
    json_shapes_done(&r.shapes);
    return r.verdict;
}
