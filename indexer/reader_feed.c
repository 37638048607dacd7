/* Reads RSS of all versions and Atom. */
#include <string.h>

#include "indexer/byline.h"
#include "indexer/mime_header.h"
#include "indexer/url.h"
#include "indexer/wordpress_item.h"
#include "indexer/xml_records.h"

extern const struct reader_format reader_feed;

enum { TAGS_MAX = 64, AUTHORS_MAX = 16 };

/* Of a namespace whose words are another's: <media:title>, <itunes:summary>. */
static bool is_foreign(const struct xml_node *node)
{
    static const char *const prefixes[] = {"excerpt", "googleplay", "itunes",
                                           "media",   "wp",         NULL};
    return text_is_one_of(node->prefix, prefixes) ||
           xml_attribute(node, "url").len > 0;
}

/* The first child named so, of the feed's own before any other's. */
static const struct xml_node *child_of(const struct xml_node *item,
                                       const char *name)
{
    for (const struct xml_node *c = item->first; c; c = c->next)
        if (xml_is(c, name) && !is_foreign(c))
            return c;
    const struct xml_node *other = xml_child(item, name);
    return other && xml_attribute(other, "url").len == 0 ? other : NULL;
}

static struct text link_of(const struct xml_node *item, struct arena *arena)
{
    for (const struct xml_node *c = item->first; c; c = c->next) {
        if (!xml_is(c, "link") && !xml_is(c, "origLink"))
            continue;
        struct text href = xml_attribute(c, "href");
        struct text rel = xml_attribute(c, "rel");
        if (href.len > 0 && (rel.len == 0 || text_is(rel, "alternate")))
            return arena_text(arena, href);
        struct text line = xml_line(c, arena);
        if (line.len > 0)
            return line;
    }
    return text_make(NULL, 0);
}

/* The text of <p> and the like, also where they are escaped twice. */
static struct text text_of(const struct xml_node *node, struct arena *arena)
{
    struct text t = xml_paragraphs(node, arena);
    bool tags = text_starts_with(t, (struct text)TEXT("<")) &&
                text_contains(t, "</") && text_contains(t, ">");
    const struct text type = xml_attribute(node, "type");
    return tags && !text_is(type, "text") ? xml_html_text(t, arena) : t;
}

/* All of the article if the feed has it, else what it says of it. */
static struct text body_of(const struct xml_node *item, bool *summary,
                           struct arena *arena)
{
    static const char *const names[] = {"encoded", "full-text",   "content",
                                        "body",    "description", "summary"};
    enum { FULL = 4 };
    *summary = false;
    struct text t = wordpress_item_text(item, arena);
    for (size_t i = 0; i < sizeof names / sizeof *names && t.len == 0; i++) {
        t = text_of(child_of(item, names[i]), arena);
        *summary = i >= FULL && t.len > 0;
    }
    return wordpress_item_trim(t);
}

/* "ann@post.example (Ann Lee)", "By Ann Lee" */
static struct text person(struct text t, struct arena *arena)
{
    struct text name;
    t = byline_name(t);
    bool address = t.len > 0 && memchr(t.ptr, '@', t.len);
    return address && mime_take_person(&t, &name, arena) ? name : t;
}

static void read_people(struct article *out, const struct xml_node *item,
                        struct arena *arena)
{
    struct text *authors = arena_alloc(arena, AUTHORS_MAX * sizeof *authors);
    for (const struct xml_node *c = item->first; c; c = c->next) {
        if ((!xml_is(c, "author") && !xml_is(c, "creator")) ||
            (is_foreign(c) && out->author_count > 0))
            continue;
        const struct xml_node *name = xml_find(c, "name");
        xml_records_tag(authors, &out->author_count, AUTHORS_MAX, "",
                        person(xml_line(name ? name : c, arena), arena), arena);
    }
    out->authors = authors;
}

/* The paper that an item of an aggregator is from; else the feed. */
static struct text source_of(const struct xml_request *request)
{
    const struct xml_node *source = xml_child(request->node, "source");
    const struct xml_node *title = xml_child(source, "title");
    struct text name = xml_line(title ? title : source, request->arena);
    return name.len > 0 ? name
                        : arena_text(request->arena, request->outer->source);
}

