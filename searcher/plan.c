#include "searcher/plan.h"

#include <math.h>
#include <stdlib.h>

#include "common/analyzer.h"
#include "common/engine/index.h"
#include "common/fields.h"
#include "common/mem.h"
#include "searcher/plan_checks.h"
#include "searcher/plan_leaf.h"
#include "searcher/plan_limit.h"
#include "searcher/plan_part.h"
#include "searcher/plan_text.h"

/* What a query word weighs in the title, compared with its weight anywhere. */
static const double title_factor = 0.5;

struct plan {
    struct arena arena;
    struct archive *archive;
    struct analyzer *analyzer;
    struct plan_checks *checks;
    struct engine_query *query;
    enum plan_match match;
    timestamp now;
    struct plan_leaf *leaves;
    size_t leaf_count, leaf_capacity;
    struct plan_pair *pairs;
    size_t pair_count, pair_capacity;
    struct text *ignored;
    size_t ignored_count, ignored_capacity;
    struct engine_query **titles; /* what adds weight */
    size_t title_count, title_capacity;
    enum status status; /* of the first failure on the way down */
    struct error *err;
};

enum sign { SIGN_WANTED, SIGN_EXCLUDED };

static struct engine_query *build(struct plan *p, const struct query_node *node,
                                  enum sign sign);

/* --- leaves --------------------------------------------------------------- */

static double inverse_frequency(const struct plan *p, uint32_t frequency)
{
    double articles = (double)manifest_articles(archive_manifest(p->archive));
    double ratio = (articles - frequency + 0.5) / (frequency + 0.5);
    return ratio > 0 ? log1p(ratio) : 0;
}

static void note_leaf(struct plan *p, const struct query_node *node,
                      const struct planned_leaf *leaf)
{
    struct plan_leaf noted = {node, leaf->condition, leaf->term, 0, 0};
    enum status status = engine_term_frequency(
        archive_index(p->archive), leaf->term, &noted.frequency, p->err);
    if (status != STATUS_OK)
        p->status = status;
    noted.idf = inverse_frequency(p, noted.frequency);
    MEM_GROW(p->leaves, p->leaf_count, p->leaf_capacity);
    p->leaves[p->leaf_count++] = noted;
}

/* Keeps the status of what went wrong first. */
static struct engine_query *fail(struct plan *p)
{
    if (p->status == STATUS_OK)
        p->status = p->err->status;
    return NULL;
}

static struct engine_query *
build_leaf(struct plan *p, const struct query_node *node, enum sign sign)
{
    const struct leaf_planner planner = {&p->arena, p->analyzer, p->checks};
    struct planned_leaf leaf = {0};
    if (!plan_text_takes(node))
        leaf = plan_leaf(&planner, node);
    else if (plan_text(&leaf, &planner, p->archive, node, p->err) != STATUS_OK)
        return fail(p);
    if (!leaf.query) {
        MEM_GROW(p->ignored, p->ignored_count, p->ignored_capacity);
        p->ignored[p->ignored_count++] = node->text;
        return NULL;
    }
    if (sign == SIGN_EXCLUDED) {
        engine_query_free(leaf.title);
        return leaf.query;
    }
    note_leaf(p, node, &leaf);
    if (leaf.title) {
        MEM_GROW(p->titles, p->title_count, p->title_capacity);
        p->titles[p->title_count++] = leaf.title;
    }
    return leaf.query;
}

/* --- groups --------------------------------------------------------------- */

struct group {
    struct engine_query **all, **any, **none;
    size_t all_count, any_count, none_count;
    bool has_parts; /* other than * */
};

static void collect_part(struct plan *p, const struct query_node *part,
                         struct group *g, enum sign sign)
{
    bool excluded = part->kind == QUERY_NOT;
    struct engine_query *q = excluded
                                 ? build(p, part->children[0], SIGN_EXCLUDED)
                                 : build(p, part, sign);
    if (!q)
        return;
    g->has_parts = g->has_parts || part->kind != QUERY_ALL;
    if (excluded)
        g->none[g->none_count++] = q;
    else if (p->match == PLAN_ANY && sign == SIGN_WANTED &&
             plan_part_asks_for_words(part, p->analyzer, &p->arena))
        g->any[g->any_count++] = q;
    else
        g->all[g->all_count++] = q;
}

