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
 * worth memory of its own, nor, if single lengths are asked for, reading. */
struct glass_lengths {
    const struct glass_tree *tree;
    struct glass_postings reader; /* behind the page that was read last */
    enum glass_state state;       /* of it; GLASS_END before the first */
    struct page *pages[PAGES]; /* by number modulo PAGES; NULL: not yet used */
    bool asked[PAGES];         /* for one of these numbers */
    uint32_t visited;          /* number of the page that was asked for last */
    bool visited_anew;         /* and not before */
    struct page last;          /* that was asked for the first time */
};

struct glass_lengths *glass_lengths_new(const struct glass_tree *tree)
{
    struct glass_lengths *l = mem_zeroed(1, sizeof *l);
    l->tree = tree;
    l->state = GLASS_END;
    l->last.number = l->visited = UINT32_MAX;
    return l;
}

void glass_lengths_free(struct glass_lengths *l)
{
    if (!l)
        return;
    for (size_t i = 0; i < PAGES; i++)
        free(l->pages[i]);
    glass_postings_done(&l->reader);
    free(l);
}

/* To the first document from `docid` on; pages are mostly asked for in their
 * order. */
static void seek(struct glass_lengths *l, uint32_t docid)
{
    if (l->state != GLASS_THERE || l->reader.docid > docid) {
        glass_postings_done(&l->reader);
        l->state = glass_postings_open(&l->reader, l->tree, text_make(NULL, 0));
    }
    if (l->state == GLASS_THERE)
        l->state = glass_postings_seek(&l->reader, docid);
}

/* Most documents are there, one after the other. */
static bool read_page(struct page *page, struct glass_lengths *l,
                      uint32_t number)
{
    struct glass_postings *r = &l->reader;
    const uint32_t from = number * PAGE, to = from + (PAGE - 1);
    memset(page->lengths, 0xff, sizeof page->lengths);
    seek(l, from);
    while (l->state == GLASS_THERE && r->docid <= to) {
        if (glass_postings_read_row(r, to, page->lengths + (r->docid - from)) >
            0)
            continue;
        page->lengths[r->docid - from] = r->count;
        l->state = glass_postings_next(r);
    }
    page->number = number;
    return l->state != GLASS_DAMAGED;
}

static const uint32_t *read_once(struct glass_lengths *l, uint32_t number)
{
    l->asked[number % PAGES] = true;
    if (!read_page(&l->last, l, number)) {
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
        if (!read_page(*slot, l, number)) {
            free(*slot);
            *slot = NULL;
            return NULL;
        }
    }
    return (*slot)->lengths;
}

static bool read_length(struct glass_lengths *l, uint32_t docid, uint32_t *out)
{
    seek(l, docid);
    *out = l->reader.count;
    return l->state == GLASS_THERE && l->reader.docid == docid;
}

bool glass_lengths_get(struct glass_lengths *l, uint32_t docid, uint32_t *out)
{
    const uint32_t number = docid / PAGE;
    if (l->visited != number) {
        l->visited = number;
        l->visited_anew = !l->asked[number % PAGES];
        l->asked[number % PAGES] = true;
    }
    if (l->visited_anew)
        return read_length(l, docid, out);
    const uint32_t *page = glass_lengths_page(l, docid);
    if (!page)
        return false;
    *out = page[docid % PAGE];
    return *out != GLASS_NO_LENGTH;
}
