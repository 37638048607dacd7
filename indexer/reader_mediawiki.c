/* Reads exports of MediaWiki, such as Wikinews: articles, not talk, not
 * redirects. */
#include "indexer/wiki_text.h"
#include "indexer/xml_records.h"

extern const struct reader_format reader_mediawiki;

enum { BODY_MAX = 64 << 20 };

/* The date that the article is under; not the last change of its page. */
static void read_date(struct article *out, const struct xml_request *request,
                      struct text wiki)
{
    static const char *const names[] = {"date", "datum", "Date"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        xml_records_date(out, request, wiki_text_template(wiki, names[i]),
                         DATING_TEXT);
}

/* "https://en.wikinews.org/wiki/Main_Page" and a title */
static struct text url_of(struct text base, struct text title,
                          struct arena *arena)
{
    size_t len = base.len;
    while (len > 0 && base.ptr[len - 1] != '/')
        len--;
    if (len == 0)
        return text_make(NULL, 0);
    AUTO_DONE(strbuf) url = STRBUF_INIT(len + title.len + 1);
    strbuf_append(&url, text_slice(base, 0, len));
    for (size_t i = 0; i < title.len; i++)
        strbuf_append_char(&url, title.ptr[i] == ' ' ? '_' : title.ptr[i]);
    return arena_text(arena, strbuf_text(&url));
}

static const char *mediawiki_read(struct article *out,
                                  const struct xml_request *request)
{
    const struct xml_node *page = request->node;
    struct arena *arena = request->arena;
    struct text space = xml_line(xml_child(page, "ns"), arena);
    if ((space.len > 0 && !text_is(space, "0")) || xml_child(page, "redirect"))
        return "not-an-article";
    const struct xml_node *text = xml_find(xml_child(page, "revision"), "text");
    struct text wiki = xml_content(text, arena);
    AUTO_DONE(strbuf) plain = STRBUF_INIT(BODY_MAX);
    wiki_text_append(&plain, wiki);
    out->title = xml_line(xml_child(page, "title"), arena);
    out->body = xml_tidy(strbuf_text(&plain), arena);
    out->source = arena_text(arena, request->outer->source);
    out->url = url_of(request->outer->url, out->title, arena);
    read_date(out, request, wiki);
    return NULL;
}

static void mediawiki_outer(struct xml_outer *out, const struct xml_node *node,
                            struct arena *arena)
{
    struct text line = xml_line(node, arena);
    if (xml_is(node, "sitename"))
        out->source = line;
    else if (xml_is(node, "base"))
        out->url = line;
}

static const char *const roots[] = {"mediawiki", NULL};
static const char *const records[] = {"page", NULL};
static const char *const outers[] = {"sitename", "base", NULL};

static const struct xml_format xml = {
    .roots = roots,
    .names = {records, outers},
    .outer = mediawiki_outer,
    .read = mediawiki_read,
};

static int mediawiki_recognise(struct text head)
{
    return xml_records_recognise(head, &xml);
}

static enum status mediawiki_open(struct reader **out, struct input *in,
                                  struct error *err)
{
    (void)err;
    return xml_records_open(out, in, &xml);
}

const struct reader_format reader_mediawiki = {
    .name = "mediawiki",
    .summary = "an XML export of MediaWiki (Wikinews)",
    .recognise = mediawiki_recognise,
    .open = mediawiki_open,
    .next = xml_records_next,
    .free = xml_records_free,
};
