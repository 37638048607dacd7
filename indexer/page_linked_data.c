#include "indexer/page_linked_data.h"

#include <string.h>

#include "common/dating.h"
#include "indexer/html_text.h"
#include "indexer/json_member.h"
#include "indexer/script_json.h"

enum { DEPTH_MAX = 8, VISITS_MAX = 20000 };

struct reading {
    struct page_metadata *m;
    struct arena *arena;
    timestamp newest;
    struct text whole; /* where references are looked up */
    unsigned visits;
};

/* The first string in a value that may be a string, an object that holds one
 * under `within`, or a list of these. */
static struct text first_string(const struct reading *r,
                                const struct json_value *value,
                                const char *within)
{
    struct json_value inner;
    if (value->kind == JSON_IS_STRING)
        return json_text(value, r->arena);
    if (value->kind == JSON_IS_OBJECT &&
        json_member(value->bytes, within, &inner))
        return json_text(&inner, r->arena);
    if (value->kind != JSON_IS_ARRAY)
        return text_make(NULL, 0);
    struct json_cursor c;
    struct json_value key, item;
    json_cursor_start(&c, value->bytes);
    (void)json_cursor_enter(&c);
    while (json_cursor_next(&c, &key, &item))
        if (item.kind == JSON_IS_STRING || item.kind == JSON_IS_OBJECT)
            return first_string(r, &item, within);
    return text_make(NULL, 0);
}

static struct text string_member(const struct reading *r, struct text object,
                                 const char *name, const char *within)
{
    struct json_value value;
    if (!json_member(object, name, &value))
        return text_make(NULL, 0);
    return first_string(r, &value, within);
}

static bool ends_with(struct text t, const char *end)
{
    size_t len = strlen(end);
    return t.len >= len && memcmp(t.ptr + t.len - len, end, len) == 0;
}

static bool is_article_type(struct text type)
{
    static const char *const types[] = {
        "Article",         "NewsArticle", "BlogPosting",  "Report",
        "LiveBlogPosting", "Review",      "CreativeWork", NULL};
    if (ends_with(type, "NewsArticle") || ends_with(type, "BlogPosting"))
        return true;
    for (size_t i = 0; types[i]; i++)
        if (text_is(type, types[i]) && !text_is(type, "CreativeWork"))
            return true;
    return false;
}

/* --- references ----------------------------------------------------------- */

/* The object with this "@id" that has a name. */
static struct text find_by_id(struct reading *r, struct text json,
                              struct text id, unsigned depth)
{
    struct json_cursor c;
    struct json_value key, value;
    if (depth > DEPTH_MAX || ++r->visits > VISITS_MAX)
        return text_make(NULL, 0);
    struct json_value own;
    if (json_member(json, "@id", &own) &&
        text_equal(json_text(&own, r->arena), id)) {
        struct text name = string_member(r, json, "name", "@value");
        if (name.len > 0)
            return name;
    }
    json_cursor_start(&c, json);
    if (!json_cursor_enter(&c))
        return text_make(NULL, 0);
    while (json_cursor_next(&c, &key, &value)) {
        if (value.kind != JSON_IS_OBJECT && value.kind != JSON_IS_ARRAY)
            continue;
        struct text name = find_by_id(r, value.bytes, id, depth + 1);
        if (name.len > 0)
            return name;
    }
    return text_make(NULL, 0);
}

static struct text name_of(struct reading *r, const struct json_value *value)
{
    struct text name = first_string(r, value, "name");
    if (name.len > 0 || value->kind != JSON_IS_OBJECT)
        return name;
    struct json_value inner;
    if (json_member(value->bytes, "name", &inner))
        return first_string(r, &inner, "@value");
    struct text id = string_member(r, value->bytes, "@id", "@id");
    return id.len > 0 ? find_by_id(r, r->whole, id, 0) : id;
}

static void read_authors(struct reading *r, const struct json_value *value,
                         unsigned depth)
{
    if (value->kind != JSON_IS_ARRAY || depth > 2) {
        /* {"name": ["A", "B"]} */
        struct json_value names;
        if (value->kind == JSON_IS_OBJECT &&
            json_member(value->bytes, "name", &names) &&
            names.kind == JSON_IS_ARRAY)
            read_authors(r, &names, depth + 1);
        else
            page_metadata_author(r->m, name_of(r, value), r->arena);
        return;
    }
    struct json_cursor c;
    struct json_value key, item;
    json_cursor_start(&c, value->bytes);
    (void)json_cursor_enter(&c);
    while (json_cursor_next(&c, &key, &item))
        read_authors(r, &item, depth + 1);
}

