/* Reads RSS of all versions and Atom. */
#include <string.h>

#include "indexer/xml_records.h"

extern const struct reader_format reader_feed;

enum { TAGS_MAX = 64, AUTHORS_MAX = 16 };

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

/* All of the article if the feed has it, else what it says of it. */
static struct text body_of(const struct xml_node *item, bool *summary,
                           struct arena *arena)
{
    static const char *const names[] = {"encoded", "content", "body",
                                        "description", "summary"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct text t = xml_paragraphs(xml_child(item, names[i]), arena);
        *summary = i >= 3;
        if (t.len > 0)
            return t;
    }
    *summary = false;
    return text_make(NULL, 0);
}

static void read_people(struct article *out, const struct xml_node *item,
                        struct arena *arena)
{
    struct text *authors = arena_alloc(arena, AUTHORS_MAX * sizeof *authors);
    for (const struct xml_node *c = item->first; c; c = c->next) {
        if (!xml_is(c, "author") && !xml_is(c, "creator"))
            continue;
        const struct xml_node *name = xml_find(c, "name");
        xml_records_tag(authors, &out->author_count, AUTHORS_MAX, "",
                        xml_line(name ? name : c, arena), arena);
    }
    out->authors = authors;
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
    out->title = xml_line(xml_child(item, "title"), arena);
    out->body = body_of(item, &summary, arena);
    out->url = link_of(item, arena);
    out->id = id_of(item, arena);
    if (text_starts_with(out->id, (struct text)TEXT("http")) &&
        out->url.len == 0)
        out->url = out->id;
    out->source = arena_text(arena, request->outer->source);
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        xml_records_date(out, request,
                         xml_line(xml_child(item, dates[i]), arena),
                         i < PUBLICATIONS ? DATING_EXPLICIT : DATING_METADATA);
    read_people(out, item, arena);
    read_tags(out, item, summary, arena);
    return NULL;
}

static void feed_outer(struct xml_outer *out, const struct xml_node *node,
                       struct arena *arena)
{
    struct text line = xml_line(node, arena);
    if (xml_is(node, "title") && out->source.len == 0)
        out->source = line;
    if (xml_is(node, "language") && out->language.len == 0)
        out->language = line;
}

static const char *const roots[] = {"rss", "RDF", "feed", "channel", NULL};
static const char *const records[] = {"item", "entry", NULL};
static const char *const outers[] = {"title", "language", NULL};

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
