#include "indexer/json_article.h"

#include <string.h>

#include "common/dating.h"
#include "common/strbuf.h"
#include "indexer/byline.h"
#include "indexer/html_text.h"
#include "indexer/json_member.h"
#include "indexer/json_repair.h"
#include "indexer/json_shapes.h"
#include "indexer/xml_tree.h"

enum field {
    ID,
    TITLE,
    BODY,
    HTML,    /* the body, if there is none */
    SUMMARY, /* the same, if there is neither */
    DATE,
    URL,
    AUTHOR,
    SOURCE,
    SECTION,
    LANG,
    TAGS,
    DATING,
    SEEN,
    FIELD_COUNT
};

static const char *const field_names[FIELD_COUNT] = {
    [ID] = "id",           [TITLE] = "title",     [BODY] = "body",
    [HTML] = "html",       [SUMMARY] = "summary", [DATE] = "date",
    [URL] = "url",         [AUTHOR] = "author",   [SOURCE] = "source",
    [SECTION] = "section", [LANG] = "lang",       [TAGS] = "tags",
    [DATING] = "dating",   [SEEN] = "seen",
};

/* Keys, in small letters and without what parts words: "Publication Date",
 * "publication_date" and "publicationDate" are one. Of a field's keys, the
 * first here whose value is neither null nor empty is the one. A key may be of
 * two fields. */
static const struct {
    struct text name;
    enum field field;
} keys[] = {
    {TEXT("id"), ID},
    {TEXT("guid"), ID},
    {TEXT("uid"), ID},
    {TEXT("uuid"), ID},
    {TEXT("articleid"), ID},
    {TEXT("title"), TITLE},
    {TEXT("headline"), TITLE},
    {TEXT("name"), TITLE},
    {TEXT("body"), BODY},
    {TEXT("text"), BODY},
    {TEXT("content"), BODY},
    {TEXT("maintext"), BODY},
    {TEXT("article"), BODY},
    {TEXT("articlebody"), BODY},
    {TEXT("articletext"), BODY},
    {TEXT("contenttext"), BODY},
    {TEXT("bodytext"), BODY},
    {TEXT("fulltext"), BODY},
    {TEXT("story"), BODY},
    {TEXT("bodyhtml"), HTML},
    {TEXT("bodyxhtml"), HTML},
    {TEXT("contenthtml"), HTML},
    {TEXT("html"), HTML},
    {TEXT("summary"), SUMMARY},
    {TEXT("description"), SUMMARY},
    {TEXT("shortdescription"), SUMMARY},
    {TEXT("abstract"), SUMMARY},
    {TEXT("dategmt"), DATE},
    {TEXT("date"), DATE},
    {TEXT("datepublish"), DATE},
    {TEXT("publishedat"), DATE},
    {TEXT("published"), DATE},
    {TEXT("publisheddate"), DATE},
    {TEXT("pubdate"), DATE},
    {TEXT("datepublished"), DATE},
    {TEXT("publishdate"), DATE},
    {TEXT("publicationdate"), DATE},
    {TEXT("timestamp"), DATE},
    {TEXT("createdat"), DATE},
    {TEXT("dating"), DATING},
    {TEXT("seen"), SEEN},
    {TEXT("datedownload"), SEEN},
    {TEXT("datecrawled"), SEEN},
    {TEXT("crawledat"), SEEN},
    {TEXT("fetchedat"), SEEN},
    {TEXT("url"), URL},
    {TEXT("link"), URL},
    {TEXT("canonicalurl"), URL},
    {TEXT("weburl"), URL},
    {TEXT("permalink"), URL},
    {TEXT("href"), URL},
    {TEXT("author"), AUTHOR},
    {TEXT("authors"), AUTHOR},
    {TEXT("byline"), AUTHOR},
    {TEXT("creator"), AUTHOR},
    {TEXT("source"), SOURCE},
    {TEXT("sourcedomain"), SOURCE},
    {TEXT("publisher"), SOURCE},
    {TEXT("publication"), SOURCE},
    {TEXT("site"), SOURCE},
    {TEXT("sitename"), SOURCE},
    {TEXT("newspaper"), SOURCE},
    {TEXT("outlet"), SOURCE},
    {TEXT("section"), SECTION},
    {TEXT("category"), SECTION},
    {TEXT("categories"), SECTION},
    {TEXT("desk"), SECTION},
    {TEXT("lang"), LANG},
    {TEXT("language"), LANG},
    {TEXT("langcode"), LANG},
    {TEXT("tags"), TAGS},
    {TEXT("keywords"), TAGS},
    {TEXT("topics"), TAGS},
    {TEXT("categories"), TAGS},
};
enum { KEY_COUNT = sizeof keys / sizeof *keys, KEY_MAX = 24 };

