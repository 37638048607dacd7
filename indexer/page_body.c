#include "indexer/page_body.h"

#include <string.h>

#include "indexer/html_text.h"
#include "indexer/page_clean.h"
#include "indexer/page_noise.h"
#include "indexer/page_weight.h"

enum { LEVELS_UP = 8, HEADLINE_MIN = 10, HEADLINE_MAX = 400 };

static void drop_noise(const struct page_nodes *page)
{
    uint32_t all = page->list[0]->good;
    for (size_t i = 0; i < page->count; i++) {
        struct html_node *n = page->list[i];
        if (n->tag == HTML_TEXT || n->out)
            continue;
        enum page_noise noise = page_noise_of(n);
        bool most = n->good * 5 > all * (n->core ? 2 : 3);
        bool kept = page_body_mark(n) > 1 || n->tag == HTML_BLOCKQUOTE ||
                    (most && (n->core || noise == PAGE_MAYBE_NOISE));
        if (noise == PAGE_NOISE || (noise > PAGE_NO_NOISE && !kept))
            n->dropped = true;
    }
}

/* What the page is called by itself and in the window's title. */
static bool is_headline(const struct html_node *n, struct text title,
                        struct arena *arena)
{
    if (n->tag != HTML_H1 && n->tag != HTML_H2 && n->tag != HTML_H3)
        return false;
    if (n->out || n->size < HEADLINE_MIN || n->size > HEADLINE_MAX)
        return false;
    struct text line = html_text_line(n, arena);
    return line.len > 0 && title.len >= line.len &&
           memmem(title.ptr, title.len, line.ptr, line.len) != NULL;
}

static const struct html_node *find_headline(const struct page_nodes *page,
                                             struct arena *arena)
{
    const struct html_node *first = NULL;
    struct text title = {NULL, 0};
    for (size_t i = 0; i < page->count; i++) {
        const struct html_node *n = page->list[i];
        if (n->tag == HTML_TITLE && title.len == 0 && n->first)
            title = html_text_plain(n->first->text, arena);
        else if (is_headline(n, title, arena))
            return n;
        else if (n->tag == HTML_H1 && !n->out && n->size > 0 && !first)
            first = n;
    }
    return first;
}

/* How far up from `n` one must go to have the headline below. */
static unsigned levels_to(const struct html_node *headline,
                          const struct html_node *n)
{
    const struct html_node *above = headline;
    unsigned levels = 0;
    while (above && above->depth > n->depth)
        above = above->parent;
    for (; above != n; n = n->parent) {
        if (above && above->depth == n->depth)
            above = above->parent;
        levels++;
    }
    return levels;
}

/* Nearer to good paragraphs than any other; marks count as a half more. */
static struct html_node *find_top(const struct page_nodes *page,
                                  const struct html_node *headline)
{
    bool passed = headline == NULL;
    struct html_node *best = NULL;
    float best_score = 0;
    for (size_t i = 0; i < page->count; i++) {
        struct html_node *n = page->list[i];
        passed = passed || n == headline;
        if (n->out || n->near <= 0 || n->tag == HTML_HTML)
            continue;
        int mark = page_body_mark(n);
        float score = n->near * (mark > 1 ? 1.6F : mark > 0 ? 1.2F : 1.0F);
        if (headline)
            score /= 1 + 0.1F * (float)levels_to(headline, n);
        if (n->tag == HTML_UL || n->tag == HTML_OL)
            score *= 0.5F;
        score *= 1 - (float)n->links / (float)(n->size + 1);
        if (score > best_score) {
            best = n;
            best_score = score;
        }
    }
    return best;
}

static struct text first_word(struct text t)
{
    struct text word = {NULL, 0};
    t = text_trim(t);
    (void)text_split(&t, ' ', &word);
    return word;
}

/* Of one kind in the eyes of who wrote the page. */
static bool is_alike(const struct html_node *a, const struct html_node *b)
{
    return a->tag == b->tag &&
           text_equal(first_word(html_attribute(a, "class")),
                      first_word(html_attribute(b, "class")));
}

