/* Reads NITF, the News Industry Text Format. */
#include <string.h>

#include "indexer/byline.h"
#include "indexer/xml_records.h"

extern const struct reader_format reader_nitf;

enum { TAGS_MAX = 64, AUTHORS_MAX = 16, BYLINE_MAX = 4096 };

/* --- what the document says of itself --------------------------------------
 */

static void set(struct text *field, struct text value)
{
    if (field->len == 0)
        *field = value;
}

static struct text attribute_of(const struct xml_node *root, const char *name,
                                const char *attribute, struct arena *arena)
{
    const struct xml_node *node = xml_find(root, name);
    return arena_text(arena, xml_attribute(node, attribute));
}

static void read_dates(struct article *out, const struct xml_request *request)
{
    static const char *const places[][2] = {
        {"date.release", "norm"},
        {"date.issue", "norm"},
        {"pubdata", "date.publication"},
        {"story.date", "norm"},
    };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        xml_records_date(out, request,
                         attribute_of(request->node, places[i][0], places[i][1],
                                      request->arena),
                         DATING_EXPLICIT);
}

static void add_each(struct text *tags, size_t *count,
                     const struct xml_node *root, const char *const *names,
                     struct arena *arena)
{
    for (const struct xml_node *n = NULL; (n = xml_next(root, n, names[0]));) {
        struct text name = xml_attribute(n, names[1]);
        if (name.len == 0)
            name = xml_attribute(n, names[2]);
        xml_records_tag(tags, count, TAGS_MAX, names[3], name, arena);
    }
}

/* Its place, where that is marked; else all of it. */
static void read_dateline(struct article *out, struct text *tags,
                          const struct xml_node *dateline, struct arena *arena)
{
    const struct text place = xml_line_of(dateline, "location", arena);
    xml_records_tag(tags, &out->tag_count, TAGS_MAX,
                    place.len > 0 ? "place:" : "dateline:",
                    place.len > 0 ? place : xml_line(dateline, arena), arena);
}

static void read_tags(struct article *out, const struct xml_node *root,
                      struct arena *arena)
{
    static const char *const kinds[][4] = {
        {"tobject.subject", "tobject.subject.matter", "tobject.subject.type",
         "subject:"},
        {"tobject.subject", "tobject.subject.refnum", "", "subject-code:"},
        {"keyword", "key", "", "keyword:"},
        {"evloc", "city", "state-prov", "place:"},
        {"urgency", "ed-urg", "", "urgency:"},
        {"fixture", "fix-id", "", "slug:"},
        {"du-key", "key", "", "slug:"},
        {"series", "series.name", "", "series:"},
    };
    /* Their text; the name is also of elements in bylines and datelines, so
     * that only those that say what the article is about count. */
    static const char *const about[][2] = {
        {"classifier", "subject:"},
        {"location", "place:"},
        {"person", "person:"},
        {"org", "organisation:"},
    };
    const struct xml_node *content = xml_find(root, "identified-content");
    struct text *tags = arena_alloc(arena, TAGS_MAX * sizeof *tags);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        add_each(tags, &out->tag_count, root, kinds[i], arena);
    for (size_t i = 0; content && i < sizeof about / sizeof *about; i++)
        for (const struct xml_node *n = NULL;
             (n = xml_next(content, n, about[i][0]));)
            xml_records_tag(tags, &out->tag_count, TAGS_MAX, about[i][1],
                            xml_line(n, arena), arena);
    read_dateline(out, tags, xml_find(root, "dateline"), arena);
    out->tags = tags;
}

/* Without the title of whom it names. */
static struct text byline_of(const struct xml_node *byline, struct arena *arena)
{
    AUTO_DONE(strbuf) line = STRBUF_INIT(BYLINE_MAX);
    for (const struct xml_node *c = byline ? byline->first : NULL; c;
         c = c->next)
        if (!xml_is(c, "byttl")) {
            strbuf_append_char(&line, ' ');
            strbuf_append(&line, xml_line(c, arena));
        }
    return arena_text(arena, strbuf_text(&line));
}

