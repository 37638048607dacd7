/* Reads RCV1, the Reuters Corpus: a <newsitem> a file
 * (https://trec.nist.gov/data/reuters/reuters.html). */
#include "indexer/byline.h"
#include "indexer/xml_records.h"

extern const struct reader_format reader_rcv1;

enum { TAGS_MAX = 64 };

/* <codes class="bip:topics:1.0"><code code="C15">… */
static void read_tags(struct article *out, const struct xml_node *item,
                      struct arena *arena)
{
    static const char *const kinds[][2] = {
        {"bip:topics", "topic:"},
        {"bip:countries", "place:"},
        {"bip:industries", "industry:"},
    };
    struct text *tags = arena_alloc(arena, TAGS_MAX * sizeof *tags);
    for (const struct xml_node *n = NULL; (n = xml_next(item, n, "code"));)
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
            if (text_starts_with(xml_attribute(n->parent, "class"),
                                 text_from(kinds[i][0])))
                xml_records_tag(tags, &out->tag_count, TAGS_MAX, kinds[i][1],
                                xml_attribute(n, "code"), arena);
    xml_records_tag(tags, &out->tag_count, TAGS_MAX,
                    "dateline:", xml_line_of(item, "dateline", arena), arena);
    out->tags = tags;
}

/* <dc element="dc.publisher" value="…"/> */
static struct text said_of(const struct xml_node *item, const char *element,
                           struct arena *arena)
{
    const struct xml_node *dc = xml_find_with(item, "dc", "element", element);
    return arena_text(arena, xml_attribute(dc, "value"));
}

static const char *rcv1_read(struct article *out,
                             const struct xml_request *request)
{
    const struct xml_node *item = request->node;
    struct arena *arena = request->arena;
    struct text *id_and_author = arena_alloc(arena, 2 * sizeof *id_and_author);
    size_t ids = 0;
    xml_records_tag(id_and_author, &ids, 1, "rcv1-",
                    xml_attribute(item, "itemid"), arena);
    if (ids > 0)
        out->id = id_and_author[0];
    out->title = xml_line_of(item, "headline", arena);
    if (out->title.len == 0)
        out->title = xml_line_of(item, "title", arena);
    out->body = xml_paragraphs(xml_child(item, "text"), arena);
    out->source = said_of(item, "dc.publisher", arena);
    out->language = arena_text(arena, xml_attribute(item, "lang"));
    xml_records_date(out, request, xml_attribute(item, "date"),
                     DATING_EXPLICIT);
    xml_records_date(out, request, said_of(item, "dc.date.published", arena),
                     DATING_EXPLICIT);
    out->authors = id_and_author + 1;
    xml_records_tag(id_and_author + 1, &out->author_count, 1, "",
                    byline_name(xml_line_of(item, "byline", arena)), arena);
    read_tags(out, item, arena);
    return NULL;
}

static const char *const roots[] = {"newsitem", NULL};
static const char *const records[] = {"newsitem", NULL};

static const struct xml_format xml = {
    .roots = roots,
    .names = {.records = records},
    .read = rcv1_read,
};

static int rcv1_recognise(struct text head)
{
    return xml_records_recognise(head, &xml);
}

static enum status rcv1_open(struct reader **out, struct input *in,
                             struct error *err)
{
    (void)err;
    return xml_records_open(out, in, &xml);
}

const struct reader_format reader_rcv1 = {
    .name = "rcv1",
    .summary = "RCV1: the Reuters Corpus",
    .recognise = rcv1_recognise,
    .open = rcv1_open,
    .next = xml_records_next,
    .free = xml_records_free,
};
