#include "searcher/program.h"

#include <stdlib.h>

#include "common/mem.h"
#include "searcher/pairs.h"

/* Stretches that joins may leave in the pool: the same kind of limit as
 * SPAN_LIST_MAX. */
enum { POOL_MAX = 1 << 22 };

/* --- compiling ---------------------------------------------------------- */

static uint32_t add_step(struct program *p, struct step step, size_t all_leaves)
{
    MEM_GROW(p->steps, p->step_count, p->step_capacity);
    p->steps[p->step_count] = step;
    if (step.kind == CONDITION_SENTENCE || step.kind == CONDITION_PARAGRAPH)
        p->structure = true;
    return (uint32_t)(all_leaves + p->step_count++);
}

static uint32_t add_leaf(struct program *p, const struct condition *c,
                         struct scan_region region)
{
    if (region.body_words > p->body_words)
        p->body_words = region.body_words;
    p->leaves[p->leaf_count] = c;
    p->regions[p->leaf_count] = region;
    return (uint32_t)p->leaf_count++;
}

/* The part of a region that a condition restricts its child to. */
static struct scan_region restrict_to(struct scan_region region,
                                      const struct condition *c)
{
    if (c->kind == CONDITION_TITLE)
        region.body_words = 0;
    else
        region.title = false;
    if (c->kind == CONDITION_LEAD && c->n < region.body_words)
        region.body_words = c->n;
    return region;
}

/* Gives the number of the node that yields where `c` stands in a region. */
static uint32_t compile(struct program *p, const struct condition *c,
                        struct scan_region region, size_t all_leaves)
{
    if (c->kind == CONDITION_WORD)
        return add_leaf(p, c, region);
    if (c->kind >= CONDITION_TITLE)
        return compile(p, c->children[0], restrict_to(region, c), all_leaves);
    struct step step = {.kind = c->kind, .n = c->n};
    step.left = compile(p, c->children[0], region, all_leaves);
    if (c->kind == CONDITION_ATLEAST)
        return add_step(p, step, all_leaves);
    for (size_t i = 1; i < c->child_count; i++) {
        step.right = compile(p, c->children[i], region, all_leaves);
        step.left = add_step(p, step, all_leaves);
    }
    return step.left;
}

void program_compile(struct program *out, const struct condition *condition)
{
    const struct scan_region everything = {true, UINT32_MAX};
    const size_t leaves = condition_words(condition);
    *out = (struct program){.body_words = 0};
    out->leaves = mem_zeroed(leaves, sizeof *out->leaves);
    out->regions = mem_zeroed(leaves, sizeof *out->regions);
    out->root = compile(out, condition, everything, leaves);
}

void program_done(struct program *p)
{
    free(p->leaves);
    free(p->regions);
    free(p->steps);
    *p = (struct program){.leaves = NULL};
}

void yield_init(struct yield *y, const struct program *p)
{
    *y = (struct yield){
        .lists = mem_zeroed(p->leaf_count + p->step_count, sizeof *y->lists)};
    y->scan = (struct scan){.regions = p->regions,
                            .body_words = p->body_words,
                            .structure = p->structure,
                            .leaves = y->lists,
                            .leaf_count = p->leaf_count};
}

void yield_done(struct yield *y, const struct program *p)
{
    for (size_t i = 0; i < p->leaf_count + p->step_count; i++)
        span_list_done(&y->lists[i]);
    free(y->lists);
    span_pool_done(&y->pool);
    scan_done(&y->scan);
}

/* --- running ------------------------------------------------------------ */

static void start_pairs(struct pairs *pairs, const struct step *s,
                        struct yield *y)
{
    const struct join join = {.kind = s->kind,
                              .n = s->n,
                              .starts = s->kind == CONDITION_SENTENCE
                                            ? &y->scan.sentences
                                            : &y->scan.paragraphs,
                              .pool = &y->pool};
    pairs_start(pairs, &join, &y->lists[s->left], &y->lists[s->right]);
}

static void join(const struct step *s, struct yield *y, struct span_list *out)
{
    struct pairs pairs;
    start_pairs(&pairs, s, y);
    while (y->pool.count < POOL_MAX && pairs_next(&pairs))
        if (!span_list_add(out, span_unite(&y->pool, pairs.x, pairs.y)))
            break;
    span_list_sort(out, &y->pool);
}

