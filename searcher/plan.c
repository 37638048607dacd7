#include "searcher/plan.h"

#include <math.h>
#include <stdlib.h>

#include "common/analyzer.h"
#include "common/engine/index.h"
#include "common/fields.h"
#include "common/mem.h"
#include "common/strbuf.h"
#include "searcher/plan_checks.h"
#include "searcher/plan_leaf.h"
#include "searcher/stopwords.h"

/* What a query word weighs in the title, compared with its weight anywhere. */
static const double title_factor = 0.5;

struct plan {
    struct arena arena;
    struct archive *archive;
    struct analyzer *analyzer;
    struct plan_checks *checks;
    struct engine_query *query;
    enum plan_match match;
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

static struct engine_query *
build_leaf(struct plan *p, const struct query_node *node, enum sign sign)
{
    const struct leaf_planner planner = {&p->arena, p->analyzer, p->checks};
    struct planned_leaf leaf = plan_leaf(&planner, node);
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

static bool is_text(const struct query_node *node)
{
    return node->field == FIELD_ANY || node->field == FIELD_TITLE;
}

/* A word so frequent that it is neither required nor weighed, unless it is
 * quoted, marked or alone. */
static bool is_stop_word(struct plan *p, const struct query_node *node)
{
    if (node->kind != QUERY_WORD || node->quoted || !is_text(node))
        return false;
    struct words words = words_analyze(p->analyzer, node->text, &p->arena);
    return words.count == 1 && words.parts[0].caps.len == 0 &&
           stopwords_contains(analyzer_language(p->analyzer),
                              words.parts[0].word);
}

static bool is_positive(const struct query_node *node)
{
    return node->kind != QUERY_NOT && node->kind != QUERY_ALL;
}

/* Whether anything is left to ask for when stop words are passed over. */
static bool has_other_words(struct plan *p, const struct query_node *node)
{
    for (size_t i = 0; i < node->child_count; i++)
        if (is_positive(node->children[i]) &&
            !is_stop_word(p, node->children[i]))
            return true;
    return false;
}

/* Whether an article must match it also where any word is enough. */
static bool is_filter(const struct query_node *node)
{
    return (node->kind == QUERY_WORD || node->kind == QUERY_PHRASE) &&
           !is_text(node);
}

struct group {
    struct engine_query **all, **any, **none;
    size_t all_count, any_count, none_count;
};

static void note_pairs(struct plan *p, size_t from);

static void collect(struct plan *p, const struct query_node *node,
                    struct group *g, enum sign sign)
{
    bool skip_stop_words = has_other_words(p, node);
    bool any = p->match == PLAN_ANY && sign == SIGN_WANTED;
    size_t from = p->leaf_count;
    for (size_t i = 0; i < node->child_count; i++) {
        const struct query_node *child = node->children[i];
        if (skip_stop_words && is_stop_word(p, child))
            continue;
        if (child->kind == QUERY_NOT) {
            struct engine_query *q =
                build(p, child->children[0], SIGN_EXCLUDED);
            if (q)
                g->none[g->none_count++] = q;
            continue;
        }
        struct engine_query *q = build(p, child, sign);
        if (q && any && child->kind != QUERY_ALL && !is_filter(child))
            g->any[g->any_count++] = q;
        else if (q)
            g->all[g->all_count++] = q;
    }
    if (sign == SIGN_WANTED)
        note_pairs(p, from);
}

static struct engine_query *
build_and(struct plan *p, const struct query_node *node, enum sign sign)
{
    size_t room = node->child_count + 1;
    struct group g = {
        arena_zeroed(&p->arena, room, sizeof *g.all),
        arena_zeroed(&p->arena, room, sizeof *g.any),
        arena_zeroed(&p->arena, room, sizeof *g.none),
        0,
        0,
        0,
    };
    collect(p, node, &g, sign);
    if (g.any_count > 0)
        g.all[g.all_count++] =
            engine_query_combine(ENGINE_OR, g.any, g.any_count);
    if (g.all_count == 0) {
        for (size_t i = 0; i < g.none_count; i++)
            engine_query_free(g.none[i]);
        return NULL;
    }
    struct engine_query *all =
        engine_query_combine(ENGINE_AND, g.all, g.all_count);
    if (g.none_count == 0)
        return all;
    struct engine_query *pair[] = {
        all, engine_query_combine(ENGINE_OR, g.none, g.none_count)};
    return engine_query_combine(ENGINE_AND_NOT, pair, 2);
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

/* Never searched as something else. */
static struct engine_query *refuse(struct plan *p,
                                   const struct query_node *node)
{
    AUTO_DONE(strbuf) text = STRBUF_INIT(1 << 20);
    query_write(node, &text);
    p->status = error_set_at(p->err, STATUS_QUERY, node->offset,
                             "'%.*s' is not understood yet",
                             TEXT_ARG(text_slice(strbuf_text(&text), 0, 150)));
    return NULL;
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
    case QUERY_WORD:
    case QUERY_PHRASE:
        return build_leaf(p, node, sign);
    default:
        return refuse(p, node);
    }
}

/* --- the whole ------------------------------------------------------------ */

/* Notes neighbours among the leaves from `from` on: words typed in a row. */
static void note_pairs(struct plan *p, size_t from)
{
    for (size_t i = from; i + 1 < p->leaf_count; i++) {
        const struct plan_leaf *a = &p->leaves[i], *b = &p->leaves[i + 1];
        if (!a->condition || !b->condition || a->node->field != FIELD_ANY ||
            b->node->field != FIELD_ANY)
            continue;
        const struct condition *steps[] = {a->condition, b->condition};
        MEM_GROW(p->pairs, p->pair_count, p->pair_capacity);
        p->pairs[p->pair_count++] = (struct plan_pair){
            condition_group(&p->arena, CONDITION_PHRASE, 0, steps, 2),
            a->idf + b->idf,
        };
    }
}

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
