#include "searcher/span.h"

#include <stdlib.h>
#include <string.h>

#include "common/mem.h"

void span_pool_done(struct span_pool *pool)
{
    free(pool->stretches);
    *pool = (struct span_pool){NULL, 0, 0};
}

void span_list_done(struct span_list *list)
{
    free(list->spans);
    *list = (struct span_list){NULL, 0, 0, 0};
}

void span_list_clear(struct span_list *list)
{
    list->count = 0;
    list->longest = 0;
}

bool span_list_add(struct span_list *list, struct span span)
{
    if (list->count == SPAN_LIST_MAX)
        return false;
    MEM_GROW(list->spans, list->count, list->capacity);
    const uint32_t length = span.hull.last - span.hull.first + 1;
    if (length > list->longest)
        list->longest = length;
    list->spans[list->count++] = span;
    return true;
}

static int compare_hulls(const struct span *a, const struct span *b)
{
    if (a->hull.first != b->hull.first)
        return a->hull.first < b->hull.first ? -1 : 1;
    return (a->hull.last > b->hull.last) - (a->hull.last < b->hull.last);
}

void span_list_insert(struct span_list *list, struct span span)
{
    if (!span_list_add(list, span))
        return;
    size_t i = list->count - 1;
    for (; i > 0 && compare_hulls(&list->spans[i - 1], &span) > 0; i--)
        list->spans[i] = list->spans[i - 1];
    list->spans[i] = span;
}

static size_t stretch_count(const struct span *span)
{
    return span->pieces ? (size_t)span->pieces : 1;
}

/* The stretches of a span; their number in `*count`. */
static const struct stretch *stretches(const struct span_pool *pool,
                                       const struct span *span, size_t *count)
{
    *count = stretch_count(span);
    return span->pieces ? pool->stretches + span->ref : &span->hull;
}

/* Orders spans by the positions they take. */
static int compare(const struct span_pool *pool, const struct span *a,
                   const struct span *b)
{
    const int order = compare_hulls(a, b);
    if (order != 0 || (a->pieces == 0 && b->pieces == 0))
        return order;
    if (a->pieces != b->pieces)
        return a->pieces < b->pieces ? -1 : 1;
    return memcmp(pool->stretches + a->ref, pool->stretches + b->ref,
                  stretch_count(a) * sizeof *pool->stretches);
}

static int compare_sorting(const void *a, const void *b, void *pool)
{
    return compare(pool, a, b);
}

void span_list_sort(struct span_list *list, const struct span_pool *pool)
{
    bool sorted = true;
    for (size_t i = 1; sorted && i < list->count; i++)
        sorted = compare(pool, &list->spans[i - 1], &list->spans[i]) < 0;
    if (sorted)
        return;
    qsort_r(list->spans, list->count, sizeof *list->spans, compare_sorting,
            (void *)(uintptr_t)pool);
    size_t kept = 1;
    for (size_t i = 1; i < list->count; i++)
        if (compare(pool, &list->spans[kept - 1], &list->spans[i]) != 0)
            list->spans[kept++] = list->spans[i];
    list->count = kept;
}

size_t span_list_from(const struct span_list *list, uint32_t position)
{
    size_t low = 0, high = list->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (list->spans[middle].hull.first < position)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Index of the first span that is not before `span`. */
static size_t first_equal(const struct span_list *list,
                          const struct span_pool *pool, const struct span *span)
{
    size_t low = 0, high = list->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (compare(pool, &list->spans[middle], span) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void span_list_use(struct span_list *list, const struct span_pool *pool,
                   const struct span *span)
{
    for (size_t i = first_equal(list, pool, span);
         i < list->count && compare(pool, &list->spans[i], span) == 0; i++)
        list->spans[i].used = 1;
}

bool span_list_uses(const struct span_list *list, const struct span_pool *pool,
                    const struct span *span)
{
    const size_t i = first_equal(list, pool, span);
    return i < list->count && list->spans[i].used &&
           compare(pool, &list->spans[i], span) == 0;
}

bool span_disjoint(const struct span_pool *pool, const struct span *a,
                   const struct span *b)
{
    if (a->hull.last < b->hull.first || b->hull.last < a->hull.first)
        return true;
    size_t a_count, b_count;
    const struct stretch *p = stretches(pool, a, &a_count);
    const struct stretch *q = stretches(pool, b, &b_count);
    while (a_count > 0 && b_count > 0) {
        if (p->last < q->first) {
            p++;
            a_count--;
        } else if (q->last < p->first) {
            q++;
            b_count--;
        } else {
            return false;
        }
    }
    return true;
}

/* Writes the stretches of both in order, those that touch as one; returns
 * their number. */
static size_t merge(struct stretch *out, const struct span_pool *pool,
                    const struct span *a, const struct span *b)
{
    size_t a_count, b_count, count = 0;
    const struct stretch *p = stretches(pool, a, &a_count);
    const struct stretch *q = stretches(pool, b, &b_count);
    while (a_count > 0 || b_count > 0) {
        struct stretch next;
        if (b_count == 0 || (a_count > 0 && p->first < q->first)) {
            next = *p++;
            a_count--;
        } else {
            next = *q++;
            b_count--;
        }
        if (count > 0 && out[count - 1].last + 1 == next.first)
            out[count - 1].last = next.last;
        else
            out[count++] = next;
    }
    return count;
}

static struct stretch *pool_reserve(struct span_pool *pool, size_t count)
{
    if (pool->count + count > pool->capacity) {
        pool->capacity = 2 * (pool->count + count);
        pool->stretches = mem_resize(pool->stretches, pool->capacity,
                                     sizeof *pool->stretches);
    }
    return pool->stretches + pool->count;
}

struct span span_unite(struct span_pool *pool, const struct span *a,
                       const struct span *b)
{
    struct stretch *pieces =
        pool_reserve(pool, stretch_count(a) + stretch_count(b));
    const size_t count = merge(pieces, pool, a, b);
    struct span both = {.hull = {pieces[0].first, pieces[count - 1].last}};
    if (count > 1) {
        both.ref = (uint32_t)pool->count;
        both.pieces = (uint32_t)count & INT32_MAX;
        pool->count += count;
    }
    return both;
}