static bool is_flow(const struct html_node *n)
{
    return n->tag == HTML_P || n->tag == HTML_BLOCKQUOTE ||
           n->tag == HTML_PRE ||
           (n->good > 0 && n->good == n->own && n->links * 3 < n->size);
}

/* Text beside `branch` that belongs to the same article. */
static uint32_t good_beside(const struct html_node *branch)
{
    uint32_t good = 0;
    for (const struct html_node *c = branch->parent->first; c; c = c->next)
        if (c != branch && !c->out &&
            (is_flow(c) || (is_alike(c, branch) && !page_is_card(c))))
            good += c->good;
    return good;
}

static void drop_beside(struct html_node *branch)
{
    bool before = true;
    for (struct html_node *c = branch->parent->first; c; c = c->next) {
        if (c == branch)
            before = false;
        else if (c->tag != HTML_TEXT && !is_flow(c) &&
                 (!is_alike(c, branch) || page_is_card(c)) &&
                 !(before && page_is_lead(c)) &&
                 (c->good > 0 || c->links * 2 > c->size))
            c->dropped = true;
    }
}

static bool has_lead_before(const struct html_node *branch)
{
    for (const struct html_node *c = branch->parent->first; c && c != branch;
         c = c->next)
        if (!c->out && page_is_lead(c))
            return true;
    return false;
}

/* Goes up from `top` as long as there is more of the article beside it. */
static struct html_node *widen(struct html_node *top)
{
    struct html_node *body = top, *branch = top;
    for (int i = 0; i < LEVELS_UP && branch->parent &&
                    branch->tag != HTML_BODY && branch->tag != HTML_ARTICLE;
         i++, branch = branch->parent) {
        bool more = good_beside(branch) * 20 > body->good;
        if (!more && !has_lead_before(branch))
            continue;
        for (struct html_node *b = body; b != branch->parent; b = b->parent)
            drop_beside(b);
        body = branch->parent;
    }
    return body;
}

/* An article so short that no paragraph of it weighs anything. */
static struct html_node *find_marked(const struct page_nodes *page)
{
    struct html_node *best = NULL;
    int most = 0;
    for (size_t i = 0; i < page->count; i++) {
        struct html_node *n = page->list[i];
        int mark = n->out || n->size == n->links ? 0 : page_body_mark(n);
        if (mark > most && n->tag != HTML_MAIN) {
            best = n;
            most = mark;
        }
    }
    return best;
}

/* Where marks of boilerplate leave nothing, they are not believed. */
static struct html_node *find_article(const struct page_nodes *page,
                                      struct arena *arena)
{
    page_weigh(page);
    drop_noise(page);
    page_weigh(page);
    struct html_node *top = find_top(page, find_headline(page, arena));
    if (!top)
        top = find_marked(page);
    if (top)
        return top;
    for (size_t i = 0; i < page->count; i++)
        page->list[i]->dropped = false;
    page_weigh(page);
    return find_top(page, find_headline(page, arena));
}

bool page_body_is_index(const struct html_node *body)
{
    enum { HEADINGS_MIN = 4 };
    size_t headings = 0, paragraphs = 0;
    for (const struct html_node *n = body; n; n = html_next(body, n)) {
        bool heading = n->tag >= HTML_H1 && n->tag <= HTML_H6;
        headings +=
            heading && !n->out && n->size > 0 && n->links * 10 > n->size * 8;
        paragraphs += n->tag == HTML_P && !n->out && n->good > 0;
    }
    return headings >= HEADINGS_MIN && headings * 2 >= paragraphs;
}

struct html_node *page_body_find(struct html_node *root, struct arena *arena)
{
    struct page_nodes page = page_nodes_list(root, arena);
    struct html_node *top = find_article(&page, arena);
    if (!top)
        return NULL;
    struct html_node *body = widen(top);
    page_clean(body, arena);
    return body;
}
