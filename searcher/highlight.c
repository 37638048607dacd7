#include "searcher/highlight.h"

#include <stdlib.h>

#include "common/mem.h"
#include "searcher/archive_evaluator.h"

/* A matching token: of the title or body, by its number there. */
struct found {
    uint32_t ordinal;
    unsigned leaf;
};

struct found_list {
    struct found *found;
    size_t count, capacity;
};

struct highlight {
    struct analyzer *analyzer;
    const struct plan_leaf *leaves;
    size_t leaf_count;
    struct evaluator **evaluators; /* by leaf; NULL where there is nothing */
    struct found_list title, body; /* of the present article */
    unsigned leaf;                 /* that is being evaluated */
};

struct highlight *highlight_new(const struct plan *plan,
                                const struct archive *archive,
                                struct analyzer *analyzer)
{
    struct highlight *h = mem_zeroed(1, sizeof *h);
    h->analyzer = analyzer;
    h->leaves = plan_leaves(plan, &h->leaf_count);
    h->evaluators = mem_zeroed(h->leaf_count, sizeof *h->evaluators);
    for (size_t i = 0; i < h->leaf_count; i++)
        if (h->leaves[i].condition)
            h->evaluators[i] =
                archive_evaluator(archive, h->leaves[i].condition);
    return h;
}

void highlight_free(struct highlight *h)
{
    if (!h)
        return;
    for (size_t i = 0; i < h->leaf_count; i++)
        evaluator_free(h->evaluators[i]);
    free(h->evaluators);
    free(h->title.found);
    free(h->body.found);
    free(h);
}

static bool note(void *context, const struct evaluator_match *match)
{
    struct highlight *h = context;
    struct found_list *list = match->body ? &h->body : &h->title;
    MEM_GROW(list->found, list->count, list->capacity);
    list->found[list->count++] = (struct found){match->ordinal, h->leaf};
    return true;
}

static int compare(const void *a, const void *b)
{
    const struct found *x = a, *y = b;
    if (x->ordinal != y->ordinal)
        return x->ordinal < y->ordinal ? -1 : 1;
    return (x->leaf > y->leaf) - (x->leaf < y->leaf);
}

/* Turns token numbers into places by analysing the text again. */
static const struct mark *locate(struct highlight *h, struct found_list *list,
                                 struct text text, struct arena *arena,
                                 size_t *count)
{
    struct mark *marks = arena_zeroed(arena, list->count, sizeof *marks);
    struct token token;
    uint32_t ordinal = 0;
    size_t next = 0;
    if (list->count > 0)
        qsort(list->found, list->count, sizeof *list->found, compare);
    analyzer_start(h->analyzer, text);
    while (next < list->count && analyzer_next(h->analyzer, &token)) {
        for (; next < list->count && list->found[next].ordinal == ordinal;
             next++)
            marks[next] = (struct mark){token.offset, token.length,
                                        list->found[next].leaf,
                                        h->leaves[list->found[next].leaf].idf};
        ordinal++;
    }
    *count = next;
    return marks;
}

static int compare_marks(const void *a, const void *b)
{
    const struct mark *x = a, *y = b;
    return (x->offset > y->offset) - (x->offset < y->offset);
}

struct highlight_marks highlight_article(struct highlight *h,
                                         struct engine_document document,
                                         const struct article *article,
                                         struct arena *arena)
{
    h->title.count = h->body.count = 0;
    for (h->leaf = 0; h->leaf < h->leaf_count; h->leaf++)
        if (h->evaluators[h->leaf])
            evaluator_matches(h->evaluators[h->leaf], document.segment,
                              document.docid, note, h);
    struct highlight_marks marks;
    marks.title =
        locate(h, &h->title, article->title, arena, &marks.title_count);
    marks.body = locate(h, &h->body, article->body, arena, &marks.body_count);
    /* A joined word comes behind its parts and begins before the last. */
    qsort((void *)marks.title, marks.title_count, sizeof *marks.title,
          compare_marks);
    qsort((void *)marks.body, marks.body_count, sizeof *marks.body,
          compare_marks);
    return marks;
}
