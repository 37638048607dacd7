/* Reads NewsML 1.x. */
#include <string.h>

#include "indexer/byline.h"
#include "indexer/xml_records.h"

extern const struct reader_format reader_newsml;

enum { TAGS_MAX = 64 };

static struct text name_of(const struct xml_node *root, const char *element,
                           struct arena *arena)
{
    const struct xml_node *node = xml_find(root, element);
    return arena_text(arena, xml_attribute(node, "FormalName"));
}

static bool is_status(struct text status, const char *one, const char *other)
{
    return text_is(status, one) || text_is(status, other);
}

/* The time that the status will change at, if it has come. */
static bool has_changed(const struct xml_request *request)
{
    const struct xml_node *change = xml_find(request->node, "StatusWillChange");
    timestamp at;
    return change &&
           timestamp_parse(xml_line_of(change, "DateAndTime", request->arena),
                           &at) &&
           at <= request->now;
}

/* "urn:newsml:provider:20220207:NAME:REVISION": the item has the same name
 * whatever its revision. */
static struct text id_of(const struct xml_node *item, struct arena *arena)
{
    struct text id = xml_line_of(item, "PublicIdentifier", arena), part;
    size_t parts = 0;
    for (struct text rest = id; text_split(&rest, ':', &part);)
        parts++;
    if (text_starts_with(id, (struct text)TEXT("urn:newsml:")) && parts >= 6)
        id.len -= part.len + 1;
    return id.len > 0 ? id : xml_line_of(item, "NewsItemId", arena);
}

static const char *status_of(const struct xml_request *request)
{
    const struct xml_node *item = request->node;
    struct arena *arena = request->arena;
    struct text status = name_of(item, "Status", arena);
    if (is_status(status, "Canceled", "canceled"))
        return "canceled";
    if (is_status(status, "Withheld", "withheld"))
        return "withheld";
    return is_status(status, "Embargoed", "embargoed") && !has_changed(request)
               ? "embargoed"
               : NULL;
}

static bool is_text(const struct xml_node *content)
{
    const struct xml_node *type = xml_child(content, "MediaType");
    struct text name = xml_attribute(type, "FormalName");
    const struct xml_node *data = xml_find(content, "DataContent");
    return data && (!type || text_is(name, "Text") || text_is(name, "text") ||
                    text_is(name, "ComplexData"));
}

/* The longest text: others are its headline alone, or a caption. */
static struct text body_of(const struct xml_node *item, bool *media,
                           struct arena *arena)
{
    struct text best = {NULL, 0};
    for (const struct xml_node *c = NULL;
         (c = xml_next(item, c, "ContentItem"));) {
        if (!is_text(c)) {
            *media = true;
            continue;
        }
        const struct xml_node *data = xml_find(c, "DataContent");
        const struct xml_node *inner = xml_find(data, "body.content");
        if (!inner)
            inner = xml_find(data, "body");
        struct text t = xml_paragraphs(inner ? inner : data, arena);
        if (t.len > best.len)
            best = t;
    }
    return best;
}

static void read_tags(struct article *out, const struct xml_node *item,
                      struct arena *arena)
{
    static const char *const kinds[][2] = {
        {"Subject", "subject-code:"},
        {"SubjectMatter", "subject-code:"},
        {"SubjectDetail", "subject-code:"},
        {"Urgency", "urgency:"},
        {"Genre", "genre:"},
    };
    struct text *tags = arena_alloc(arena, TAGS_MAX * sizeof *tags);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        for (const struct xml_node *n = NULL;
             (n = xml_next(item, n, kinds[i][0]));)
            xml_records_tag(tags, &out->tag_count, TAGS_MAX, kinds[i][1],
                            xml_attribute(n, "FormalName"), arena);
    for (const struct xml_node *n = NULL; (n = xml_next(item, n, "Topic"));)
        xml_records_tag(tags, &out->tag_count, TAGS_MAX,
                        "subject:", xml_line_of(n, "Description", arena),
                        arena);
    xml_records_tag(tags, &out->tag_count, TAGS_MAX,
                    "slug:", xml_line_of(item, "SlugLine", arena), arena);
    xml_records_tag(tags, &out->tag_count, TAGS_MAX,
                    "dateline:", xml_line_of(item, "DateLine", arena), arena);
    for (const struct xml_node *n = NULL; (n = xml_next(item, n, "Property"));)
        if (text_is(xml_attribute(n, "FormalName"), "City") ||
            text_is(xml_attribute(n, "FormalName"), "Country"))
            xml_records_tag(tags, &out->tag_count, TAGS_MAX,
                            "place:", xml_attribute(n, "Value"), arena);
    for (const struct xml_node *n = NULL;
         (n = xml_next(item, n, "KeywordLine"));)
        xml_records_tag(tags, &out->tag_count, TAGS_MAX,
                        "keyword:", xml_line(n, arena), arena);
    out->tags = tags;
}

static void read_byline(struct article *out, const struct xml_node *item,
                        struct arena *arena)
{
    const struct text line = xml_line_of(item, "ByLine", arena);
    struct text *authors =
        arena_alloc(arena, byline_count_max(line) * sizeof *authors);
    out->author_count = byline_split(line, authors);
    out->authors = authors;
}

static const char *newsml_read(struct article *out,
                               const struct xml_request *request)
{
    const struct xml_node *item = request->node;
    struct arena *arena = request->arena;
    bool media = false;
    out->id = id_of(item, arena);
    const char *reason = status_of(request);
    if (reason)
        return reason;
    out->title = xml_line_of(item, "HeadLine", arena);
    if (out->title.len == 0)
        out->title = xml_line_of(item, "hl1", arena);
    out->body = body_of(item, &media, arena);
    if (out->body.len == 0 && media)
        return "no-text";
    out->source = name_of(xml_find(item, "Provider"), "Party", arena);
    if (out->source.len == 0)
        out->source = xml_line_of(item, "ProviderId", arena);
    out->language = name_of(item, "Language", arena);
    static const char *const dates[] = {"FirstCreated", "ThisRevisionCreated",
                                        "DateId"};
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        xml_records_date(out, request, xml_line_of(item, dates[i], arena),
                         DATING_METADATA);
    read_byline(out, item, arena);
    read_tags(out, item, arena);
    return NULL;
}

static const char *const roots[] = {"NewsML", NULL};
static const char *const records[] = {"NewsItem", NULL};

static const struct xml_format xml = {
    .roots = roots,
    .names = {.records = records},
    .read = newsml_read,
};

static int newsml_recognise(struct text head)
{
    return xml_records_recognise(head, &xml);
}

static enum status newsml_open(struct reader **out, struct input *in,
                               struct error *err)
{
    (void)err;
    return xml_records_open(out, in, &xml);
}

const struct reader_format reader_newsml = {
    .name = "newsml",
    .summary = "NewsML 1.x: news agency articles",
    .recognise = newsml_recognise,
    .open = newsml_open,
    .next = xml_records_next,
    .free = xml_records_free,
};
