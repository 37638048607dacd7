/* Reads news in JSON documents: IPTC's ninjs (1.x, 2 and 3), one item a file,
 * and JSON Feed. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/dating.h"
#include "common/mem.h"
#include "common/original.h"
#include "indexer/byline.h"
#include "indexer/cleaning.h"
#include "indexer/json_member.h"
#include "indexer/reader.h"
#include "indexer/whole_source.h"
#include "indexer/xml_tree.h"

extern const struct reader_format reader_ninjs;

enum { TAGS_MAX = 64, AUTHORS_MAX = 16, HEAD_MAX = 64 << 10 };

struct reader_ninjs {
    struct reader base;
    struct whole_source source;
    struct text document;     /* empty until it is read */
    struct json_cursor items; /* of a JSON Feed */
    bool feed, done;
};

static bool contains(struct text t, const char *part)
{
    return t.len > 0 && memmem(t.ptr, t.len, part, strlen(part)) != NULL;
}

/* The members that only these formats have. */
static int ninjs_recognise(struct text head)
{
    static const char *const marks[] = {
        "\"versioncreated\"", "\"versionCreated\"", "\"body_html\"",
        "\"body_xhtml\"",     "\"bodies\"",         "\"headlines\"",
        "\"pubstatus\"",      "\"pubStatus\""};
    head = text_trim(head);
    if (head.len == 0 || head.ptr[0] != '{')
        return 0;
    const char *line = memchr(head.ptr, '\n', head.len);
    struct text first =
        text_slice(head, 0, line ? (size_t)(line - head.ptr) : head.len);
    /* a first line that is a whole object is JSON Lines */
    struct json_cursor c;
    json_cursor_start(&c, first);
    if (line && json_cursor_end(&c) && text_trim(first).len > 2)
        return 0;
    if (contains(head, "jsonfeed.org/version"))
        return 2;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (contains(head, marks[i]))
            return contains(head, "\"uri\"") || contains(head, "\"guid\"") ? 2
                                                                           : 0;
    return 0;
}

static enum status ninjs_open(struct reader **out, struct input *in,
                              struct error *err)
{
    (void)err;
    struct reader_ninjs *r = mem_zeroed(1, sizeof *r);
    whole_source_init(&r->source, in);
    *out = &r->base;
    return STATUS_OK;
}

static void ninjs_free(struct reader *reader)
{
    struct reader_ninjs *r = (struct reader_ninjs *)reader;
    whole_source_done(&r->source);
    free(r);
}

/* --- fields --------------------------------------------------------------- */

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
            body, contains(body, "</") || contains(type, "html"), arena);
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
    if (contains(said, "cancel"))
        return "canceled";
    if (contains(said, "withheld"))
        return "withheld";
    if (timestamp_parse(first_text(item, embargoes, arena), &until) &&
        until > (timestamp)time(NULL))
        return "embargoed";
    bool text =
        kind.len == 0 || text_is(kind, "text") || text_is(kind, "composite");
    return text ? NULL : "no-text";
}

static const char *read_item(struct article *out, struct text item,
                             timestamp newest, struct arena *arena)
{
    static const char *const titles[] = {"headline", "title", "name", NULL};
    static const char *const ids[] = {"uri", "guid", "id", NULL};
    static const char *const sources[] = {"provider", "source",
                                          "copyrightholder", NULL};
    static const char *const urls[] = {"url", "external_url", NULL};
    static const char *const languages[] = {"language", NULL};
    struct text type = {NULL, 0};
    out->id = first_text(item, ids, arena);
    const char *reason = status_of(item, arena);
    if (reason)
        return reason;
    out->title = clean(longest_value(item, "headlines", &type, arena),
                       CLEANING_LINE, arena);
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

/* --- the document --------------------------------------------------------- */

/* Checks all of it once, so that its parts need not be. */
static enum status read_document(struct reader_ninjs *r, struct error *err)
{
    struct json_cursor c;
    enum status status =
        whole_source_read(&r->source, &r->base, r->base.limits.article, err);
    if (status != STATUS_OK)
        return status;
    r->document = text_trim(strbuf_text(&r->source.decoded));
    json_cursor_start(&c, r->document);
    (void)json_cursor_enter(&c);
    if (!json_cursor_end(&c) || c.kind != JSON_IS_OBJECT)
        return reader_reject_because(
            &r->base,
            &(struct rejection){"bad-json", whole_source_origin(&r->source),
                                strbuf_text(&r->source.raw)},
            err, "not valid JSON at byte %zu", c.at);
    struct json_value items;
    r->feed = json_member(r->document, "items", &items) &&
              items.kind == JSON_IS_ARRAY &&
              contains(r->document, "jsonfeed.org");
    r->items = json_member_items(r->document, "items");
    return STATUS_OK;
}

/* What is decoded is what was read. */
static bool is_verbatim(const struct whole_source *s)
{
    return text_equal(strbuf_text(&s->raw), strbuf_text(&s->decoded));
}

/* The next item; false after the last. */
static bool next_item(struct reader_ninjs *r, struct text *item)
{
    struct json_value key, value;
    if (!r->feed) {
        bool first = !r->done;
        *item = r->document;
        r->done = true;
        return first;
    }
    r->done = !json_cursor_next(&r->items, &key, &value);
    *item = value.bytes;
    return !r->done;
}

static enum status ninjs_next(struct reader *reader, struct arena *arena,
                              struct article *out, struct error *err)
{
    struct reader_ninjs *r = (struct reader_ninjs *)reader;
    struct text item;
    if (r->done)
        return STATUS_END;
    if (r->document.len == 0) {
        enum status status = read_document(r, err);
        r->done = status != STATUS_OK;
        if (r->done)
            return status;
    }
    if (!next_item(r, &item))
        return STATUS_END;
    struct rejection why = {.origin = whole_source_origin(&r->source),
                            .bytes = item};
    if (r->feed && is_verbatim(&r->source)) {
        why.origin.offset = (uint64_t)(item.ptr - r->source.decoded.ptr);
        original_measure(&why.origin, item);
    }
    struct article article = {.origin = why.origin,
                              .published = TIMESTAMP_UNKNOWN};
    why.reason = read_item(&article, item, reader->newest, arena);
    if (why.reason)
        return reader_withdraw(reader, article.id, &why, err);
    if (article.source.len == 0 && r->feed)
        article.source = clean(json_member_text(r->document, "title", arena),
                               CLEANING_LINE, arena);
    article.origin.path = arena_text(arena, why.origin.path);
    *out = article;
    return reader_check_size(reader, &article, item, err);
}

const struct reader_format reader_ninjs = {
    .name = "ninjs",
    .summary = "IPTC's ninjs and JSON Feed",
    .recognise = ninjs_recognise,
    .open = ninjs_open,
    .next = ninjs_next,
    .free = ninjs_free,
};
