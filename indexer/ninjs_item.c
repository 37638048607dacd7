#include "indexer/ninjs_item.h"

#include <string.h>
#include <time.h>

#include "common/dating.h"
#include "indexer/byline.h"
#include "indexer/cleaning.h"
#include "indexer/json_member.h"
#include "indexer/xml_tree.h"

enum { TAGS_MAX = 64, AUTHORS_MAX = 16 };

static struct text clean(struct text t, enum cleaning how, struct arena *arena)
{
    bool nul = false;
    return cleaning_copy(t, how, arena, &nul);
}

/* The first of `names` that is a string with something in it. */
static struct text first_text(struct text item, const char *const *names,
                              struct arena *arena)
{
    for (; *names; names++) {
        struct text t = json_member_text(item, *names, arena);
        if (text_trim(t).len > 0)
            return clean(t, CLEANING_LINE, arena);
    }
    return text_make(NULL, 0);
}

/* ninjs 2 and 3: {"bodies": [{"role": …, "contenttype": …, "value": …}]}. The
 * longest value, and its type. */
static struct text longest_value(struct text item, const char *name,
                                 struct text *type, struct arena *arena)
{
    struct json_cursor c = json_member_items(item, name);
    struct json_value key, one;
    struct text best = {NULL, 0};
    while (json_cursor_next(&c, &key, &one)) {
        struct text value = json_member_text(one.bytes, "value", arena);
        if (value.len <= best.len)
            continue;
        best = value;
        *type = json_member_text(one.bytes, "contenttype", arena);
    }
    return best;
}

/* ninjs 2 and 3: [{"role": "main", "value": …}]. That one, else the first. */
static struct text main_headline(struct text item, struct arena *arena)
{
    struct json_cursor c = json_member_items(item, "headlines");
    struct json_value key, one;
    struct text best = {NULL, 0};
    while (json_cursor_next(&c, &key, &one)) {
        const struct text value = json_member_text(one.bytes, "value", arena);
        if (best.len == 0 ||
            text_contains(json_member_text(one.bytes, "role", arena), "main"))
            best = value;
    }
    return clean(best, CLEANING_LINE, arena);
}

/* ninjs 3: [{"value": "By Jane Doe"}] */
static void add_bylines(struct text *list, size_t *count, struct text item,
                        struct arena *arena)
{
    struct json_cursor c = json_member_items(item, "bylines");
    struct json_value key, one;
    while (*count < AUTHORS_MAX && json_cursor_next(&c, &key, &one)) {
        const struct text value = json_member_text(one.bytes, "value", arena);
        const struct text name =
            byline_name(clean(value, CLEANING_LINE, arena));
        if (name.len > 0)
            list[(*count)++] = name;
    }
}

static struct text html_or_text(struct text t, bool html, struct arena *arena)
{
    return html ? xml_html_text(t, arena)
                : clean(text_trim(t), CLEANING_BLOCK, arena);
}

static struct text body_of(struct text item, struct arena *arena)
{
    static const char *const html[] = {"body_html", "body_xhtml",
                                       "content_html", NULL};
    static const char *const plain[] = {"body_text", "content_text",
                                        "description_text", "summary", NULL};
    struct text type = {NULL, 0};
    struct text body = longest_value(item, "bodies", &type, arena);
    if (body.len > 0)
        return html_or_text(
            body, text_contains(body, "</") || text_contains(type, "html"),
            arena);
    for (size_t i = 0; html[i]; i++) {
        body = json_member_text(item, html[i], arena);
        if (text_trim(body).len > 0)
            return html_or_text(body, true, arena);
    }
    for (size_t i = 0; plain[i]; i++) {
        body = json_member_text(item, plain[i], arena);
        if (text_trim(body).len > 0)
            return html_or_text(body, false, arena);
    }
    return text_make(NULL, 0);
}