/* A field's value so far, and which of `keys` it stood under. */
struct found {
    struct json_value value;
    size_t key;
};

struct reading {
    struct found found[FIELD_COUNT];
    struct json_shapes shapes;
    struct json_verdict verdict;
};

/* What is said of how the date is known, else what its key tells. */
static enum dating dating_of(struct reading *r)
{
    const struct json_value *said = &r->found[DATING].value;
    if (said->kind == JSON_IS_STRING) {
        enum dating dating = dating_by_name(json_string_of(&r->shapes, said));
        if (dating != DATING_COUNT)
            return dating;
    }
    struct text key = keys[r->found[DATE].key].name;
    return text_is(key, "timestamp") || text_is(key, "createdat")
               ? DATING_METADATA
               : DATING_EXPLICIT;
}

static void read_date(struct reading *r, struct json_value value,
                      timestamp newest, struct article *out)
{
    struct text written = {NULL, 0};
    if (!json_read_scalar(&r->shapes, value, 3, &written)) {
        r->verdict.field = field_names[DATE];
        return;
    }
    enum dating_verdict verdict =
        dating_read(out, written, dating_of(r), newest);
    if (verdict == DATING_TAKEN)
        return;
    r->verdict.bad_date = written;
    r->verdict.date_in_future = verdict == DATING_TOO_LATE;
}

/* Read behind the date. */
static void read_seen(struct reading *r, struct json_value value,
                      timestamp newest, struct article *out)
{
    const struct json_value *said = &r->found[DATING].value;
    struct text written = {NULL, 0};
    bool file = said->kind == JSON_IS_STRING &&
                text_is(json_string_of(&r->shapes, said), "file");
    if (json_read_scalar(&r->shapes, value, 3, &written))
        (void)dating_read(out, written, file ? DATING_FILE : DATING_CRAWL,
                          newest);
}

/* WordPress: {"rendered": "<p>…"} */
static bool is_rendered(struct json_value value, struct json_value *html)
{
    return value.kind == JSON_IS_OBJECT &&
           json_member(value.bytes, "rendered", html) &&
           html->kind == JSON_IS_STRING;
}

static bool read_html(struct reading *r, struct json_value value,
                      struct text *out)
{
    struct json_value html = value;
    if (value.kind != JSON_IS_STRING && !is_rendered(value, &html))
        return false;
    *out = xml_html_text(json_string_of(&r->shapes, &html), r->shapes.arena);
    return true;
}

static bool read_title(struct reading *r, struct json_value value,
                       struct text *out)
{
    struct json_value html;
    if (!is_rendered(value, &html))
        return json_read_string(&r->shapes, value, json_no_names, out);
    *out = html_text_plain(json_string_of(&r->shapes, &html), r->shapes.arena);
    return true;
}

static bool read_body(struct reading *r, enum field field,
                      struct json_value value, struct text *out)
{
    struct json_value html;
    if (text_trim(*out).len > 0)
        return true;
    return field == HTML || is_rendered(value, &html)
               ? read_html(r, value, out)
               : json_read_joined(&r->shapes, value, CLEANING_BLOCK, "\n\n",
                                  out);
}

static bool read_authors(struct reading *r, struct json_value value,
                         struct article *out)
{
    const struct text *names = NULL;
    const bool good =
        json_read_list(&r->shapes, value, &names, &out->author_count);
    struct text *authors =
        arena_alloc(r->shapes.arena, (out->author_count + 1) * sizeof *authors);
    for (size_t i = 0; i < out->author_count; i++)
        authors[i] = byline_name(names[i]);
    out->authors = authors;
    return good;
}

