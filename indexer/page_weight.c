#include "indexer/page_weight.h"

#include "indexer/html_text.h"
#include "indexer/page_noise.h"

/* Bytes: a paragraph of fewer says little of where the article is. */
enum { PARAGRAPH_MIN = 60, LEVELS_TO_LINK = 4 };

struct page_nodes page_nodes_list(struct html_node *root, struct arena *arena)
{
    struct page_nodes page = {NULL, 0};
    for (struct html_node *n = root; n; n = html_next(root, n))
        page.count++;
    page.list = arena_alloc(arena, page.count * sizeof(struct html_node *));
    page.count = 0;
    for (struct html_node *n = root; n; n = html_next(root, n))
        page.list[page.count++] = n;
    return page;
}

bool page_is_paragraph(enum html_tag tag)
{
    switch (tag) {
    case HTML_ARTICLE:
    case HTML_BLOCKQUOTE:
    case HTML_BODY:
    case HTML_CENTER:
    case HTML_DD:
    case HTML_DIV:
    case HTML_LI:
    case HTML_MAIN:
    case HTML_P:
    case HTML_PRE:
    case HTML_SECTION:
    case HTML_TD:
        return true;
    default:
        return false;
    }
}

static bool is_within_link(const struct html_node *text,
                           const struct html_node *block)
{
    const struct html_node *p = text->parent;
    for (; p && p->depth + LEVELS_TO_LINK > block->depth; p = p->parent)
        if (p->tag == HTML_A)
            return true;
    return false;
}

/* The block in whose lines the text stands. */
static struct html_node *block_of(struct html_node *node)
{
    while (node->parent && !html_is_block(node->tag))
        node = node->parent;
    return node;
}

static void weigh_text(struct html_node *n)
{
    struct html_node *block = block_of(n);
    n->size = (uint32_t)html_text_length(n->text);
    if (is_within_link(n, block))
        n->links = n->size;
    else
        block->own += n->size;
}

static void clear(struct html_node *n)
{
    n->size = n->own = n->links = n->good = 0;
    n->near = 0;
    n->out = n->dropped || html_text_is_silent(n->tag) ||
             (n->parent && n->parent->out);
    n->core = !n->out && (n->tag == HTML_H1 || page_body_mark(n) > 0);
}

/* A paragraph speaks for its parent, half as much for that one's parent. */
static void add_to_parents(struct html_node *n)
{
    float share = (float)n->own;
    struct html_node *p = n->parent;
    for (int level = 0; p && level < 3; level++, p = p->parent) {
        p->near += share;
        share *= level == 0 ? 0.6F : 0.3F;
    }
}

void page_weigh(const struct page_nodes *page)
{
    for (size_t i = 0; i < page->count; i++)
        clear(page->list[i]);
    for (size_t i = 0; i < page->count; i++)
        if (page->list[i]->tag == HTML_TEXT && !page->list[i]->out)
            weigh_text(page->list[i]);
    for (size_t i = page->count; i-- > 0;) {
        struct html_node *n = page->list[i], *p = n->parent;
        if (page_is_paragraph(n->tag) && n->own >= PARAGRAPH_MIN &&
            n->links < n->own) {
            n->good += n->own;
            n->near += n->tag == HTML_BODY ? (float)n->own : 0;
            add_to_parents(n);
        }
        if (!p)
            continue;
        p->size += n->size;
        p->links += n->links;
        p->good += n->good;
        p->core = p->core || n->core;
    }
}