static void append(struct span_list *out, const struct span_list *from)
{
    for (size_t i = 0; i < from->count; i++)
        if (!span_list_add(out, from->spans[i]))
            break;
}

/* Whether `n` of the spans do not overlap: of those that overlap the one that
 * ends first leaves most room. */
static bool stands_apart(const struct span_list *list, uint32_t n)
{
    uint32_t count = 0, end = 0;
    for (size_t i = 0; i < list->count && count < n; i++) {
        const struct stretch hull = list->spans[i].hull;
        if (count == 0 || hull.first > end) {
            count++;
            end = hull.last;
        } else if (hull.last < end) {
            end = hull.last;
        }
    }
    return count >= n;
}

static void run_step(const struct program *p, size_t number, struct yield *y)
{
    const struct step *s = &p->steps[number];
    struct span_list *out = &y->lists[p->leaf_count + number];
    const struct span_list *left = &y->lists[s->left];
    const struct span_list *right = &y->lists[s->right];
    span_list_clear(out);
    switch (s->kind) {
    case CONDITION_ATLEAST:
        if (stands_apart(left, s->n))
            append(out, left);
        break;
    case CONDITION_AND:
        if (left->count == 0 || right->count == 0)
            break;
        /* fallthrough */
    case CONDITION_OR:
        append(out, left);
        append(out, right);
        span_list_sort(out, &y->pool);
        break;
    default:
        join(s, y, out);
        break;
    }
}

/* Whether a step will yield anything, as cheaply as that can be known. */
static bool step_holds(const struct program *p, size_t number, struct yield *y)
{
    const struct step *s = &p->steps[number];
    if (s->kind == CONDITION_AND || s->kind == CONDITION_OR) {
        const bool left = y->lists[s->left].count > 0;
        const bool right = y->lists[s->right].count > 0;
        return s->kind == CONDITION_AND ? left && right : left || right;
    }
    if (s->kind < CONDITION_AND) {
        struct pairs pairs;
        start_pairs(&pairs, s, y);
        return pairs_next(&pairs);
    }
    run_step(p, number, y);
    return y->lists[p->leaf_count + number].count > 0;
}

bool program_holds(const struct program *p, struct yield *y)
{
    y->pool.count = 0;
    if (p->step_count == 0)
        return y->lists[p->root].count > 0;
    const size_t last = p->step_count - 1;
    for (size_t i = 0; i < last; i++)
        run_step(p, i, y);
    return step_holds(p, last, y);
}

/* --- tracing ------------------------------------------------------------ */

/* From what two operands yielded together to each of them. */
static void trace_join(const struct step *s, struct yield *y,
                       const struct span_list *out)
{
    struct pairs pairs;
    start_pairs(&pairs, s, y);
    while (pairs_next(&pairs)) {
        const size_t before = y->pool.count;
        const struct span both = span_unite(&y->pool, pairs.x, pairs.y);
        if (span_list_uses(out, &y->pool, &both))
            pairs.x->used = pairs.y->used = 1;
        y->pool.count = before;
    }
}

static void trace_step(const struct program *p, size_t number, struct yield *y)
{
    const struct step *s = &p->steps[number];
    const struct span_list *out = &y->lists[p->leaf_count + number];
    if (s->kind < CONDITION_AND) {
        trace_join(s, y, out);
        return;
    }
    for (size_t i = 0; i < out->count; i++) {
        if (!out->spans[i].used)
            continue;
        span_list_use(&y->lists[s->left], &y->pool, &out->spans[i]);
        if (s->kind != CONDITION_ATLEAST)
            span_list_use(&y->lists[s->right], &y->pool, &out->spans[i]);
    }
}

bool program_trace(const struct program *p, struct yield *y)
{
    y->pool.count = 0;
    for (size_t i = 0; i < p->step_count; i++)
        run_step(p, i, y);
    struct span_list *found = &y->lists[p->root];
    for (size_t i = 0; i < found->count; i++)
        found->spans[i].used = 1;
    for (size_t i = p->step_count; i-- > 0;)
        trace_step(p, i, y);
    return found->count > 0;
}