/* "Bridge closed - The Post", as aggregators write it, if that is the source */
static struct text without_source(struct text title, struct text source)
{
    static const struct text gap = TEXT(" - ");
    if (source.len == 0 || title.len <= source.len + gap.len)
        return title;
    size_t len = title.len - source.len - gap.len;
    bool named =
        text_equal(text_slice(title, len, gap.len), gap) &&
        text_equal(text_slice(title, len + gap.len, source.len), source);
    return named ? text_slice(title, 0, len) : title;
}

static void read_tags(struct article *out, const struct xml_node *item,
                      bool summary, struct arena *arena)
{
    struct text *tags = arena_alloc(arena, TAGS_MAX * sizeof *tags);
    for (const struct xml_node *c = item->first; c; c = c->next) {
        if (!xml_is(c, "category") && !xml_is(c, "subject"))
            continue;
        struct text term = xml_attribute(c, "term");
        struct text name = term.len > 0 ? term : xml_line(c, arena);
        xml_records_tag(tags, &out->tag_count, TAGS_MAX, "", name, arena);
    }
    if (summary)
        xml_records_tag(tags, &out->tag_count, TAGS_MAX,
                        "form:", text_from("summary"), arena);
    out->tags = tags;
}

static struct text id_of(const struct xml_node *item, struct arena *arena)
{
    const struct xml_node *id = xml_child(item, "guid");
    if (!id)
        id = xml_child(item, "id");
    return xml_line(id, arena);
}

static const char *feed_read(struct article *out,
                             const struct xml_request *request)
{
    static const char *const dates[] = {"pubDate", "published", "issued",
                                        "date",    "created",   "updated",
                                        "modified"};
    enum { PUBLICATIONS = 4 };
    const struct xml_node *item = request->node;
    struct arena *arena = request->arena;
    bool summary;
    struct text base = xml_attribute(item, "base");
    out->source = source_of(request);
    out->title =
        without_source(xml_line(child_of(item, "title"), arena), out->source);
    out->body = body_of(item, &summary, arena);
    out->url = url_resolve(base.len > 0 ? base : request->outer->url,
                           link_of(item, arena), arena);
    out->id = id_of(item, arena);
    if (text_starts_with(out->id, (struct text)TEXT("http")) &&
        out->url.len == 0)
        out->url = out->id;
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        xml_records_date(out, request,
                         xml_line(xml_child(item, dates[i]), arena),
                         i < PUBLICATIONS ? DATING_EXPLICIT : DATING_METADATA);
    read_people(out, item, arena);
    read_tags(out, item, summary, arena);
    return wordpress_item_reject(item, arena);
}

static void feed_outer(struct xml_outer *out, const struct xml_node *node,
                       struct arena *arena)
{
    struct text line = xml_line(node, arena);
    struct text base = xml_attribute(node, "base");
    struct text href = xml_attribute(node, "href");
    struct text rel = xml_attribute(node, "rel");
    if (base.len > 0)
        out->url = arena_text(arena, base);
    if (xml_is(node, "link") && out->url.len == 0)
        out->url = rel.len == 0 || text_is(rel, "alternate")
                       ? arena_text(arena, href.len > 0 ? href : line)
                       : out->url;
    if (xml_is(node, "title") && out->source.len == 0)
        out->source = line;
    if (xml_is(node, "language") && out->language.len == 0)
        out->language = line;
}

static const char *const roots[] = {"rss", "RDF", "feed", "channel", NULL};
static const char *const records[] = {"item", "entry", NULL};
static const char *const outers[] = {"title", "language", "link", NULL};

static const struct xml_format xml = {
    .roots = roots,
    .names = {records, outers},
    .outer = feed_outer,
    .read = feed_read,
};

static int feed_recognise(struct text head)
{
    return xml_records_recognise(head, &xml);
}

static enum status feed_open(struct reader **out, struct input *in,
                             struct error *err)
{
    (void)err;
    return xml_records_open(out, in, &xml);
}

const struct reader_format reader_feed = {
    .name = "feed",
    .summary = "RSS or Atom: what a feed says in full, or its summaries",
    .recognise = feed_recognise,
    .open = feed_open,
    .next = xml_records_next,
    .free = xml_records_free,
};
