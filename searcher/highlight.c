#include "searcher/highlight.h"

#include <stdlib.h>

#include "common/mem.h"
#include "searcher/archive_evaluator.h"

/* A matching token: of the title or body, by its number there. */
struct found {
    uint32_t ordinal;
    unsigned leaf;
    uint32_t word;        /* of the leaves' conditions together */
    uint32_t first, next; /* position; the one behind it */
    enum mark_place place;
};

struct found_list {
    struct found *found;
    size_t count, capacity;
};

struct highlight {
    struct analyzer *analyzer;
    const struct plan_leaf *leaves;
    struct arena arena;
    size_t leaf_count;
    unsigned *leaf_of_word;     /* by number of a word in the condition */
    const struct found **last;  /* of each leaf, in the present text, or NULL */
    struct evaluator *anywhere; /* any of the leaves; NULL if there is none */
    struct found_list title, body; /* of the present article */
};

/* Any of the leaves, so that one look at an article finds them all. */
static const struct condition *any_leaf(struct highlight *h, size_t leaf_count)
{
    const struct condition **conditions =
        arena_zeroed(&h->arena, leaf_count, sizeof *conditions);
    size_t count = 0, words = 0;
    for (size_t i = 0; i < leaf_count; i++)
        if (h->leaves[i].condition)
            words += condition_words(h->leaves[i].condition);
    if (words == 0)
        return NULL;
    h->leaf_of_word = arena_zeroed(&h->arena, words, sizeof *h->leaf_of_word);
    words = 0;
    for (size_t i = 0; i < leaf_count; i++) {
        const struct condition *c = h->leaves[i].condition;
        if (!c)
            continue;
        conditions[count++] = c;
        for (size_t left = condition_words(c); left > 0; left--)
            h->leaf_of_word[words++] = (unsigned)i;
    }
    return condition_group(&h->arena, CONDITION_OR, 0, conditions, count);
}

struct highlight *highlight_new(const struct plan *plan,
                                const struct archive *archive,
                                struct analyzer *analyzer)
{
    struct highlight *h = mem_zeroed(1, sizeof *h);
    h->analyzer = analyzer;
    arena_init(&h->arena);
    h->leaves = plan_leaves(plan, &h->leaf_count);
    h->last = arena_zeroed(&h->arena, h->leaf_count, sizeof *h->last);
    const struct condition *any = any_leaf(h, h->leaf_count);
    if (any)
        h->anywhere = archive_evaluator(archive, any);
    return h;
}

void highlight_free(struct highlight *h)
{
    if (!h)
        return;
    evaluator_free(h->anywhere);
    arena_done(&h->arena);
    free(h->title.found);
    free(h->body.found);
    free(h);
}

static bool note(void *context, const struct evaluator_match *match)
{
    struct highlight *h = context;
    struct found_list *list = match->body ? &h->body : &h->title;
    MEM_GROW(list->found, list->count, list->capacity);
    list->found[list->count++] = (struct found){
        .ordinal = match->ordinal,
        .leaf = h->leaf_of_word[match->leaf],
        .word = match->leaf,
        .first = match->position,
        .next = match->position + match->span,
    };
    return true;
}

static int compare(const void *a, const void *b)
{
    const struct found *x = a, *y = b;
    if (x->ordinal != y->ordinal)
        return x->ordinal < y->ordinal ? -1 : 1;
    return (x->leaf > y->leaf) - (x->leaf < y->leaf);
}

/* What mostly is in order already. */
static void sort(void *items, size_t count, size_t size,
                 int (*compare_items)(const void *, const void *))
{
    const char *at = items;
    for (size_t i = 1; i < count; i++)
        if (compare_items(at + (i - 1) * size, at + i * size) > 0) {
            qsort(items, count, size, compare_items);
            return;
        }
}

/* Sorts, and leaves out repetitions: in "that that" a word takes part twice. */
static void unite(struct found_list *list)
{
    size_t kept = 0;
    sort(list->found, list->count, sizeof *list->found, compare);
    for (size_t i = 0; i < list->count; i++)
        if (kept == 0 || compare(&list->found[kept - 1], &list->found[i]) != 0)
            list->found[kept++] = list->found[i];
    list->count = kept;
}

/* Whether a word stands where its leaf's word before it ended. */
static void place(struct highlight *h, struct found_list *list)
{
    for (size_t i = 0; i < h->leaf_count; i++)
        h->last[i] = NULL;
    for (size_t i = 0; i < list->count; i++) {
        struct found *f = &list->found[i];
        const struct found *last = h->last[f->leaf];
        if (last && last->next == f->first && last->word < f->word)
            f->place = MARK_CONTINUES;
        h->last[f->leaf] = f;
    }
}

/* Turns token numbers into places by analysing the text again. */
static const struct mark *locate(struct highlight *h, struct found_list *list,
                                 struct text text, struct arena *arena,
                                 size_t *count)
{
    unite(list);
    place(h, list);
    struct mark *marks = arena_zeroed(arena, list->count, sizeof *marks);
    struct token token;
    uint32_t passed = 0; /* tokens */
    *count = 0;
    if (list->count == 0)
        return marks;
    analyzer_start(h->analyzer, text);
    for (; *count < list->count; ++*count) {
        const struct found *f = &list->found[*count];
        if (f->ordinal >= passed) {
            if (!analyzer_skip(h->analyzer, f->ordinal - passed) ||
                !analyzer_next(h->analyzer, &token))
                break;
            passed = f->ordinal + 1;
        }
        marks[*count] = (struct mark){token.offset, token.length, f->leaf,
                                      h->leaves[f->leaf].idf, f->place};
    }
    return marks;
}

static int compare_marks(const void *a, const void *b)
{
    const struct mark *x = a, *y = b;
    if (x->offset != y->offset)
        return x->offset < y->offset ? -1 : 1;
    return (x->length < y->length) - (x->length > y->length);
}

struct highlight_marks highlight_article(struct highlight *h,
                                         struct engine_document document,
                                         const struct article *article,
                                         struct arena *arena)
{
    h->title.count = h->body.count = 0;
    if (h->anywhere)
        evaluator_matches(h->anywhere, document.segment, document.docid, note,
                          h);
    struct highlight_marks marks;
    marks.title =
        locate(h, &h->title, article->title, arena, &marks.title_count);
    marks.body = locate(h, &h->body, article->body, arena, &marks.body_count);
    /* A joined word comes behind its parts, and begins with the first. */
    sort((void *)marks.title, marks.title_count, sizeof *marks.title,
         compare_marks);
    sort((void *)marks.body, marks.body_count, sizeof *marks.body,
         compare_marks);
    return marks;
}
