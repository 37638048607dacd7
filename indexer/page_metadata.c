#include "indexer/page_metadata.h"

#include <string.h>

#include "common/dating.h"
#include "indexer/byline.h"
#include "indexer/html_text.h"
#include "indexer/page_linked_data.h"
#include "indexer/page_markup.h"

enum { NAME_MAX_BYTES = 120, DAY_SECONDS = 86400 };

void page_metadata_set(struct text *to, struct text t, struct arena *arena)
{
    if (to->len == 0 && t.len > 0)
        *to = html_text_plain(t, arena);
}

static bool is_listed(const struct text *list, size_t count, struct text t)
{
    for (size_t i = 0; i < count; i++)
        if (text_equal(list[i], t))
            return true;
    return false;
}

/* Whoever set up the site. */
static bool is_account(struct text name)
{
    static const char *const names[] = {"admin", "administrator", "root",
                                        "super user", "webmaster"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_is_in_any_case(name, names[i]))
            return true;
    return false;
}

static void add_author(struct page_metadata *m, struct text name)
{
    bool address = text_starts_with(name, (struct text)TEXT("http"));
    if (name.len == 0 || name.len > NAME_MAX_BYTES || address ||
        is_account(name) || m->author_count == PAGE_AUTHORS_MAX ||
        is_listed(m->authors, m->author_count, name))
        return;
    m->authors[m->author_count++] = name;
}

/* Ends in two words that no small letter of ASCII begins: "Ann Lee". */
static bool is_person(struct text name)
{
    size_t words = 0;
    for (size_t i = name.len; i-- > 0 && words < 2;)
        if (i == 0 || name.ptr[i - 1] == ' ') {
            if (name.ptr[i] >= 'a' && name.ptr[i] <= 'z')
                return false;
            words++;
        }
    return words == 2;
}

/* Where "Ann Lee and Bo Ek" parts, and how long that is; 0 for nowhere. */
static size_t conjunction(struct text name, size_t *length)
{
    static const char *const words[] = {" and ", " und ", " et ", " og ",
                                        " och ", " & ",   " y ",  " e ",
                                        " en ",  " i ",   NULL};
    for (size_t i = 0; words[i]; i++) {
        *length = strlen(words[i]);
        const char *at = memmem(name.ptr, name.len, words[i], *length);
        if (at)
            return (size_t)(at - name.ptr);
    }
    return 0;
}

bool page_metadata_lacks_author(const struct page_metadata *m)
{
    const struct text author = m->authors[0];
    return m->author_count == 0 || (m->author_count == 1 && m->site.len > 0 &&
                                    (text_starts_with(m->site, author) ||
                                     text_starts_with(author, m->site)));
}

/* With a conjunction, a list's commas are between authors, too, or before their
 * agency or place. */
void page_metadata_author(struct page_metadata *m, struct text name,
                          struct arena *arena)
{
    size_t length = 0;
    name = byline_name(html_text_plain(name, arena));
    size_t at = name.len > 0 ? conjunction(name, &length) : 0;
    struct text sides[] = {text_slice(name, 0, at),
                           text_slice(name, at + length, name.len)};
    struct text part, rest = sides[1];
    (void)text_split(&rest, ',', &part);
    if (at == 0 || !is_person(sides[0]) || !is_person(part)) {
        add_author(m, name);
        return;
    }
    for (size_t i = 0; i < 2; i++)
        while (text_split(&sides[i], ',', &part))
            add_author(m, text_trim(part));
}

void page_metadata_replace_authors(struct page_metadata *m,
                                   const struct page_metadata *other)
{
    if (other->author_count == 0 || !page_metadata_lacks_author(m) ||
        (m->author_count > 0 && !is_person(other->authors[0])))
        return;
    memcpy(m->authors, other->authors, sizeof m->authors);
    m->author_count = other->author_count;
}

void page_metadata_person(struct page_metadata *m, struct text name,
                          struct arena *arena)
{
    struct page_metadata other = {.author_count = 0};
    page_metadata_author(&other, name, arena);
    page_metadata_replace_authors(m, &other);
}

void page_metadata_tag(struct page_metadata *m, struct text name,
                       struct arena *arena)
{
    name = html_text_plain(name, arena);
    if (name.len == 0 || name.len > NAME_MAX_BYTES ||
        m->tag_count == PAGE_TAGS_MAX || is_listed(m->tags, m->tag_count, name))
        return;
    m->tags[m->tag_count++] = name;
}

