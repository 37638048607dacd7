#include "searcher/serve/request.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "common/json_cursor.h"
#include "searcher/cli.h"
#include "searcher/output.h"

static const char *const kinds[] = {
    [REQUEST_SEARCH] = "search",     [REQUEST_SHOW] = "show",
    [REQUEST_COUNT] = "count",       [REQUEST_FACETS] = "facets",
    [REQUEST_TIMELINE] = "timeline", [REQUEST_SUGGEST] = "suggest",
    [REQUEST_SIMILAR] = "similar",   [REQUEST_PING] = "ping"};
enum { KINDS = sizeof kinds / sizeof *kinds };

/* --- what a request may say ----------------------------------------------- */

#define BIT(kind) (1u << REQUEST_##kind)
enum {
    QUERIES =
        BIT(SEARCH) | BIT(COUNT) | BIT(FACETS) | BIT(TIMELINE) | BIT(SUGGEST),
    ARTICLES = BIT(SHOW) | BIT(SIMILAR),
    HITS = BIT(SEARCH) | BIT(SIMILAR),
    COUNTS = BIT(FACETS) | BIT(TIMELINE),
    MATCHES = QUERIES | BIT(SIMILAR),
    ANSWERS = MATCHES | BIT(SHOW)
};

enum option_type {
    TYPE_TEXT,
    TYPE_LIST, /* of strings; or a string with commas */
    TYPE_NUMBER,
    TYPE_SECONDS,
    TYPE_CHOICE,
    TYPE_FLAG
};

struct request_option {
    const char *name;
    enum option_type type;
    unsigned kinds;
    size_t member;
    int64_t max;
    const char *const *choices;
    int value; /* of true, and of the first choice */
};

#define REQUEST(name) offsetof(struct request, name)
#define SETTING(name)                                                          \
    (offsetof(struct request, settings) +                                      \
     offsetof(struct searcher_settings, name))

static const struct request_option options[] = {
    {"query", TYPE_TEXT, QUERIES, REQUEST(query), 0, NULL, 0},
    {"article", TYPE_TEXT, ARTICLES, REQUEST(article), 0, NULL, 0},
    {"any", TYPE_FLAG, QUERIES, SETTING(match), 0, NULL, MATCH_ANY_WORD},
    {"expand", TYPE_FLAG, BIT(SEARCH), SETTING(expand), 0, NULL, 1},
    {"since", TYPE_TEXT, MATCHES, SETTING(since_text), 0, NULL, 0},
    {"until", TYPE_TEXT, MATCHES, SETTING(until_text), 0, NULL, 0},
    {"timezone", TYPE_TEXT, MATCHES, SETTING(timezone_text), 0, NULL, 0},
    {"limit", TYPE_NUMBER, HITS, SETTING(limit), REQUEST_LIMIT_MAX, NULL, 0},
    {"offset", TYPE_NUMBER, HITS, SETTING(offset), REQUEST_OFFSET_MAX, NULL, 0},
    {"sort", TYPE_CHOICE, HITS, SETTING(sort), 0, cli_orders, 0},
    {"ranking", TYPE_CHOICE, HITS, SETTING(ranking), 0, cli_rankings, 0},
    {"fields", TYPE_LIST, HITS, SETTING(field_list), 0, NULL, 0},
    {"facets", TYPE_LIST, BIT(FACETS), SETTING(facet_list), 0, NULL, 0},
    {"top", TYPE_NUMBER, BIT(FACETS), SETTING(top), REQUEST_TOP_MAX, NULL, 0},
    {"timeline", TYPE_CHOICE, COUNTS, SETTING(timeline), 0, cli_periods,
     BY_YEAR},
    {"timeout", TYPE_SECONDS, MATCHES, SETTING(timeout_text), 0, NULL, 0},
    {"as_generation", TYPE_NUMBER, ANSWERS, SETTING(as_generation), INT64_MAX,
     NULL, 0},
};
enum { OPTIONS = sizeof options / sizeof *options };

static const struct request_option *find_option(struct text name)
{
    for (size_t i = 0; i < OPTIONS; i++)
        if (text_is(name, options[i].name))
            return &options[i];
    return NULL;
}

/* --- values --------------------------------------------------------------- */

struct reading {
    struct request request;
    bool given[OPTIONS];
    struct arena *arena;
    struct error *err;
};

static enum status refuse(struct reading *r, const char *name, const char *what)
{
    return error_set(r->err, STATUS_USAGE, "option '%s' %s", name, what);
}