static void read_byline(struct article *out, const struct xml_node *root,
                        struct arena *arena)
{
    const struct xml_node *byline = xml_find(root, "byline");
    struct text *authors = arena_alloc(arena, AUTHORS_MAX * sizeof *authors);
    out->authors = authors;
    for (const struct xml_node *n = NULL;
         byline && (n = xml_next(byline, n, "person"));)
        xml_records_tag(authors, &out->author_count, AUTHORS_MAX, "",
                        byline_name(xml_line(n, arena)), arena);
    if (out->author_count > 0)
        return;
    const struct text line = byline_of(byline, arena);
    authors = arena_alloc(arena, byline_count_max(line) * sizeof *authors);
    out->author_count = byline_split(line, authors);
    out->authors = authors;
}

/* <meta name="…" content="…"> */
static struct text meta_of(const struct xml_node *root, const char *name,
                           struct arena *arena)
{
    const struct xml_node *meta = xml_find_with(root, "meta", "name", name);
    return arena_text(arena, xml_attribute(meta, "content"));
}

/* The New York Times' archive has its first paragraph twice: as a block of its
 * own, and in that of the full text. */
static const struct xml_node *text_of(const struct xml_node *root)
{
    const struct xml_node *content = xml_find(root, "body.content");
    const struct xml_node *full =
        xml_find_with(content, "block", "class", "full_text");
    return full ? full : content;
}

/* An embargo is over when the release was. */
static const char *status_of(const struct xml_request *request)
{
    const struct xml_node *root = request->node;
    timestamp release;
    const struct xml_node *data = xml_find(root, "docdata");
    struct text status = xml_attribute(data, "management-status");
    if (text_is(status, "canceled") || text_is(status, "withheld"))
        return text_is(status, "canceled") ? "canceled" : "withheld";
    bool over = timestamp_parse(
                    attribute_of(root, "date.release", "norm", request->arena),
                    &release) &&
                release <= request->now;
    return text_is(status, "embargoed") && !over ? "embargoed" : NULL;
}

static const char *nitf_read(struct article *out,
                             const struct xml_request *request)
{
    const struct xml_node *root = request->node;
    struct arena *arena = request->arena;
    out->id = attribute_of(root, "doc-id", "id-string", arena);
    const char *reason = status_of(request);
    if (reason)
        return reason;
    const struct xml_node *head = xml_find(root, "body.head");
    out->title = xml_line_of(head, "hl1", arena);
    if (out->title.len == 0)
        out->title = xml_line_of(head, "headline", arena);
    if (out->title.len == 0)
        out->title = xml_line_of(root, "title", arena);
    out->body = xml_paragraphs(text_of(root), arena);
    set(&out->source, attribute_of(root, "doc-id", "regsrc", arena));
    set(&out->source, xml_line_of(head, "distributor", arena));
    set(&out->source, attribute_of(root, "pubdata", "name", arena));
    set(&out->source, attribute_of(root, "doc.copyright", "holder", arena));
    set(&out->section, attribute_of(root, "tobject", "tobject.type", arena));
    set(&out->section,
        attribute_of(root, "pubdata", "position.section", arena));
    set(&out->section, meta_of(root, "online_sections", arena));
    set(&out->section, meta_of(root, "dsk", arena));
    const struct text address = attribute_of(root, "pubdata", "ex-ref", arena);
    if (text_starts_with(address, (struct text)TEXT("http")))
        out->url = address;
    out->language = arena_text(arena, xml_attribute(root, "lang"));
    if (out->language.len == 0)
        out->language = arena_text(arena, xml_attribute(root, "baselang"));
    read_dates(out, request);
    read_byline(out, root, arena);
    read_tags(out, root, arena);
    return NULL;
}

static const char *const roots[] = {"nitf", NULL};
static const char *const records[] = {"nitf", NULL};

static const struct xml_format xml = {
    .roots = roots,
    .names = {.records = records},
    .read = nitf_read,
};

static int nitf_recognise(struct text head)
{
    return xml_records_recognise(head, &xml);
}

static enum status nitf_open(struct reader **out, struct input *in,
                             struct error *err)
{
    (void)err;
    return xml_records_open(out, in, &xml);
}

const struct reader_format reader_nitf = {
    .name = "nitf",
    .summary = "NITF: news agency articles",
    .recognise = nitf_recognise,
    .open = nitf_open,
    .next = xml_records_next,
    .free = xml_records_free,
};