/* --- meta ----------------------------------------------------------------- */

enum field {
    SOCIAL,
    SITE,
    SECTION,
    LANGUAGE,
    URL,
    SUMMARY,
    KIND,
    AUTHOR,
    TAG,
    PUBLISHED,
    DATE
};

/* In the order of trust: a name further down counts only if none above it is
 * there. */
static const struct {
    const char *name;
    enum field field;
} names[] = {
    {"og:title", SOCIAL},
    {"twitter:title", SOCIAL},
    {"dc.title", SOCIAL},
    {"dcterms.title", SOCIAL},
    {"parsely-title", SOCIAL},
    {"sailthru.title", SOCIAL},
    {"citation_title", SOCIAL},
    {"og:site_name", SITE},
    {"application-name", SITE},
    {"dc.publisher", SITE},
    {"article:section", SECTION},
    {"section", SECTION},
    {"parsely-section", SECTION},
    {"cxenseparse:category", SECTION},
    {"og:url", URL},
    {"parsely-link", URL},
    {"og:description", SUMMARY},
    {"description", SUMMARY},
    {"og:type", KIND},
    {"og:locale", LANGUAGE},
    {"content-language", LANGUAGE},
    {"dc.language", LANGUAGE},
    {"dcterms.language", LANGUAGE},
    {"author", AUTHOR},
    {"article:author", AUTHOR},
    {"article:author_name", AUTHOR},
    {"byl", AUTHOR},
    {"dc.creator", AUTHOR},
    {"dcterms.creator", AUTHOR},
    {"parsely-author", AUTHOR},
    {"sailthru.author", AUTHOR},
    {"cxenseparse:author", AUTHOR},
    {"article:tag", TAG},
    {"news_keywords", TAG},
    {"parsely-tags", TAG},
    {"sailthru.tags", TAG},
    {"article:published_time", PUBLISHED},
    {"og:article:published_time", PUBLISHED},
    {"datepublished", PUBLISHED},
    {"og:published_time", PUBLISHED},
    {"dcterms.issued", PUBLISHED},
    {"citation_publication_date", PUBLISHED},
    {"citation_date", DATE},
    {"parsely-pub-date", DATE},
    {"sailthru.date", DATE},
    {"publication_date", DATE},
    {"publish-date", DATE},
    {"publishdate", DATE},
    {"pubdate", DATE},
    {"article.published", DATE},
    {"cxenseparse:recs:publishtime", DATE},
    {"dc.date.issued", DATE},
    {"dcterms.created", DATE},
    {"dc.date.created", DATE},
    {"dc.date", DATE},
    {"dcterms.date", DATE},
    {"last-modified", DATE},
    {"date", DATE},
};
enum { NAME_COUNT = sizeof names / sizeof *names };

static void add_each(struct page_metadata *m, struct text list, char separator,
                     struct arena *arena)
{
    struct text word;
    while (text_split(&list, separator, &word))
        page_metadata_tag(m, word, arena);
}

static void take(struct page_metadata *m, enum field field, struct text value,
                 timestamp newest, struct arena *arena)
{
    switch (field) {
    case SOCIAL:
        page_metadata_set(&m->social, value, arena);
        break;
    case SITE:
        page_metadata_set(&m->site, value, arena);
        break;
    case SECTION:
        page_metadata_set(&m->section, value, arena);
        break;
    case LANGUAGE:
        page_metadata_set(&m->language, value, arena);
        break;
    case URL:
        page_metadata_set(&m->url, value, arena);
        break;
    case SUMMARY:
        page_metadata_set(&m->summary, value, arena);
        break;
    case KIND:
        page_metadata_set(&m->kind, value, arena);
        break;
    case AUTHOR:
        page_metadata_person(m, value, arena);
        break;
    case TAG:
        add_each(m, value, ',', arena);
        break;
    case PUBLISHED:
        (void)dating_read(&m->dated, value, DATING_EXPLICIT, newest);
        break;
    case DATE:
        (void)dating_read(&m->dated, value, DATING_METADATA, newest);
        break;
    }
}

