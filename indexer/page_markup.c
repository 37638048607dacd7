#include "indexer/page_markup.h"

#include <string.h>

#include "common/dating.h"
#include "indexer/date_in_text.h"
#include "indexer/html_text.h"

/* Whether one of the words of an attribute is `word`. */
static bool has_word(const struct html_node *n, const char *attribute,
                     const char *word)
{
    struct text rest = html_attribute(n, attribute), each;
    while (rest.len > 0 && text_split(&rest, ' ', &each))
        if (text_is_in_any_case(each, word))
            return true;
    return false;
}

/* "author", "schema:author" */
static bool is_property(const struct html_node *n, const char *name)
{
    static const char *const prefixes[] = {"", "schema:", "dc:", "dcterms:"};
    struct text rest = html_attribute(n, "property"), each;
    if (has_word(n, "itemprop", name))
        return true;
    while (rest.len > 0 && text_split(&rest, ' ', &each))
        for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
            const size_t len = strlen(prefixes[i]);
            if (text_starts_with(each, text_from(prefixes[i])) &&
                text_is(text_slice(each, len, each.len), name))
                return true;
        }
    return false;
}

static struct text value_of(const struct html_node *n, struct arena *arena)
{
    struct text content = html_attribute(n, "content");
    return content.len > 0 ? content : html_text_line(n, arena);
}

/* Of a person or organisation: its name, if it says which of its text that
 * is. */
static struct text name_of(const struct html_node *n, struct arena *arena)
{
    for (const struct html_node *c = html_next(n, n); c; c = html_next(n, c))
        if (is_property(c, "name") || has_word(c, "class", "fn"))
            return value_of(c, arena);
    return value_of(n, arena);
}

/* By an attribute, else by what people read. */
static void read_time(struct page_metadata *m, const struct html_node *n,
                      enum dating dating, timestamp newest, struct arena *arena)
{
    static const char *const attributes[] = {"datetime", "content", "title"};
    enum dating_verdict verdict = DATING_NO_DATE;
    struct date_in_text date;
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes &&
                       verdict == DATING_NO_DATE;
         i++) {
        struct text written = html_attribute(n, attributes[i]);
        if (written.len > 0)
            verdict = dating_read(&m->dated, written, dating, newest);
    }
    if (verdict == DATING_NO_DATE &&
        date_in_text_find(html_text_line(n, arena), m->language, &date))
        (void)dating_read(&m->dated, text_from(date.written), dating, newest);
}

static bool is_comment(const struct html_node *n)
{
    return has_word(n, "itemprop", "comment") ||
           has_word(n, "class", "comment") || has_word(n, "id", "comments") ||
           text_contains(html_attribute(n, "itemtype"), "/Comment");
}

static bool has_time(const struct html_node *n)
{
    for (const struct html_node *c = n->first; c; c = html_next(n, c))
        if (c->tag == HTML_TIME)
            return true;
    return false;
}

static void read_property(struct page_metadata *m, const struct html_node *n,
                          timestamp newest, struct arena *arena)
{
    if (is_property(n, "headline") || has_word(n, "class", "entry-title"))
        page_metadata_set(&m->headline, value_of(n, arena), arena);
    if (is_property(n, "datePublished"))
        read_time(m, n, DATING_EXPLICIT, newest, arena);
    if (has_word(n, "class", "dt-published") || is_property(n, "issued") ||
        (has_word(n, "class", "published") && !has_time(n)))
        read_time(m, n, DATING_EXPLICIT, newest, arena);
    if (is_property(n, "dateCreated") || is_property(n, "created"))
        read_time(m, n, DATING_METADATA, newest, arena);
    if (is_property(n, "articleSection"))
        page_metadata_set(&m->section, value_of(n, arena), arena);
    if (is_property(n, "publisher") || has_word(n, "class", "source-org"))
        page_metadata_set(&m->publisher, name_of(n, arena), arena);
}

static bool is_author(const struct html_node *n)
{
    bool card =
        (has_word(n, "class", "author") || has_word(n, "class", "byline")) &&
        has_word(n, "class", "vcard");
    return is_property(n, "author") || card ||
           has_word(n, "class", "p-author") ||
           (n->tag == HTML_A && has_word(n, "rel", "author"));
}

/* Several of one article stand side by side; others are of others. */
static bool is_beside(const struct html_node *a, const struct html_node *b)
{
    return a->parent == b->parent ||
           (a->parent && b->parent && a->parent->parent == b->parent->parent);
}

/* Few elements do; the others are not looked at a dozen times. */
static bool may_say(const struct html_node *n)
{
    static const char *const names[] = {"itemprop", "itemtype", "property",
                                        "rel", NULL};
    static const char *const classes[] = {
        "author",     "comment", "entry-title", "publish",
        "source-org", "vcard",   NULL};
    for (size_t i = 0; i < n->attribute_count; i++) {
        const struct html_attribute *a = &n->attributes[i];
        if (text_is_one_of(a->name, names))
            return true;
        if (!text_is(a->name, "class") && !text_is(a->name, "id"))
            continue;
        for (size_t c = 0; classes[c]; c++)
            if (text_contains(a->value, classes[c]))
                return true;
    }
    return false;
}

void page_markup_read(struct page_metadata *m, const struct html_node *root,
                      timestamp newest, struct arena *arena)
{
    struct page_metadata found = {.author_count = 0};
    const struct html_node *next, *first = NULL, *author = NULL;
    bool headline = false;
    for (const struct html_node *n = root; n; n = next) {
        bool says = may_say(n);
        bool comment = says && is_comment(n);
        next = comment ? html_skip(root, n) : html_next(root, n);
        if (comment || n->tag == HTML_TEXT)
            continue;
        if (says)
            read_property(m, n, newest, arena);
        if (says && is_author(n) && (!author || is_beside(author, n))) {
            page_metadata_author(&found, name_of(n, arena), arena);
            author = found.author_count > 0 ? n : NULL;
        }
        /* Before the first heading and far below, times are others'. */
        headline = headline || n->tag == HTML_H1;
        if (n->tag == HTML_TIME && !first && headline)
            first = n;
    }
    if (first)
        read_time(m, first, DATING_METADATA, newest, arena);
    page_metadata_set(&m->site, m->publisher, arena);
    page_metadata_replace_authors(m, &found);
}