static bool read_field(struct reading *r, enum field field,
                       struct json_value value, struct article *out)
{
    switch (field) {
    case ID:
        return json_read_scalar(&r->shapes, value, 0, &out->id);
    case TITLE:
        return read_title(r, value, &out->title);
    case BODY:
    case HTML:
    case SUMMARY:
        return read_body(r, field, value, &out->body);
    case URL:
        return json_read_string(&r->shapes, value, json_no_names, &out->url);
    case AUTHOR:
        return read_authors(r, value, out);
    case SOURCE:
        return json_read_string(&r->shapes, value, json_names, &out->source);
    case SECTION:
        return json_read_joined(&r->shapes, value, CLEANING_LINE, ", ",
                                &out->section);
    case LANG:
        return json_read_string(&r->shapes, value, json_no_names,
                                &out->language);
    case TAGS:
        return value.kind == JSON_IS_STRING
                   ? json_read_commas(&r->shapes, value, &out->tags,
                                      &out->tag_count)
                   : json_read_list(&r->shapes, value, &out->tags,
                                    &out->tag_count);
    default:
        return true;
    }
}

/* Without these right an article is not what it was meant to be. */
static bool is_essential(enum field field)
{
    return field == ID || field == TITLE || field == BODY;
}

static void read_fields(struct reading *r, timestamp newest,
                        struct article *out)
{
    for (enum field field = ID; field < FIELD_COUNT; field++) {
        struct json_value value = r->found[field].value;
        if (value.kind == JSON_IS_ABSENT)
            continue;
        if (field == DATE)
            read_date(r, value, newest, out);
        else if (field == SEEN)
            read_seen(r, value, newest, out);
        else if (!read_field(r, field, value, out))
            r->verdict.field = field_names[field];
        if (r->verdict.field == field_names[field] && is_essential(field))
            r->verdict.reject_reason = "wrong-type";
        if (r->shapes.too_many)
            r->verdict.reject_reason = "too-large";
        if (r->verdict.reject_reason)
            return;
    }
    if (out->title.len == 0 && text_trim(out->body).len == 0)
        r->verdict.reject_reason = "no-body";
}

/* In small letters and without what parts words; empty if it is too long to be
 * one of ours. */
static struct text plain_key(struct text name, char out[KEY_MAX])
{
    size_t len = 0;
    for (size_t i = 0; i < name.len; i++) {
        const char c = name.ptr[i];
        if (c == '_' || c == '-' || c == ' ')
            continue;
        if (len == KEY_MAX)
            return text_make(NULL, 0);
        out[len++] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
    }
    return text_make(out, len);
}

static void note_member(struct reading *r, const struct json_value *key,
                        const struct json_value *value)
{
    char plain[KEY_MAX];
    struct text name = plain_key(json_string_of(&r->shapes, key), plain);
    for (size_t i = 0; i < KEY_COUNT && name.len > 0; i++) {
        if (keys[i].name.len != name.len ||
            keys[i].name.ptr[0] != name.ptr[0] ||
            !text_equal(keys[i].name, name))
            continue;
        struct found *f = &r->found[keys[i].field];
        bool better = f->value.kind == JSON_IS_ABSENT || i <= f->key;
        if (better && !json_is_absent(&r->shapes, value))
            *f = (struct found){*value, i};
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

/* The same, for what is almost valid as well; values then lie in `repaired`. */
static bool note_or_repair(struct reading *r, struct text json,
                           struct strbuf *repaired, enum json_kind *kind)
{
    if (note_members(r, json, kind))
        return true;
    size_t error_at = r->verdict.error_at;
    size_t count = json_repair(json, repaired);
    if (count > 0 && note_members(r, strbuf_text(repaired), kind)) {
        r->verdict.repaired = count;
        return true;
    }
    r->verdict.error_at = error_at;
    return false;
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
        read_fields(&r, newest, out);
    r.verdict.nul = r.shapes.nul;
    json_shapes_done(&r.shapes);
    return r.verdict;
}