static bool is_called(const struct html_node *meta, const char *name)
{
    static const char *const attributes[] = {"property", "name", "itemprop",
                                             "http-equiv"};
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
        struct text value = html_attribute(meta, attributes[i]);
        if (text_is_in_any_case(value, name))
            return true;
    }
    return false;
}

static void read_metas(struct page_metadata *m, const struct html_node *root,
                       timestamp newest, struct arena *arena)
{
    struct text values[NAME_COUNT] = {{NULL, 0}};
    for (const struct html_node *n = root; n; n = html_next(root, n)) {
        if (n->tag != HTML_META)
            continue;
        struct text content = html_attribute(n, "content");
        for (size_t i = 0; i < NAME_COUNT && content.len > 0; i++) {
            if (!is_called(n, names[i].name))
                continue;
            if (values[i].len == 0)
                values[i] = content;
            else if (names[i].field == TAG)
                page_metadata_tag(m, content, arena);
        }
    }
    for (size_t i = 0; i < NAME_COUNT; i++)
        if (values[i].len > 0)
            take(m, names[i].field, values[i], newest, arena);
}

/* --- the page ------------------------------------------------------------- */

static void read_links(struct page_metadata *m, const struct html_node *root,
                       struct arena *arena)
{
    for (const struct html_node *n = root; n; n = html_next(root, n)) {
        if (n->tag == HTML_LINK &&
            text_is(html_attribute(n, "rel"), "canonical"))
            page_metadata_set(&m->url, html_attribute(n, "href"), arena);
        if (n->tag == HTML_BASE)
            page_metadata_set(&m->base, html_attribute(n, "href"), arena);
        if (n->tag == HTML_TITLE && n->first)
            page_metadata_set(&m->window, n->first->text, arena);
    }
    page_metadata_set(&m->language, html_attribute(root, "lang"), arena);
    page_metadata_set(&m->language, html_attribute(root, "xml:lang"), arena);
}

static void read_scripts(struct page_metadata *m, const struct html_node *root,
                         timestamp newest, struct arena *arena)
{
    for (const struct html_node *n = root; n; n = html_next(root, n))
        if (n->tag == HTML_SCRIPT && n->first &&
            text_contains(html_attribute(n, "type"), "ld+json"))
            page_linked_data_read(m, n->first->text, newest, arena);
}

static bool digits(struct text t, size_t at, size_t count, int *out)
{
    *out = 0;
    for (size_t i = at; i < at + count; i++) {
        if (i >= t.len || t.ptr[i] < '0' || t.ptr[i] > '9')
            return false;
        *out = *out * 10 + (t.ptr[i] - '0');
    }
    return true;
}

static bool is_apart(struct text t, size_t at)
{
    return at < t.len && (t.ptr[at] == '/' || t.ptr[at] == '-');
}

struct text page_url_date(struct text url, char text[PAGE_URL_DATE_SIZE])
{
    for (size_t at = 1; at + 10 <= url.len; at++) {
        struct calendar day = {0};
        if (url.ptr[at - 1] != '/' && url.ptr[at - 1] != '-')
            continue;
        bool found = digits(url, at, 4, &day.year) && is_apart(url, at + 4) &&
                     digits(url, at + 5, 2, &day.month) &&
                     is_apart(url, at + 7) &&
                     digits(url, at + 8, 2, &day.day) &&
                     (at + 10 == url.len || url.ptr[at + 10] < '0' ||
                      url.ptr[at + 10] > '9');
        if (!found || day.year < 1990)
            continue;
        memcpy(text, url.ptr + at, 10);
        text[4] = text[7] = '-';
        return text_make(text, 10);
    }
    return text_make(NULL, 0);
}

void page_metadata_read(struct page_metadata *out, const struct html_node *root,
                        timestamp newest, struct arena *arena)
{
    *out = (struct page_metadata){.dated.published = TIMESTAMP_UNKNOWN,
                                  .modified = TIMESTAMP_UNKNOWN};
    read_scripts(out, root, newest, arena);
    read_links(out, root, arena);
    read_metas(out, root, newest, arena);
    page_markup_read(out, root, newest, arena);
    page_metadata_set(&out->site, out->website, arena);
    char day[PAGE_URL_DATE_SIZE];
    (void)dating_read(&out->dated, page_url_date(out->url, day), DATING_URL,
                      newest);
}
