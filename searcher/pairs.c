#include "searcher/pairs.h"

void pairs_start(struct pairs *p, const struct join *join,
                 struct span_list *left, struct span_list *right)
{
    *p = (struct pairs){.join = *join,
                        .left = left,
                        .right = right,
                        .right_next = right->count,
                        .budget = PAIRS_MAX};
}

/* Between which positions a partner of `x` may begin. */
static void set_window(struct pairs *p)
{
    const int64_t first = p->x->hull.first, last = p->x->hull.last;
    const int64_t n = p->join.n;
    struct stretch around;
    switch (p->join.kind) {
    case CONDITION_PHRASE:
        p->from = p->to = last + 1;
        break;
    case CONDITION_BEFORE:
        p->from = last + 1;
        p->to = last + n;
        break;
    case CONDITION_NEAR:
        p->from = first - n - p->right->longest + 1;
        p->to = last + n;
        break;
    default:
        around = scan_starts_around(p->join.starts, p->x->hull.first);
        p->from = around.first;
        p->to = last <= around.last ? (int64_t)around.last : -1;
        break;
    }
}

/* Whether `y`, which begins in the window, is a partner of `x`. */
static bool fits(const struct pairs *p)
{
    switch (p->join.kind) {
    case CONDITION_PHRASE:
    case CONDITION_BEFORE:
        return true;
    case CONDITION_NEAR:
        return (int64_t)p->y->hull.last + p->join.n >= p->x->hull.first &&
               span_disjoint(p->join.pool, p->x, p->y);
    default:
        return p->y->hull.last <= p->to &&
               span_disjoint(p->join.pool, p->x, p->y);
    }
}

bool pairs_next(struct pairs *p)
{
    for (;;) {
        while (p->right_next < p->right->count) {
            p->y = &p->right->spans[p->right_next++];
            if (p->y->hull.first > p->to)
                break;
            if (p->budget-- == 0)
                return false;
            if (fits(p))
                return true;
        }
        if (p->left_next == p->left->count)
            return false;
        p->x = &p->left->spans[p->left_next++];
        set_window(p);
        p->right_next =
            span_list_from(p->right, p->from > 0 ? (uint32_t)p->from : 0);
    }
}