/* NULL for what is no string, or has a NUL in it. */
static const char *string_of(struct reading *r, const struct json_value *value)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(REQUEST_SIZE_MAX);
    if (value->kind != JSON_IS_STRING)
        return NULL;
    json_unescape(value->bytes, &out);
    const struct text text = strbuf_text(&out);
    if (text.len > 0 && memchr(text.ptr, '\0', text.len))
        return NULL;
    return arena_text(r->arena, text).ptr;
}

static const char *list_of(struct reading *r, const struct json_value *value)
{
    AUTO_DONE(strbuf) list = STRBUF_INIT(REQUEST_SIZE_MAX);
    struct json_cursor c;
    struct json_value key, item;
    if (value->kind != JSON_IS_ARRAY)
        return string_of(r, value);
    json_cursor_start(&c, value->bytes);
    json_cursor_enter(&c);
    while (json_cursor_next(&c, &key, &item)) {
        const char *string = string_of(r, &item);
        if (!string)
            return NULL;
        if (list.len > 0)
            strbuf_append_char(&list, ',');
        strbuf_append_string(&list, string);
    }
    return arena_text(r->arena, strbuf_text(&list)).ptr;
}

static bool read_number(const struct json_value *value, int64_t max,
                        int64_t *out)
{
    int64_t number = 0;
    if (value->kind != JSON_IS_NUMBER)
        return false;
    for (size_t i = 0; i < value->bytes.len; i++) {
        const int digit = value->bytes.ptr[i] - '0';
        if (digit < 0 || digit > 9 || number > (max - digit) / 10)
            return false;
        number = number * 10 + digit;
    }
    *out = number;
    return true;
}

static bool read_choice(struct reading *r, const struct request_option *o,
                        const struct json_value *value, int *out)
{
    const char *string = string_of(r, value);
    for (int i = 0; string && o->choices[i]; i++)
        if (strcmp(string, o->choices[i]) == 0) {
            *out = o->value + i;
            return true;
        }
    return false;
}

static enum status refuse_number(struct reading *r,
                                 const struct request_option *o)
{
    if (o->max == INT64_MAX)
        return refuse(r, o->name, "needs a whole number");
    return error_set(r->err, STATUS_USAGE,
                     "option '%s' needs a whole number from 0 to %lld", o->name,
                     (long long)o->max);
}

static enum status refuse_choice(struct reading *r,
                                 const struct request_option *o)
{
    AUTO_DONE(strbuf) names = STRBUF_INIT(200);
    for (size_t i = 0; o->choices[i]; i++) {
        if (i > 0)
            strbuf_append_string(&names, ", ");
        strbuf_append_string(&names, o->choices[i]);
    }
    return error_set(r->err, STATUS_USAGE, "option '%s' needs one of %s",
                     o->name, strbuf_string(&names));
}

static enum status read_value(struct reading *r, const struct request_option *o,
                              const struct json_value *value)
{
    void *member = (char *)&r->request + o->member;
    const char **string = member;
    int *number = member;
    switch (o->type) {
    case TYPE_TEXT:
        *string = string_of(r, value);
        return *string ? STATUS_OK : refuse(r, o->name, "needs a string");
    case TYPE_LIST:
        *string = list_of(r, value);
        return *string ? STATUS_OK
                       : refuse(r, o->name, "needs a list of strings");
    case TYPE_NUMBER:
        return read_number(value, o->max, member) ? STATUS_OK
                                                  : refuse_number(r, o);
    case TYPE_SECONDS:
        if (value->kind != JSON_IS_NUMBER)
            return refuse(r, o->name, "needs a number of seconds");
        *string = arena_text(r->arena, value->bytes).ptr;
        return STATUS_OK;
    case TYPE_CHOICE:
        return read_choice(r, o, value, number) ? STATUS_OK
                                                : refuse_choice(r, o);
    case TYPE_FLAG:
        if (value->kind != JSON_IS_BOOLEAN)
            return refuse(r, o->name, "needs true or false");
        *number = text_is(value->bytes, "true") ? o->value : 0;
        return STATUS_OK;
    }
    return STATUS_OK;
}

/* --- the whole ------------------------------------------------------------ */

static enum status read_kind(struct reading *r, struct text line)
{
    const struct json_value value = json_cursor_member(line, "request");
    const char *name = string_of(r, &value);
    unsigned kind = 0;
    while (name && kind < KINDS && strcmp(name, kinds[kind]) != 0)
        kind++;
    if (!name || kind == KINDS)
        return error_set(r->err, STATUS_USAGE,
                         "'request' must be search, show, count, facets, "
                         "timeline, suggest, similar or ping");
    r->request.kind = (enum request_kind)kind;
    return STATUS_OK;
}

