#include "searcher/plan.h"

#include <math.h>
#include <stdlib.h>

#include "common/analyzer.h"
#include "common/clock.h"
#include "common/engine/index.h"
#include "common/fields.h"
#include "common/mem.h"
#include "searcher/plan_checks.h"
#include "searcher/plan_days.h"
#include "searcher/plan_leaf.h"
#include "searcher/plan_limit.h"
#include "searcher/plan_part.h"
#include "searcher/plan_row.h"
#include "searcher/plan_text.h"

struct plan {
    struct arena arena;
    struct archive *archive;
    struct analyzer *analyzer;
    struct plan_checks *checks;
    struct engine_query *query, *loose;
    struct evaluator *required_evaluator; /* decides all of `required` */
    const struct condition **required;
    size_t required_count, required_capacity;
    enum plan_match match;
    struct plan_clock clock;
    double deadline_s;
    const struct query_node *root;
    const struct plan_more *more;
    size_t more_count;
    struct plan_leaf *leaves;
    size_t leaf_count, leaf_capacity;
    struct plan_pairs pairs;
    struct text *ignored;
    size_t ignored_count, ignored_capacity;
    enum status status; /* of the first failure on the way down */
    struct error *err;
};

enum sign {
    SIGN_REQUIRED, /* no article matches without it */
    SIGN_WANTED,
    SIGN_EXCLUDED
};

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

/* Conditions that no match is without are checked last of all, and together. */
static struct engine_query *
check_leaf(struct plan *p, const struct planned_leaf *leaf, enum sign sign)
{
    if (leaf->check == LEAF_COMPLETE)
        return leaf->query;
    if (sign == SIGN_REQUIRED) {
        MEM_GROW(p->required, p->required_count, p->required_capacity);
        p->required[p->required_count++] = leaf->condition;
        return leaf->query;
    }
    struct engine_query *parts[] = {
        leaf->query, plan_checks_positions(p->checks, leaf->condition, NULL)};
    return engine_query_combine(ENGINE_AND, parts, 2);
}

static struct engine_query *
build_leaf(struct plan *p, const struct query_node *node, enum sign sign)
{
    const struct leaf_planner planner = {&p->arena, p->archive, p->analyzer,
                                         p->checks};
    struct planned_leaf leaf = {0};
    if (p->status != STATUS_OK)
        return NULL;
    if (clock_passed(p->deadline_s)) {
        p->status = error_set(p->err, STATUS_TIMEOUT,
                              "the time was up before the query was planned");
        return NULL;
    }
    if (!plan_text_takes(node) && !plan_text_is_character(&planner, node))
        leaf = plan_leaf(&planner, node);
    else if (plan_text(&leaf, &planner, node, p->err) != STATUS_OK)
        return fail(p);
    if (!leaf.query) {
        MEM_GROW(p->ignored, p->ignored_count, p->ignored_capacity);
        p->ignored[p->ignored_count++] = node->text;
        return NULL;
    }
    leaf.query = check_leaf(p, &leaf, sign);
    if (sign != SIGN_EXCLUDED)
        note_leaf(p, node, &leaf);
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
    else if (p->match == PLAN_ANY && sign != SIGN_EXCLUDED &&
             plan_part_asks_for_words(part, p->analyzer, &p->arena))
        g->any[g->any_count++] = q;
    else
        g->all[g->all_count++] = q;
}

static void collect(struct plan *p, const struct query_node *node,
                    struct group *g, enum sign sign)
{
    bool skip_stop_words =
        plan_part_has_other_words(node, p->analyzer, &p->arena);
    struct plan_row row;
    plan_row_init(&row, &p->arena, node->child_count);
    for (size_t i = 0; i < node->child_count; i++) {
        const struct query_node *part = node->children[i];
        size_t before = p->leaf_count;
        if (skip_stop_words &&
            plan_part_is_stop_word(part, p->analyzer, &p->arena)) {
            plan_row_pass(&row,
                          words_analyze(p->analyzer, part->text, &p->arena)
                              .parts[0]
                              .word);
            continue;
        }
        collect_part(p, part, g, sign);
        bool is_one_leaf =
            p->leaf_count > before && p->leaves[before].node == part;
        if (is_one_leaf && part->field == FIELD_ANY && !plan_text_takes(part))
            plan_row_add(&row, &p->leaves[before], &p->pairs);
        else
            plan_row_break(&row);
    }
}

/* What an expansion adds, beside the words of the root, any of which is
 * enough. */