static void read_keywords(struct reading *r, const struct json_value *value)
{
    struct json_cursor c;
    struct json_value key, item;
    if (value->kind == JSON_IS_STRING) {
        struct text rest = json_text(value, r->arena), word;
        while (text_split(&rest, ',', &word))
            page_metadata_tag(r->m, word, r->arena);
        return;
    }
    json_cursor_start(&c, value->bytes);
    if (value->kind != JSON_IS_ARRAY || !json_cursor_enter(&c))
        return;
    while (json_cursor_next(&c, &key, &item))
        page_metadata_tag(r->m, first_string(r, &item, "name"), r->arena);
}

/* --- the article ---------------------------------------------------------- */

static void set(struct reading *r, struct text *to, struct text object,
                const char *name, const char *within)
{
    page_metadata_set(to, string_member(r, object, name, within), r->arena);
}

static void read_dates(struct reading *r, struct text object)
{
    static const char *const names[] = {"datePublished", "dateCreated",
                                        "uploadDate"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        (void)dating_read(
            &r->m->dated, string_member(r, object, names[i], "@value"),
            i == 0 ? DATING_EXPLICIT : DATING_METADATA, r->newest);
    timestamp t;
    if (r->m->modified == TIMESTAMP_UNKNOWN &&
        timestamp_parse(string_member(r, object, "dateModified", "@value"),
                        &t) &&
        t <= r->newest)
        r->m->modified = t;
}

static void read_article(struct reading *r, struct text object)
{
    struct page_metadata *m = r->m;
    struct json_value value;
    m->is_article = true;
    set(r, &m->title, object, "headline", "@value");
    set(r, &m->title, object, "name", "@value");
    set(r, &m->section, object, "articleSection", "name");
    set(r, &m->language, object, "inLanguage", "alternateName");
    set(r, &m->summary, object, "description", "@value");
    set(r, &m->url, object, "url", "@id");
    set(r, &m->url, object, "mainEntityOfPage", "@id");
    set(r, &m->kind, object, "@type", "@value");
    if (m->body.len == 0)
        m->body = string_member(r, object, "articleBody", "@value");
    read_dates(r, object);
    if (m->author_count == 0 && json_member(object, "author", &value))
        read_authors(r, &value, 0);
    if (m->author_count == 0 && json_member(object, "creator", &value))
        read_authors(r, &value, 0);
    if (m->site.len == 0 && json_member(object, "publisher", &value))
        page_metadata_set(&m->site, name_of(r, &value), r->arena);
    if (json_member(object, "keywords", &value))
        read_keywords(r, &value);
}

/* What the page and the site around an article say stands in for it. */
static void read_surroundings(struct reading *r, struct text object,
                              struct text type)
{
    if (text_is(type, "WebSite"))
        set(r, &r->m->website, object, "name", "@value");
    if (!ends_with(type, "WebPage"))
        return;
    (void)dating_read(&r->m->dated,
                      string_member(r, object, "datePublished", "@value"),
                      DATING_METADATA, r->newest);
    set(r, &r->m->language, object, "inLanguage", "alternateName");
}

/* Whether one of its types is an article's. */
static bool read_type(struct reading *r, struct text object)
{
    struct json_value value, key, item;
    if (!json_member(object, "@type", &value))
        return false;
    if (value.kind == JSON_IS_STRING) {
        struct text type = json_text(&value, r->arena);
        read_surroundings(r, object, type);
        return is_article_type(type);
    }
    struct json_cursor c;
    json_cursor_start(&c, value.bytes);
    if (!json_cursor_enter(&c))
        return false;
    while (json_cursor_next(&c, &key, &item))
        if (is_article_type(json_text(&item, r->arena)))
            return true;
    return false;
}

/* Lists of other articles are not walked into. */
static bool leads_on(struct text key)
{
    static const char *const names[] = {
        "@graph", "mainEntity", "mainEntityOfPage", "article", "hasPart", NULL};
    for (size_t i = 0; names[i]; i++)
        if (text_is(key, names[i]))
            return true;
    return key.len == 0;
}

static void walk(struct reading *r, struct text json, unsigned depth)
{
    struct json_cursor c;
    struct json_value key, value;
    if (depth > DEPTH_MAX || ++r->visits > VISITS_MAX)
        return;
    json_cursor_start(&c, json);
    if (!json_cursor_enter(&c))
        return;
    if (c.kind == JSON_IS_OBJECT && read_type(r, json)) {
        read_article(r, json);
        return;
    }
    while (json_cursor_next(&c, &key, &value))
        if ((value.kind == JSON_IS_OBJECT || value.kind == JSON_IS_ARRAY) &&
            leads_on(key.bytes))
            walk(r, value.bytes, depth + 1);
}

void page_linked_data_read(struct page_metadata *m, struct text json,
                           timestamp newest, struct arena *arena)
{
    json = script_json(json, arena);
    struct reading r = {
        .m = m, .arena = arena, .newest = newest, .whole = json};
    walk(&r, json, 0);
}