/* --- words typed in a row ------------------------------------------------- */

/* The last leaf of a row and the stop words behind it. */
struct row {
    const struct condition **steps;
    size_t count; /* 0: no leaf yet */
    double idf;   /* the leaf's */
};

static void row_stop_word(struct plan *p, struct row *row,
                          const struct query_node *node)
{
    struct words words = words_analyze(p->analyzer, node->text, &p->arena);
    const struct matcher matcher = {MATCHER_WORD, words.parts[0].word};
    if (row->count > 0)
        row->steps[row->count++] = condition_word(&p->arena, &matcher, 1);
}

/* Pairs the leaf with the one before it. */
static void row_leaf(struct plan *p, struct row *row,
                     const struct plan_leaf *leaf)
{
    row->steps[row->count++] = leaf->condition;
    if (row->count > 1) {
        MEM_GROW(p->pairs, p->pair_count, p->pair_capacity);
        p->pairs[p->pair_count++] = (struct plan_pair){
            condition_group(&p->arena, CONDITION_PHRASE, 0, row->steps,
                            row->count),
            row->idf + leaf->idf,
        };
    }
    row->steps[0] = leaf->condition;
    row->count = 1;
    row->idf = leaf->idf;
}

static void collect(struct plan *p, const struct query_node *node,
                    struct group *g, enum sign sign)
{
    bool skip_stop_words =
        plan_part_has_other_words(node, p->analyzer, &p->arena);
    struct row row = {
        .steps = arena_zeroed(&p->arena, node->child_count, sizeof *row.steps)};
    for (size_t i = 0; i < node->child_count; i++) {
        const struct query_node *part = node->children[i];
        size_t before = p->leaf_count;
        if (skip_stop_words &&
            plan_part_is_stop_word(part, p->analyzer, &p->arena)) {
            row_stop_word(p, &row, part);
            continue;
        }
        collect_part(p, part, g, sign);
        bool is_one_leaf =
            p->leaf_count > before && p->leaves[before].node == part;
        if (is_one_leaf && part->field == FIELD_ANY && !plan_text_takes(part))
            row_leaf(p, &row, &p->leaves[before]);
        else
            row.count = 0;
    }
}

/* --- the operators -------------------------------------------------------- */

/* `all` without any of `none`. */
static struct engine_query *exclude(struct engine_query *all,
                                    struct engine_query **none, size_t count)
{
    if (count == 0)
        return all;
    struct engine_query *pair[] = {
        all, engine_query_combine(ENGINE_OR, none, count)};
    return engine_query_combine(ENGINE_AND_NOT, pair, 2);
}

static struct engine_query *
build_and(struct plan *p, const struct query_node *node, enum sign sign)
{
    size_t room = node->child_count + 1;
    struct group g = {
        .all = arena_zeroed(&p->arena, room, sizeof *g.all),
        .any = arena_zeroed(&p->arena, room, sizeof *g.any),
        .none = arena_zeroed(&p->arena, room, sizeof *g.none),
    };
    collect(p, node, &g, sign);
    if (g.any_count > 0)
        g.all[g.all_count++] =
            engine_query_combine(ENGINE_OR, g.any, g.any_count);
    struct engine_query *all =
        engine_query_combine(ENGINE_AND, g.all, g.all_count);
    bool empty = g.all_count == 0 || !g.has_parts;
    AUTO(engine_query) whole = exclude(all, g.none, g.none_count);
    return empty ? NULL : TAKE(whole);
}

static struct engine_query *
build_or(struct plan *p, const struct query_node *node, enum sign sign)
{
    struct engine_query **parts =
        arena_zeroed(&p->arena, node->child_count, sizeof *parts);
    size_t count = 0;
    for (size_t i = 0; i < node->child_count; i++) {
        struct engine_query *q = build(p, node->children[i], sign);
        if (q)
            parts[count++] = q;
    }
    return count ? engine_query_combine(ENGINE_OR, parts, count) : NULL;
}