static struct engine_query *widen(const struct plan *p,
                                  const struct query_node *node,
                                  struct engine_query *any)
{
    if (node != p->root)
        return any;
    for (size_t i = 0; i < p->more_count; i++) {
        struct engine_query *parts[] = {
            any, engine_query_scale(engine_query_term(p->more[i].term, 1),
                                    p->more[i].weight)};
        any = engine_query_combine(ENGINE_OR, parts, 2);
    }
    return any;
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
    if (plan_limit_check(node, &p->clock, p->err) != STATUS_OK)
        return fail(p);
    size_t room = node->child_count + 1;
    struct group g = {
        .all = arena_zeroed(&p->arena, room, sizeof *g.all),
        .any = arena_zeroed(&p->arena, room, sizeof *g.any),
        .none = arena_zeroed(&p->arena, room, sizeof *g.none),
    };
    collect(p, node, &g, sign);
    if (g.any_count > 0)
        g.all[g.all_count++] =
            widen(p, node, engine_query_combine(ENGINE_OR, g.any, g.any_count));
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
        enum sign each = sign == SIGN_EXCLUDED ? sign : SIGN_WANTED;
        struct engine_query *q = build(p, node->children[i], each);
        if (q)
            parts[count++] = q;
    }
    return count ? engine_query_combine(ENGINE_OR, parts, count) : NULL;
}

static struct engine_query *build_limit(struct plan *p,
                                        const struct query_node *node)
{
    struct engine_query *limit;
    if (plan_limit(&limit, node, &p->clock, p->archive, p->err) != STATUS_OK)
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

static struct engine_query *add_dates(struct plan *p, struct engine_query *q,
                                      const struct plan_request *r)
{
    struct engine_query *days;
    if (r->since == TIMESTAMP_UNKNOWN && r->until == TIMESTAMP_UNKNOWN)
        return q;
    double from = r->since == TIMESTAMP_UNKNOWN ? -INFINITY : (double)r->since;
    double to = r->until == TIMESTAMP_UNKNOWN ? INFINITY : (double)r->until;
    if (plan_days(&days, p->archive, from, to, p->err) != STATUS_OK) {
        engine_query_free(q);
        return fail(p);
    }
    struct engine_query *parts[] = {q, days};
    return engine_query_combine(ENGINE_FILTER, parts, 2);
}

static struct engine_query *add_required(struct plan *p,
                                         const struct engine_query *loose)
{
    const struct condition *all =
        p->required_count == 1
            ? p->required[0]
            : condition_group(&p->arena, CONDITION_AND, 0, p->required,
                              p->required_count);
    struct engine_query *parts[] = {
        engine_query_copy(loose),
        plan_checks_positions(p->checks, all, &p->required_evaluator)};
    return engine_query_combine(ENGINE_FILTER, parts, 2);
}

static void build_whole(struct plan *p, const struct plan_request *request)
{
    enum sign sign = p->match == PLAN_ANY ? SIGN_WANTED : SIGN_REQUIRED;
    struct engine_query *q = build(p, p->root, sign);
    if (!q)
        return;
    if (p->root->kind != QUERY_AND)
        q = widen(p, p->root, q);
    q = add_dates(p, q, request);
    if (!q)
        return;
    if (p->required_count == 0) {
        p->query = q;
    } else {
        p->loose = q;
        p->query = add_required(p, q);
    }
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
    p->clock = request->clock;
    p->deadline_s = request->deadline_s;
    p->root = request->query->root;
    p->more = request->more;
    p->more_count = request->more_count;
    p->err = err;
    p->checks = plan_checks_new(p->archive, p->analyzer);
    build_whole(p, request);
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
    engine_query_free(p->query);
    engine_query_free(p->loose);
    plan_checks_free(p->checks);
    free(p->required);
    free(p->leaves);
    free(p->pairs.pairs);
    free(p->ignored);
    arena_done(&p->arena);
    free(p);
}

const struct engine_query *plan_query(const struct plan *plan)
{
    return plan->query;
}

const struct engine_query *plan_loose_query(const struct plan *plan)
{
    return plan->loose;
}

bool plan_holds(const struct plan *plan, struct engine_document document)
{
    return !plan->required_evaluator ||
           evaluator_check(plan->required_evaluator, document.segment,
                           document.docid);
}

bool plan_is_ranked(const struct plan *plan)
{
    for (size_t i = 0; i < plan->leaf_count; i++)
        if (plan->leaves[i].condition)
            return true;
    return false;
}

enum status plan_intact(const struct plan *plan, struct error *err)
{
    return plan_checks_intact(plan->checks, err);
}

const struct plan_leaf *plan_leaves(const struct plan *plan, size_t *count)
{
    *count = plan->leaf_count;
    return plan->leaves;
}

const struct plan_pair *plan_pairs(const struct plan *plan, size_t *count)
{
    *count = plan->pairs.count;
    return plan->pairs.pairs;
}

const struct plan_more *plan_more(const struct plan *plan, size_t *count)
{
    *count = plan->more_count;
    return plan->more;
}

const struct text *plan_ignored(const struct plan *plan, size_t *count)
{
    *count = plan->ignored_count;
    return plan->ignored;
}
