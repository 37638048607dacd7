#include "common/engine/glass_lengths.h"

#include <stdlib.h>
#include <string.h>

#include "common/engine/glass_postings.h"
#include "common/mem.h"

/* 4 MiB at most. */
enum { PAGE = GLASS_LENGTHS_PAGE, PAGES = 1024 };

/* Of the docids from `number` * PAGE on. */
struct page {
    uint32_t number;
    uint32_t lengths[PAGE];
};

/* A page that is asked for once, as by a program that answers one query, is not
 * worth memory of its own. */
struct glass_lengths {
    const struct glass_tree *tree;
    struct page *pages[PAGES]; /* by number modulo PAGES; NULL: not yet used */
    bool asked[PAGES];         /* for one of these numbers */
    struct page last;          /* that was asked for the first time */
};

struct glass_lengths *glass_lengths_new(const struct glass_tree *tree)
{
    struct glass_lengths *l = mem_zeroed(1, sizeof *l);
    l->tree = tree;
    l->last.number = UINT32_MAX;
    return l;
}

void glass_lengths_free(struct glass_lengths *l)
{
    if (!l)
        return;
    for (size_t i = 0; i < PAGES; i++)
        free(l->pages[i]);
    free(l);
}

static bool read_page(struct page *page, const struct glass_tree *tree,
                      uint32_t number)
{
    struct glass_postings p;
    const uint32_t from = number * PAGE, to = from + (PAGE - 1);
    memset(page->lengths, 0xff, sizeof page->lengths);
    enum glass_state state = glass_postings_open(&p, tree, text_make(NULL, 0));
    if (state == GLASS_THERE)
        state = glass_postings_seek(&p, from);
    while (state == GLASS_THERE && p.docid <= to) {
        page->lengths[p.docid - from] = p.count;
        state = glass_postings_next(&p);
    }
    glass_postings_done(&p);
    page->number = number;
    return state != GLASS_DAMAGED;
}

static const uint32_t *read_once(struct glass_lengths *l, uint32_t number)
{
    l->asked[number % PAGES] = true;
    if (!read_page(&l->last, l->tree, number)) {
        l->last.number = UINT32_MAX;
        return NULL;
    }
    return l->last.lengths;
}

const uint32_t *glass_lengths_page(struct glass_lengths *l, uint32_t docid)
{
    const uint32_t number = docid / PAGE;
    struct page **slot = &l->pages[number % PAGES];
    if (l->last.number == number)
        return l->last.lengths;
    if (!l->asked[number % PAGES])
        return read_once(l, number);
    if (!*slot || (*slot)->number != number) {
        if (!*slot)
            *slot = mem_alloc(sizeof **slot);
        if (!read_page(*slot, l->tree, number)) {
            free(*slot);
            *slot = NULL;
            return NULL;
        }
    }
    return (*slot)->lengths;
}

bool glass_lengths_get(struct glass_lengths *l, uint32_t docid, uint32_t *out)
{
    const uint32_t *page = glass_lengths_page(l, docid);
    if (!page)
        return false;
    *out = page[docid % PAGE];
    return *out != GLASS_NO_LENGTH;
}