/* Names in a list of strings, or of objects with a name. */
static void add_names(struct text *list, size_t *count, size_t max,
                      struct json_cursor c, struct arena *arena)
{
    struct json_value key, one;
    while (json_cursor_next(&c, &key, &one)) {
        struct text name = one.kind == JSON_IS_OBJECT
                               ? json_member_text(one.bytes, "name", arena)
                               : json_text(&one, arena);
        name = clean(name, CLEANING_LINE, arena);
        if (name.len > 0 && *count < max)
            list[(*count)++] = name;
    }
}

static void read_authors(struct article *out, struct text item,
                         struct arena *arena)
{
    static const char *const bylines[] = {"byline", NULL};
    struct text *list = arena_alloc(arena, AUTHORS_MAX * sizeof *list);
    struct text byline = first_text(item, bylines, arena);
    if (byline.len > 0)
        list[out->author_count++] = byline_name(byline);
    else
        add_bylines(list, &out->author_count, item, arena);
    if (out->author_count == 0)
        add_names(list, &out->author_count, AUTHORS_MAX,
                  json_member_items(item, "authors"), arena);
    struct json_value author;
    if (out->author_count == 0 && json_member(item, "author", &author)) {
        struct text name = author.kind == JSON_IS_OBJECT
                               ? json_member_text(author.bytes, "name", arena)
                               : json_text(&author, arena);
        if (name.len > 0)
            list[out->author_count++] = clean(name, CLEANING_LINE, arena);
    }
    out->authors = list;
}

static void read_tags(struct article *out, struct text item,
                      struct arena *arena)
{
    static const char *const lists[] = {"subject", "subjects", "place",
                                        "places",  "keywords", "tags"};
    struct text *tags = arena_alloc(arena, TAGS_MAX * sizeof *tags);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        add_names(tags, &out->tag_count, TAGS_MAX,
                  json_member_items(item, lists[i]), arena);
    out->tags = tags;
}

static void read_date(struct article *out, struct text item, timestamp newest,
                      struct arena *arena)
{
    static const char *const names[] = {"date_published", "firstcreated",
                                        "firstCreated",   "versioncreated",
                                        "versionCreated", "date_modified"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        (void)dating_read(out, json_member_text(item, names[i], arena),
                          i == 0 ? DATING_EXPLICIT : DATING_METADATA, newest);
}

static const char *status_of(struct text item, struct arena *arena)
{
    static const char *const status[] = {"pubstatus", "pubStatus", NULL};
    static const char *const kinds[] = {"type", NULL};
    static const char *const embargoes[] = {"embargoed", "embargoedUntil",
                                            NULL};
    struct text said = first_text(item, status, arena);
    struct text kind = first_text(item, kinds, arena);
    timestamp until;
    if (text_contains(said, "cancel"))
        return "canceled";
    if (text_contains(said, "withheld"))
        return "withheld";
    if (timestamp_parse(first_text(item, embargoes, arena), &until) &&
        until > (timestamp)time(NULL))
        return "embargoed";
    bool text =
        kind.len == 0 || text_is(kind, "text") || text_is(kind, "composite");
    return text ? NULL : "no-text";
}

const char *ninjs_item_read(struct article *out, struct text item,
                            timestamp newest, struct arena *arena)
{
    static const char *const titles[] = {"headline", "title", "name", NULL};
    static const char *const ids[] = {"uri", "guid", "id", NULL};
    static const char *const sources[] = {
        "provider", "source", "copyrightholder", "copyrightHolder", NULL};
    static const char *const urls[] = {"url", "external_url", NULL};
    static const char *const languages[] = {"language", NULL};
    out->id = first_text(item, ids, arena);
    const char *reason = status_of(item, arena);
    if (reason)
        return reason;
    out->title = main_headline(item, arena);
    if (out->title.len == 0)
        out->title = first_text(item, titles, arena);
    out->body = body_of(item, arena);
    out->url = first_text(item, urls, arena);
    out->source = first_text(item, sources, arena);
    out->language = first_text(item, languages, arena);
    read_date(out, item, newest, arena);
    read_authors(out, item, arena);
    read_tags(out, item, arena);
    return out->title.len == 0 && out->body.len == 0 ? "no-body" : NULL;
}
