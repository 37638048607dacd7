#include "indexer/page_opening.h"

#include <string.h>
#include <strings.h>

#include "common/dating.h"
#include "indexer/byline.h"
#include "indexer/date_in_text.h"
#include "indexer/html_text.h"

enum { LINES_MAX = 16, LINE_MAX_BYTES = 160, BEFORE_MAX = 3 };

/* Words beside a date in a line that is only about it; in one that also has the
 * time of day; in one that is marked as being about it. */
enum { BESIDE_DAY = 3, BESIDE_TIME = 7, BESIDE_MARK = 12 };

enum { NAME_MAX_BYTES = 80, NAME_WORDS_MAX = 9, TRIMMED_MAX = 5 };

struct line {
    struct text text;
    bool date, byline; /* marked as such */
};

struct lines {
    struct line list[LINES_MAX];
    size_t count;
};

/* --- lines ---------------------------------------------------------------- */

static bool is_aside(const struct html_node *n)
{
    switch (n->tag) {
    case HTML_ASIDE:
    case HTML_BUTTON:
    case HTML_FIGURE:
    case HTML_FIGCAPTION:
    case HTML_FORM:
    case HTML_NAV:
        return true;
    default:
        return html_text_is_silent(n->tag);
    }
}

static bool has_class(const struct html_node *n, const char *const *words)
{
    for (; *words; words++)
        if (text_contains(html_attribute(n, "class"), *words) ||
            text_contains(html_attribute(n, "id"), *words))
            return true;
    return false;
}

static void mark(struct line *line, const struct html_node *n)
{
    static const char *const dates[] = {"date",    "Date",   "time",
                                        "Time",    "datum",  "fecha",
                                        "publish", "posted", NULL};
    static const char *const bylines[] = {"byline", "Byline", "author",
                                          "Author", "autor",  "auteur",
                                          "writer", "credit", NULL};
    enum { LEVELS = 4 };
    for (int i = 0; i < LEVELS && n; i++, n = n->parent) {
        line->date = line->date || n->tag == HTML_TIME || has_class(n, dates);
        line->byline = line->byline || has_class(n, bylines);
        if (html_is_block(n->tag) && i > 0)
            break;
    }
}

static const struct html_node *block_of(const struct html_node *n)
{
    while (n->parent && !html_is_block(n->tag))
        n = n->parent;
    return n;
}

static void end_line(struct lines *lines, struct strbuf *text,
                     const struct html_node *first, struct arena *arena)
{
    struct text line = html_text_plain(strbuf_text(text), arena);
    strbuf_reset(text);
    if (line.len == 0 || lines->count == LINES_MAX)
        return;
    lines->list[lines->count] = (struct line){.text = line};
    mark(&lines->list[lines->count++], first->parent);
}

/* From `n` up to `end` (NULL: no end) in the order of the page; ends with a
 * line that is longer than any about an article. */
static void collect(struct lines *lines, const struct html_node *root,
                    const struct html_node *n, const struct html_node *end,
                    struct arena *arena)
{
    AUTO_DONE(strbuf) text = STRBUF_INIT(64 << 10);
    const struct html_node *first = NULL;
    while (n && n != end && lines->count < LINES_MAX) {
        bool aside = is_aside(n);
        if (first && (n->tag == HTML_BR || (n->tag == HTML_TEXT &&
                                            block_of(n) != block_of(first)))) {
            end_line(lines, &text, first, arena);
            first = NULL;
        }
        if (n->tag == HTML_TEXT) {
            first = first ? first : n;
            strbuf_append(&text, n->text);
            strbuf_append_char(&text, ' ');
        }
        if (text.len > 4 * LINE_MAX_BYTES &&
            text_trim(strbuf_text(&text)).len > 2 * LINE_MAX_BYTES)
            return;
        n = aside ? html_skip(root, n) : html_next(root, n);
    }
    if (first)
        end_line(lines, &text, first, arena);
}

