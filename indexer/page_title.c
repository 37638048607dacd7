#include "indexer/page_title.h"

#include <string.h>

#include "indexer/html_text.h"

/* "Title - Site", "Title | Site", "Site: Title" */
static struct text without_site(struct text title, struct text site)
{
    static const char *const gaps[] = {" | ", " - ",  " – ", " — ",
                                       " · ", " :: ", " » ", NULL};
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

static struct text first_heading(const struct html_node *root,
                                 struct arena *arena)
{
    for (const struct html_node *n = root; n; n = html_next(root, n))
        if (n->tag == HTML_H1) {
            struct text line = html_text_line(n, arena);
            if (line.len > 0)
                return line;
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
        first_heading(root, arena), without_site(m->window, m->site)};
    enum { COUNT = sizeof candidates / sizeof *candidates };
    struct text title = {NULL, 0};
    for (size_t i = 0; i < COUNT && title.len == 0; i++)
        title = candidates[i];
    for (size_t i = 0; i < COUNT; i++)
        if (is_longer_by_label(title, candidates[i]) ||
            (i == 1 && is_longer_by_kicker(title, candidates[i])))
            title = candidates[i];
    return title;
}