static enum status read_member(struct reading *r, const struct json_value *key,
                               const struct json_value *value)
{
    const char *name = string_of(r, key);
    if (name && (strcmp(name, "request") == 0 || strcmp(name, "id") == 0))
        return STATUS_OK;
    const struct request_option *o = name ? find_option(text_from(name)) : NULL;
    if (!o)
        return error_set(r->err, STATUS_USAGE, "there is no option '%.100s'",
                         name ? name : "\\u0000");
    if (!(o->kinds & 1u << r->request.kind))
        return error_set(r->err, STATUS_USAGE,
                         "the request '%s' has no option '%s'",
                         kinds[r->request.kind], o->name);
    if (r->given[o - options])
        return refuse(r, o->name, "is there twice");
    r->given[o - options] = true;
    return value->kind == JSON_IS_NULL ? STATUS_OK : read_value(r, o, value);
}

static enum status read_members(struct reading *r, struct text line)
{
    struct json_cursor c;
    struct json_value key, value;
    enum status status = STATUS_OK;
    json_cursor_start(&c, line);
    json_cursor_enter(&c);
    while (status == STATUS_OK && json_cursor_next(&c, &key, &value))
        status = read_member(r, &key, &value);
    return status;
}

/* What the command line refuses by other means. */
static enum status check(struct reading *r)
{
    const struct request *q = &r->request;
    const unsigned kind = 1u << q->kind;
    const char *lacking = kind & QUERIES && !q->query      ? "query"
                          : kind & ARTICLES && !q->article ? "article"
                          : q->kind == REQUEST_FACETS && !q->settings.facet_list
                              ? "facets"
                              : NULL;
    if (lacking)
        return error_set(r->err, STATUS_USAGE,
                         "the request '%s' needs an option '%s'",
                         kinds[q->kind], lacking);
    if (q->settings.expand && q->settings.sort != 0)
        return error_set(r->err, STATUS_USAGE,
                         "'expand' stands without 'sort'");
    if (q->settings.top == 0)
        return refuse(r, "top", "must be at least 1");
    return STATUS_OK;
}

static enum status complete(struct reading *r,
                            const struct searcher_settings *base)
{
    struct searcher_settings *s = &r->request.settings;
    if (r->request.kind == REQUEST_TIMELINE && s->timeline == NO_TIMELINE)
        s->timeline = BY_MONTH;
    if (r->request.kind == REQUEST_SUGGEST)
        s->limit = 0;
    if (r->request.kind == REQUEST_SIMILAR)
        s->match = MATCH_ANY_WORD;
    if (r->request.kind == REQUEST_COUNT)
        s->action = ACTION_COUNT;
    enum status status = settings_complete(s, "", r->err);
    if (status == STATUS_OK && s->timeout_s > base->timeout_s)
        return error_set(r->err, STATUS_USAGE,
                         "option 'timeout' is at most %g here",
                         base->timeout_s);
    return status;
}

/* The place of the fault is told in words: `offset` is for queries. */
static enum status check_json(struct text line, struct error *err)
{
    struct json_cursor c;
    json_cursor_start(&c, line);
    json_cursor_enter(&c);
    if (!json_cursor_end(&c))
        return error_set(err, STATUS_USAGE,
                         "the request is not valid JSON at byte %zu", c.at);
    if (c.kind != JSON_IS_OBJECT)
        return error_set(err, STATUS_USAGE, "the request is no JSON object");
    return STATUS_OK;
}

struct text request_id(struct text line)
{
    struct error ignored = ERROR_NONE;
    const struct text none = {NULL, 0};
    if (check_json(line, &ignored) != STATUS_OK)
        return none;
    const struct json_value id = json_cursor_member(line, "id");
    if (id.kind == JSON_IS_STRING) /* with its quotes */
        return text_make(id.bytes.ptr - 1, id.bytes.len + 2);
    return id.kind == JSON_IS_ABSENT ? none : id.bytes;
}

enum status request_read(struct request *out, struct text line,
                         const struct searcher_settings *base,
                         struct arena *arena, struct error *err)
{
    struct reading r = {
        .request = {.settings = *base}, .arena = arena, .err = err};
    r.request.settings.format = OUTPUT_JSON;
    enum status status = check_json(line, err);
    if (status == STATUS_OK)
        status = read_kind(&r, line);
    if (status == STATUS_OK)
        status = read_members(&r, line);
    if (status == STATUS_OK)
        status = check(&r);
    if (status == STATUS_OK)
        status = complete(&r, base);
    if (status == STATUS_OK)
        *out = r.request;
    return status;
}