static const struct html_node *find_headline(const struct html_node *root,
                                             struct text title,
                                             struct arena *arena)
{
    enum { ALIKE_MIN = 10 };
    const struct html_node *first = NULL;
    for (const struct html_node *n = root; n; n = html_next(root, n)) {
        bool text = n->tag == HTML_TEXT && n->parent->tag != HTML_TITLE &&
                    !html_text_is_silent(n->parent->tag);
        bool heading = n->tag >= HTML_H1 && n->tag <= HTML_H4;
        if (!heading && !(text && n->text.len >= title.len))
            continue;
        struct text line = text ? text_trim(n->text) : html_text_line(n, arena);
        if (text_equal(line, title))
            return n;
        if (heading && !first && line.len >= ALIKE_MIN && title.len > 0 &&
            (text_starts_with(line, title) || text_starts_with(title, line)))
            first = n;
    }
    return first;
}

/* Behind the headline, then just before it. */
static void collect_around(struct lines *out, const struct html_node *root,
                           const struct html_node *headline,
                           struct arena *arena)
{
    struct lines before = {.count = 0};
    const struct html_node *around = headline->parent;
    collect(out, root, html_skip(root, headline), NULL, arena);
    if (around && around->parent && around->parent->tag != HTML_BODY &&
        around->parent->tag != HTML_HTML && around->tag != HTML_BODY)
        around = around->parent;
    if (around && around->tag != HTML_HTML)
        collect(&before, root, around, headline, arena);
    size_t from = before.count > BEFORE_MAX ? before.count - BEFORE_MAX : 0;
    for (size_t i = from; i < before.count && out->count < LINES_MAX; i++)
        out->list[out->count++] = before.list[i];
}

/* --- dates ---------------------------------------------------------------- */

static bool is_about_date(const struct line *line,
                          const struct date_in_text *date)
{
    bool timed = strchr(date->written, ':') != NULL;
    return date->rest <= (line->date ? BESIDE_MARK
                          : timed    ? BESIDE_TIME
                                     : BESIDE_DAY);
}

static void read_date(struct page_metadata *m, const struct lines *lines,
                      timestamp newest)
{
    struct date_in_text best, date;
    bool found = false, known = m->dated.published != TIMESTAMP_UNKNOWN;
    for (size_t i = 0; i < lines->count && !known && (!found || best.updated);
         i++) {
        const struct line *line = &lines->list[i];
        if (line->text.len > LINE_MAX_BYTES ||
            !date_in_text_find(line->text, m->language, &date) ||
            !is_about_date(line, &date))
            continue;
        if (!found || !date.updated)
            best = date;
        found = true;
    }
    if (found)
        (void)dating_read(&m->dated, text_from(best.written), DATING_TEXT,
                          newest);
}

/* --- authors -------------------------------------------------------------- */

/* Before a name, in any case. */
static const char *const labels[] = {"posted by ",
                                     "written by ",
                                     "published by ",
                                     "submitted by ",
                                     "story by ",
                                     "reported by ",
                                     "words by ",
                                     "escrito por ",
                                     "publicado por ",
                                     "soumis par ",
                                     "publié par ",
                                     "écrit par ",
                                     "rédigé par ",
                                     "ingediend door ",
                                     "geschreven door ",
                                     "geschrieben von ",
                                     "autor: ",
                                     "autorin: ",
                                     "author: ",
                                     "authors: ",
                                     "auteur : ",
                                     "auteur: ",
                                     "autore: ",
                                     "автор: ",
                                     "作者：",
                                     "作者:",
                                     "by ",
                                     NULL};

static struct text without_label(struct text line)
{
    for (size_t i = 0; labels[i]; i++) {
        const size_t len = strlen(labels[i]);
        if (line.len > len && strncasecmp(line.ptr, labels[i], len) == 0)
            return text_trim(text_slice(line, len, line.len));
    }
    return byline_name(line);
}

static bool begins_name(struct text word)
{
    static const char *const small[] = {
        "de",  "del", "der", "di", "da", "van", "von", "la", "le", "bin", "al",
        "dos", "and", "und", "et", "y",  "e",   "och", "og", "en", "&",   NULL};
    char c = word.ptr[0];
    return (c >= 'A' && c <= 'Z') || (c & 0x80) || text_is_one_of(word, small);
}

