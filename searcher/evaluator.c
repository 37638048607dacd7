#include "searcher/evaluator.h"

#include <assert.h>
#include <stdlib.h>

#include "common/mem.h"
#include "searcher/leaf_index.h"
#include "searcher/program.h"

struct evaluator {
    struct program program;
    struct yield yield;
    struct evaluator_segment *segments;
    struct leaf_index **indices; /* NULL until a segment is first asked about */
    size_t segment_count;
    struct evaluator_match *matches; /* of the article asked about last */
    size_t match_count, match_capacity;
    bool damaged;
};

struct evaluator *evaluator_new(const struct condition *condition,
                                const struct evaluator_segment *segments,
                                size_t count)
{
    struct evaluator *e = mem_zeroed(1, sizeof *e);
    program_compile(&e->program, condition);
    yield_init(&e->yield, &e->program);
    e->segments = mem_zeroed(count, sizeof *e->segments);
    for (size_t i = 0; i < count; i++)
        e->segments[i] = segments[i];
    e->indices = mem_zeroed(count, sizeof *e->indices);
    e->segment_count = count;
    return e;
}

void evaluator_free(struct evaluator *e)
{
    if (!e)
        return;
    yield_done(&e->yield, &e->program);
    program_done(&e->program);
    for (size_t i = 0; i < e->segment_count; i++)
        leaf_index_free(e->indices[i]);
    free(e->indices);
    free(e->segments);
    free(e->matches);
    free(e);
}

static const struct leaf_index *index_of(struct evaluator *e, size_t segment)
{
    if (e->indices[segment])
        return e->indices[segment];
    const struct program *p = &e->program;
    const struct evaluator_segment *s = &e->segments[segment];
    struct leaf_index *index =
        leaf_index_new(p->leaves, p->leaf_count, s->vocabulary, s->stems);
    if (p->structure) {
        leaf_index_want(index, TOKENS_SENTENCE);
        leaf_index_want(index, TOKENS_PARAGRAPH);
    }
    return e->indices[segment] = index;
}

static bool scan(struct evaluator *e, size_t segment, uint32_t docid)
{
    assert(segment < e->segment_count);
    struct token_cursor article;
    const bool intact =
        tokens_article(e->segments[segment].tokens, docid, &article) &&
        stream_scan(&e->yield.scan, index_of(e, segment), &article);
    if (!intact)
        e->damaged = true;
    return intact;
}

bool evaluator_check(struct evaluator *e, size_t segment, uint32_t docid)
{
    return scan(e, segment, docid) && program_holds(&e->program, &e->yield);
}

void evaluator_expect(const struct evaluator *e, size_t segment, uint32_t docid)
{
    assert(segment < e->segment_count);
    tokens_expect(e->segments[segment].tokens, docid);
}

static void gather_matches(struct evaluator *e)
{
    const uint32_t body = e->yield.scan.body_first;
    e->match_count = 0;
    for (uint32_t leaf = 0; leaf < e->program.leaf_count; leaf++) {
        const struct span_list *list = &e->yield.lists[leaf];
        for (size_t i = 0; i < list->count; i++) {
            const struct span *span = &list->spans[i];
            if (!span->used)
                continue;
            MEM_GROW(e->matches, e->match_count, e->match_capacity);
            e->matches[e->match_count++] = (struct evaluator_match){
                .leaf = leaf,
                .body = span->hull.first >= body,
                .ordinal = span->ref,
                .position = span->hull.first,
                .span = span->hull.last - span->hull.first + 1};
        }
    }
}

static int compare_matches(const void *one, const void *other)
{
    const struct evaluator_match *a = one, *b = other;
    if (a->body != b->body)
        return a->body - b->body;
    if (a->ordinal != b->ordinal)
        return a->ordinal < b->ordinal ? -1 : 1;
    return (a->leaf > b->leaf) - (a->leaf < b->leaf);
}

/* Those of one leaf are in order. */
static void sort_matches(struct evaluator *e)
{
    for (size_t i = 1; i < e->match_count; i++)
        if (compare_matches(&e->matches[i - 1], &e->matches[i]) > 0) {
            qsort(e->matches, e->match_count, sizeof *e->matches,
                  compare_matches);
            break;
        }
}

bool evaluator_matches(struct evaluator *e, size_t segment, uint32_t docid,
                       evaluator_fn *on_match, void *context)
{
    if (!scan(e, segment, docid) || !program_trace(&e->program, &e->yield))
        return false;
    gather_matches(e);
    sort_matches(e);
    for (size_t i = 0; i < e->match_count; i++)
        if (!on_match(context, &e->matches[i]))
            break;
    return true;
}

bool evaluator_damaged(const struct evaluator *e)
{
    return e->damaged;
}
