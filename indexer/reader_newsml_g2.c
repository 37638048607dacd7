/* Reads NewsML-G2: news items, alone, in messages or beside packages. */
#include <string.h>

#include "indexer/byline.h"
#include "indexer/xml_records.h"

extern const struct reader_format reader_newsml_g2;

enum { TAGS_MAX = 64, AUTHORS_MAX = 16 };

/* "stat:usable", or an IRI that ends so */
static bool ends_in(struct text code, const char *word)
{
    size_t len = strlen(word);
    return code.len >= len && memcmp(code.ptr + code.len - len, word, len) == 0;
}

static struct text code_of(const struct xml_node *node)
{
    struct text code = xml_attribute(node, "qcode");
    if (code.len == 0)
        code = xml_attribute(node, "uri");
    return code.len > 0 ? code : xml_attribute(node, "literal");
}

static const char *status_of(const struct xml_request *request)
{
    const struct xml_node *meta = xml_child(request->node, "itemMeta");
    struct text status = code_of(xml_child(meta, "pubStatus"));
    timestamp until;
    if (ends_in(status, "canceled") || ends_in(status, "cancelled"))
        return "canceled";
    if (ends_in(status, "withheld"))
        return "withheld";
    struct text embargo =
        xml_line(xml_child(meta, "embargoed"), request->arena);
    if (embargo.len > 0 && timestamp_parse(embargo, &until) &&
        until > request->now)
        return "embargoed";
    return NULL;
}

/* Of several elements, the one in the article's language; else the first. */
static const struct xml_node *child_in(const struct xml_node *node,
                                       const char *name, struct text language)
{
    const struct xml_node *first = xml_child(node, name);
    for (const struct xml_node *c = first; c && language.len > 0; c = c->next)
        if (xml_is(c, name) && text_equal(xml_attribute(c, "lang"), language))
            return c;
    return first;
}

/* The name of a concept, or its code. */
static struct text concept_of(const struct xml_node *node, struct text language,
                              struct arena *arena)
{
    struct text name = xml_line(child_in(node, "name", language), arena);
    return name.len > 0 ? name : code_of(node);
}

static struct text text_of(const struct xml_node *inner, struct arena *arena)
{
    static const char *const names[] = {"body.content", "body", "html", "nitf"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct xml_node *body = xml_find(inner, names[i]);
        if (body)
            return xml_paragraphs(body, arena);
    }
    return xml_paragraphs(inner, arena);
}

/* The longest rendition. */
static struct text body_of(const struct xml_node *item, struct arena *arena)
{
    static const char *const kinds[] = {"inlineXML", "inlineData"};
    const struct xml_node *content = xml_child(item, "contentSet");
    struct text best = {NULL, 0};
    for (size_t i = 0; i < 2 && best.len == 0; i++)
        for (const struct xml_node *c = content ? content->first : NULL; c;
             c = c->next) {
            const struct text t =
                xml_is(c, kinds[i]) ? text_of(c, arena) : best;
            best = t.len > best.len ? t : best;
        }
    return best;
}

static void read_tags(struct article *out, const struct xml_node *meta,
                      bool summary, struct arena *arena)
{
    static const char *const kinds[][2] = {
        {"subject", "subject:"},   {"located", "place:"},
        {"genre", "genre:"},       {"keyword", "keyword:"},
        {"slugline", "slug:"},     {"urgency", "urgency:"},
        {"dateline", "dateline:"},
    };
    struct text *tags = arena_alloc(arena, TAGS_MAX * sizeof *tags);
    out->tags = tags;
    if (summary)
        xml_records_tag(tags, &out->tag_count, TAGS_MAX, "",
                        text_from("form:summary"), arena);
    for (const struct xml_node *c = meta ? meta->first : NULL; c; c = c->next)
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
            if (xml_is(c, kinds[i][0]))
                xml_records_tag(tags, &out->tag_count, TAGS_MAX, kinds[i][1],
                                i < 3 ? concept_of(c, out->language, arena)
                                      : xml_line(c, arena),
                                arena);
}

static void read_authors(struct article *out, const struct xml_node *meta,
                         struct arena *arena)
{
    const struct text by = xml_line(xml_child(meta, "by"), arena);
    struct text *authors = arena_alloc(
        arena, (AUTHORS_MAX + byline_count_max(by)) * sizeof *authors);
    out->author_count = byline_split(by, authors);
    for (const struct xml_node *c = meta ? meta->first : NULL; by.len == 0 && c;
         c = c->next)
        if (xml_is(c, "creator"))
            xml_records_tag(authors, &out->author_count, AUTHORS_MAX, "",
                            xml_line_of(c, "name", arena), arena);
    out->authors = authors;
}

static const char *newsml_g2_read(struct article *out,
                                  const struct xml_request *request)
{
    const struct xml_node *item = request->node;
    struct arena *arena = request->arena;
    if (!xml_is(item, "newsItem"))
        return "not-an-article";
    out->id = arena_text(arena, xml_attribute(item, "guid"));
    const char *reason = status_of(request);
    if (reason)
        return reason;
    const struct xml_node *meta = xml_child(item, "itemMeta");
    const struct xml_node *content = xml_child(item, "contentMeta");
    struct text class = code_of(xml_child(meta, "itemClass"));
    out->body = body_of(item, arena);
    out->language =
        arena_text(arena, xml_attribute(xml_child(content, "language"), "tag"));
    if (out->language.len == 0)
        out->language = arena_text(arena, xml_attribute(item, "lang"));
    if (out->body.len == 0 && class.len > 0 && !ends_in(class, "text"))
        return "no-text";
    const bool summary = out->body.len == 0;
    if (summary)
        out->body = xml_paragraphs(
            child_in(content, "description", out->language), arena);
    out->title = xml_line(child_in(content, "headline", out->language), arena);
    if (out->title.len == 0)
        out->title = xml_line_of(xml_child(item, "contentSet"), "hl1", arena);
    if (out->title.len == 0)
        out->title = xml_line(xml_child(meta, "title"), arena);
    out->source = concept_of(xml_child(meta, "provider"), out->language, arena);
    out->source = arena_text(arena, out->source);
    xml_records_date(out, request,
                     xml_line(xml_child(meta, "firstCreated"), arena),
                     DATING_METADATA);
    xml_records_date(out, request,
                     xml_line(xml_child(meta, "versionCreated"), arena),
                     DATING_METADATA);
    xml_records_date(out, request,
                     xml_line(xml_child(content, "contentCreated"), arena),
                     DATING_METADATA);
    read_authors(out, content, arena);
    read_tags(out, content, summary && out->body.len > 0, arena);
    return NULL;
}

static const char *const roots[] = {
    "newsItem",      "newsMessage",  "packageItem", "conceptItem",
    "knowledgeItem", "planningItem", "catalogItem", NULL};
static const char *const records[] = {
    "newsItem",     "packageItem", "conceptItem", "knowledgeItem",
    "planningItem", "catalogItem", NULL};

static const struct xml_format xml = {
    .roots = roots,
    .names = {.records = records},
    .read = newsml_g2_read,
};

static int newsml_g2_recognise(struct text head)
{
    return xml_records_recognise(head, &xml);
}

static enum status newsml_g2_open(struct reader **out, struct input *in,
                                  struct error *err)
{
    (void)err;
    return xml_records_open(out, in, &xml);
}

const struct reader_format reader_newsml_g2 = {
    .name = "newsml_g2",
    .summary = "NewsML-G2: news items, alone or in messages",
    .recognise = newsml_g2_recognise,
    .open = newsml_g2_open,
    .next = xml_records_next,
    .free = xml_records_free,
};
