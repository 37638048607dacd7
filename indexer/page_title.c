#include "indexer/page_title.h"

#include <string.h>

#include "indexer/html_text.h"

/* "Title - Site", "Title | Site", "Site: Title" */
static struct text without_site(struct text title, struct text site)
{
    static const char *const gaps[] = {" | ",  " - ", " – ", " — ", " · ",
                                       " :: ", " » ", " « ", NULL};
    for (size_t i = 0; gaps[i]; i++) {
        size_t len = strlen(gaps[i]);
        for (size_t at = title.len; at-- > 1;) {
            if (at + len > title.len || memcmp(title.ptr + at, gaps[i], len))
                continue;
            struct text end = text_slice(title, at + len, title.len);
            if (site.len > 0 &&
                (text_starts_with(end, site) || text_starts_with(site, end)))
                return text_trim(text_slice(title, 0, at));
        }
    }
    return title;
}

/* "Title - Site" is the window's title: the site's name is no headline. */
static bool is_site(struct text line, struct text window)
{
    static const char *const gaps[] = {" | ", " - ",  " – ", " — ",
                                       " · ", " :: ", " » ", NULL};
    if (line.len == 0 || window.len <= line.len)
        return false;
    struct text title = text_slice(window, 0, window.len - line.len);
    if (!text_equal(text_slice(window, title.len, line.len), line))
        return false;
    for (size_t i = 0; gaps[i]; i++) {
        const size_t len = strlen(gaps[i]);
        if (title.len > len &&
            memcmp(title.ptr + title.len - len, gaps[i], len) == 0)
            return true;
    }
    return false;
}

/* The first <h1>; where that has the site's name, the heading that the window's
 * title begins with. */
static struct text first_heading(const struct html_node *root,
                                 struct text window, struct arena *arena)
{
    bool site = false;
    for (const struct html_node *n = root; n; n = html_next(root, n)) {
        bool heading =
            site ? n->tag >= HTML_H1 && n->tag <= HTML_H4 : n->tag == HTML_H1;
        struct text line =
            heading ? html_text_line(n, arena) : text_make(NULL, 0);
        if (line.len == 0)
            continue;
        if (n->tag == HTML_H1 && is_site(line, window))
            site = true;
        else if (!site || text_starts_with(window, line))
            return line;
    }
    return text_make(NULL, 0);
}

/* A part of the window's title that stands by itself in the page, as headlines
 * did before there were <h1>. */
static struct text part_of_window(const struct html_node *root,
                                  struct text window)
{
    enum { PART_MIN = 12 };
    static const char *const gaps[] = {" - ", " | ", ": ", " – ", " — ", ", "};
    for (const struct html_node *n = root; n; n = html_next(root, n)) {
        struct text t = text_trim(n->text);
        if (n->tag != HTML_TEXT || t.len < PART_MIN || t.len >= window.len ||
            n->parent->tag == HTML_TITLE || n->parent->tag == HTML_A)
            continue;
        struct text before = text_slice(window, 0, window.len - t.len);
        bool last = text_equal(text_slice(window, before.len, t.len), t);
        struct text behind = text_slice(window, t.len, window.len);
        for (size_t i = 0; i < sizeof gaps / sizeof *gaps; i++) {
            const size_t len = strlen(gaps[i]);
            bool parted =
                before.len >= len &&
                memcmp(before.ptr + before.len - len, gaps[i], len) == 0;
            if ((last && parted) ||
                (text_starts_with(window, t) &&
                 text_starts_with(behind, text_from(gaps[i]))))
                return t;
        }
    }
    return text_make(NULL, 0);
}

/* "Title | Section | Site" where another of the page's titles is "Title". */
static bool is_longer_by_label(struct text title, struct text other)
{
    static const char *const gaps[] = {" |", " - ", " – ", "：",
                                       "｜", "-",   NULL};
    if (other.len == 0 || !text_starts_with(title, other))
        return false;
    struct text rest = text_slice(title, other.len, title.len);
    for (size_t i = 0; gaps[i]; i++)
        if (text_starts_with(rest, text_from(gaps[i])))
            return true;
    return false;
}

/* "Label: Title" where another of the page's titles is "Title". */
static bool is_longer_by_kicker(struct text title, struct text other)
{
    if (other.len == 0 || title.len < other.len + 2)
        return false;
    struct text kicker = text_slice(title, 0, title.len - other.len);
    struct text end = text_slice(title, kicker.len, other.len);
    return text_equal(end, other) && kicker.ptr[kicker.len - 1] == ' ' &&
           kicker.ptr[kicker.len - 2] == ':';
}

struct text page_title_choose(const struct html_node *root,
                              const struct page_metadata *m,
                              struct arena *arena)
{
    const struct text candidates[] = {
        without_site(m->title, m->site), without_site(m->social, m->site),
        m->headline, first_heading(root, m->window, arena),
        without_site(m->window, m->site)};
    enum { COUNT = sizeof candidates / sizeof *candidates };
    struct text title = {NULL, 0};
    for (size_t i = 0; i < COUNT && title.len == 0; i++)
        title = i + 1 < COUNT ? candidates[i] : part_of_window(root, m->window);
    if (title.len == 0)
        title = candidates[COUNT - 1];
    for (size_t i = 0; i < COUNT; i++)
        if (is_longer_by_label(title, candidates[i]) ||
            (i == 1 && is_longer_by_kicker(title, candidates[i])))
            title = candidates[i];
    return title;
}

struct text page_title_site(struct text title, struct text window)
{
    enum { SITE_MAX = 40 };
    static const char *const gaps[] = {" | ",  " - ", " – ", " — ", " · ",
                                       " :: ", " » ", " › ", "_",   NULL};
    struct text site = {NULL, 0};
    if (title.len == 0 || !text_starts_with(window, title))
        return site;
    struct text rest = text_slice(window, title.len, window.len);
    for (size_t i = 0; gaps[i] && site.len == 0; i++)
        if (text_starts_with(rest, text_from(gaps[i])))
            site = text_slice(rest, strlen(gaps[i]), rest.len);
    for (size_t i = 0; gaps[i]; i++)
        if (site.len > SITE_MAX || text_contains(site, gaps[i]))
            return text_make(NULL, 0);
    return text_trim(site);
}
