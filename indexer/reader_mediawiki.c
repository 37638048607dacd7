/* Reads exports of MediaWiki, such as Wikinews: articles, not talk, not
 * redirects. */
#include "indexer/html_text.h"
#include "indexer/wiki_text.h"
#include "indexer/xml_records.h"

extern const struct reader_format reader_mediawiki;

enum { BODY_MAX = 64 << 20, TAGS_MAX = 64 };

/* The date that the article is under; not the last change of its page. */
static void read_date(struct article *out, const struct xml_request *request,
                      struct text wiki)
{
    static const char *const names[] = {"date", "datum", "fecha", "data",
                                        "дата", "Дата",  "tarih", "dateline"};
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

/* The page as it is now: an export may have all of its history. */
static const struct xml_node *last_revision(const struct xml_node *page)
{
    const struct xml_node *last = NULL;
    for (const struct xml_node *c = page->first; c; c = c->next)
        if (xml_is(c, "revision"))
            last = c;
    return last;
}

/* Old exports have no number of the page's space, only its name in the title.
 */
static bool is_elsewhere(struct text title)
{
    static const char *const spaces[] = {
        "Talk:",      "User:",      "User talk:",   "File:",      "Image:",
        "MediaWiki:", "Template:",  "Category:",    "Wikinews:",  "Help:",
        "Portal:",    "Special:",   "Wikipedia:",   "Benutzer:",  "Diskussion:",
        "Vorlage:",   "Kategorie:", "Bild:",        "Datei:",     "Hilfe:",
        "Discuter:",  "Modèle:",    "Utilisateur:", "Catégorie:", "Fichier:"};
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        if (text_starts_with(title, text_from(spaces[i])))
            return true;
    return false;
}

static void read_tags(struct article *out, struct text wiki,
                      struct arena *arena)
{
    struct text *tags = arena_alloc(arena, TAGS_MAX * sizeof *tags), name;
    for (size_t at = 0; wiki_text_category(wiki, &at, &name);)
        xml_records_tag(tags, &out->tag_count, TAGS_MAX, "subject:", name,
                        arena);
    out->tags = tags;
}

static const char *mediawiki_read(struct article *out,
                                  const struct xml_request *request)
{
    const struct xml_node *page = request->node;
    struct arena *arena = request->arena;
    struct text space = xml_line(xml_child(page, "ns"), arena);
    struct text title = xml_line(xml_child(page, "title"), arena);
    if (space.len > 0 ? !text_is(space, "0") : is_elsewhere(title))
        return "not-an-article";
    const struct xml_node *text = xml_find(last_revision(page), "text");
    struct text wiki = xml_content(text, arena);
    if (xml_child(page, "redirect") || wiki_text_is_redirect(wiki) ||
        xml_attribute(text, "deleted").len > 0)
        return "not-an-article";
    AUTO_DONE(strbuf) plain = STRBUF_INIT(BODY_MAX);
    AUTO_DONE(strbuf) resolved = STRBUF_INIT(BODY_MAX);
    wiki_text_append(&plain, wiki);
    html_text_resolve(strbuf_text(&plain), &resolved);
    out->title = title;
    out->body = xml_tidy(strbuf_text(&resolved), arena);
    read_tags(out, wiki, arena);
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