static struct engine_query *build_limit(struct plan *p,
                                        const struct query_node *node)
{
    struct engine_query *limit;
    if (plan_limit(&limit, node, p->now, p->err) != STATUS_OK)
        return fail(p);
    return limit;
}

static struct engine_query *build(struct plan *p, const struct query_node *node,
                                  enum sign sign)
{
    switch (node->kind) {
    case QUERY_ALL:
        return engine_query_all();
    case QUERY_AND:
        return build_and(p, node, sign);
    case QUERY_OR:
        return build_or(p, node, sign);
    case QUERY_NOT:
        return NULL; /* stands only below an AND, which looks through it */
    case QUERY_DATE:
    case QUERY_LENGTH:
        return build_limit(p, node);
    default:
        return build_leaf(p, node, sign);
    }
}

/* --- the whole ------------------------------------------------------------ */

static struct engine_query *add_titles(struct plan *p, struct engine_query *q)
{
    if (p->title_count == 0)
        return q;
    struct engine_query *titles =
        engine_query_combine(ENGINE_OR, p->titles, p->title_count);
    p->title_count = 0;
    struct engine_query *parts[] = {q,
                                    engine_query_scale(titles, title_factor)};
    return engine_query_combine(ENGINE_AND_MAYBE, parts, 2);
}

static struct engine_query *add_dates(struct engine_query *q,
                                      const struct plan_request *r)
{
    if (r->since == TIMESTAMP_UNKNOWN && r->until == TIMESTAMP_UNKNOWN)
        return q;
    double from = r->since == TIMESTAMP_UNKNOWN ? -INFINITY : (double)r->since;
    double to = r->until == TIMESTAMP_UNKNOWN ? INFINITY : (double)r->until;
    struct engine_query *parts[] = {
        q, engine_query_range(SLOT_PUBLISHED, from, to)};
    return engine_query_combine(ENGINE_FILTER, parts, 2);
}

static enum status nothing_to_search(const struct plan *p,
                                     const struct query *query,
                                     struct error *err)
{
    struct text first = p->ignored_count ? p->ignored[0] : query->text;
    return error_set_at(err, STATUS_QUERY, 0,
                        "there is no word to search for in '%.*s'",
                        TEXT_ARG(text_slice(first, 0, 100)));
}

enum status plan_new(struct plan **out, const struct plan_request *request,
                     struct error *err)
{
    AUTO(plan) p = mem_zeroed(1, sizeof *p);
    arena_init(&p->arena);
    p->archive = request->archive;
    p->analyzer = request->analyzer;
    p->match = request->match;
    p->now = request->now;
    p->err = err;
    p->checks = plan_checks_new(p->archive, p->analyzer);
    struct engine_query *q = build(p, request->query->root, SIGN_WANTED);
    if (q)
        p->query = add_dates(add_titles(p, q), request);
    if (p->status != STATUS_OK)
        return p->status;
    if (!p->query)
        return nothing_to_search(p, request->query, err);
    *out = TAKE(p);
    return STATUS_OK;
}

void plan_free(struct plan *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < p->title_count; i++)
        engine_query_free(p->titles[i]);
    engine_query_free(p->query);
    plan_checks_free(p->checks);
    free(p->leaves);
    free(p->pairs);
    free(p->ignored);
    free(p->titles);
    arena_done(&p->arena);
    free(p);
}

const struct engine_query *plan_query(const struct plan *plan)
{
    return plan->query;
}

const struct plan_leaf *plan_leaves(const struct plan *plan, size_t *count)
{
    *count = plan->leaf_count;
    return plan->leaves;
}

const struct plan_pair *plan_pairs(const struct plan *plan, size_t *count)
{
    *count = plan->pair_count;
    return plan->pairs;
}

const struct text *plan_ignored(const struct plan *plan, size_t *count)
{
    *count = plan->ignored_count;
    return plan->ignored;
}