/* Two to nine words that begin as names do, "Ann Lee and Bo Ek" included. */
static bool is_name(struct text t)
{
    struct text word, rest = t;
    size_t words = 0;
    if (t.len == 0 || t.len > NAME_MAX_BYTES || !begins_name(t))
        return false;
    while (text_split(&rest, ' ', &word)) {
        if (word.len == 0 || !begins_name(word))
            return false;
        for (size_t i = 0; i < word.len; i++)
            if (strchr("0123456789:;!?@/\"", word.ptr[i]))
                return false;
        words++;
    }
    return words <= NAME_WORDS_MAX && (words > 1 || (t.ptr[0] & 0x80));
}

/* Up to what parts a name from what follows it. */
static struct text name_before(struct text line)
{
    static const char *const gaps[] = {
        "|",    "·",    "•",    "–",    "—",    " - ",  " / ",  "(",     ",",
        " on ", " of ", " at ", " le ", " am ", " op ", " el ", " den ", NULL};
    for (size_t i = 0; gaps[i]; i++) {
        const char *at = memmem(line.ptr, line.len, gaps[i], strlen(gaps[i]));
        if (at && at > line.ptr)
            line.len = (size_t)(at - line.ptr);
    }
    return text_trim(line);
}

/* "By Ann Lee, Staff Writer": Ann Lee; empty if there is no name. */
static struct text author_of(const struct line *line)
{
    struct text t = text_trim(line->text);
    if (t.len == 0 || t.len > LINE_MAX_BYTES)
        return text_make(NULL, 0);
    struct text name = without_label(t);
    bool said = name.ptr != t.ptr;
    name = name_before(name);
    return (said || line->byline) && is_name(name) ? name : text_make(NULL, 0);
}

static void read_author(struct page_metadata *m, const struct lines *lines,
                        struct arena *arena)
{
    for (size_t i = 0; i < lines->count && page_metadata_lacks_author(m); i++) {
        struct text name = author_of(&lines->list[i]);
        if (name.len > 0)
            page_metadata_person(m, name, arena);
    }
}

/* -------------------------------------------------------------------------- */

static void collect_text(struct lines *out, struct text body)
{
    struct text line;
    while (out->count < TRIMMED_MAX && text_split(&body, '\n', &line)) {
        if (line.len > LINE_MAX_BYTES)
            return;
        if (line.len > 0)
            out->list[out->count++] = (struct line){.text = line};
    }
}

void page_opening_read(struct page_metadata *m, const struct page_opening *o,
                       timestamp newest, struct arena *arena)
{
    struct lines lines = {.count = 0};
    const struct html_node *headline =
        o->title.len > 0 ? find_headline(o->root, o->title, arena) : NULL;
    if (headline)
        collect_around(&lines, o->root, headline, arena);
    else
        collect_text(&lines, o->body);
    read_date(m, &lines, newest);
    read_author(m, &lines, arena);
}

static bool is_reading_time(struct text line)
{
    enum { LENGTH_MAX = 24 };
    return line.len <= LENGTH_MAX && line.ptr[0] >= '0' && line.ptr[0] <= '9' &&
           (text_contains(line, " min") || text_contains(line, "-min"));
}

/* The first of them: others follow it in a line. */
static bool is_author(const struct page_metadata *m, struct text name)
{
    for (size_t i = 0; i < m->author_count; i++)
        if (name.len >= m->authors[i].len &&
            strncasecmp(name.ptr, m->authors[i].ptr, m->authors[i].len) == 0)
            return true;
    return false;
}

static bool is_opening(const struct page_metadata *m, struct text title,
                       struct text text)
{
    const struct line line = {.text = text};
    struct date_in_text date;
    if (text_equal(text, title) || is_reading_time(text))
        return true;
    if (date_in_text_find(text, m->language, &date) &&
        is_about_date(&line, &date))
        return true;
    struct text name = author_of(&line);
    return name.len > 0 ? is_author(m, name)
                        : is_author(m, text) && is_name(text);
}

struct text page_opening_trim(const struct page_metadata *m, struct text title,
                              struct text body)
{
    for (int i = 0; i < TRIMMED_MAX; i++) {
        struct text line, rest = body;
        (void)text_split(&rest, '\n', &line);
        line = text_trim(line);
        if (!rest.ptr || line.len == 0 || line.len > LINE_MAX_BYTES ||
            !is_opening(m, title, line))
            return body;
        body = text_trim(rest);
    }
    return body;
}
