#include "tests/searcher/query_trial.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "common/mem.h"
#include "searcher/highlight.h"
#include "searcher/query.h"
#include "tests/searcher/query_reference.h"
#include "tests/searcher/reference_text.h"

enum { QUERY_MAX = 1 << 20, COMPLAINT_MAX = 1 << 20, HIGHLIGHTED = 3 };

void query_trial_init(struct query_trial *t, struct search_fixture *f)
{
    struct error err = ERROR_NONE;
    *t = (struct query_trial){.f = f};
    cr_assert_eq(analyzer_new(&t->analyzer,
                              archive_manifest(f->archive)->language, &err),
                 STATUS_OK);
    t->articles = mem_zeroed(f->article_count, sizeof *t->articles);
    for (size_t i = 0; i < f->article_count; i++)
        reference_article_init(&t->articles[i], t->analyzer, &f->articles[i]);
}

void query_trial_done(struct query_trial *t)
{
    for (size_t i = 0; i < t->f->article_count; i++)
        reference_article_done(&t->articles[i]);
    free(t->articles);
    analyzer_free(t->analyzer);
}

static size_t place_of(const struct query_trial *t, struct text id)
{
    for (size_t i = 0; i < t->f->article_count; i++)
        if (text_equal(t->f->articles[i].id, id))
            return i;
    return t->f->article_count;
}

/* --- the articles found --------------------------------------------------- */

/* How often each is, by its place in the fixture; one more for others. */
static unsigned *count_found(const struct query_trial *t,
                             const struct search_result *r)
{
    AUTO_DONE(arena) arena = ARENA_INIT;
    unsigned *found = mem_zeroed(t->f->article_count + 1, sizeof *found);
    for (size_t i = 0; i < r->count; i++) {
        arena_reset(&arena);
        found[place_of(
            t, search_fixture_article(t->f, r->hits[i].document, &arena).id)]++;
    }
    return found;
}

static void complain_of_article(const struct query_trial *t, size_t i,
                                unsigned times, struct strbuf *complaint)
{
    const struct article *bad = &t->f->articles[i];
    strbuf_append_format(
        complaint, "article %.*s found %u times\n--\n%.*s\n--\n%.*s\n",
        TEXT_ARG(bad->id), times, TEXT_ARG(bad->title), TEXT_ARG(bad->body));
}

static void compare_found(struct query_trial *t, struct query_reference *r,
                          const struct search_answer *a,
                          struct strbuf *complaint)
{
    unsigned *found = count_found(t, &a->result);
    size_t expected = 0, unknown = 0;
    for (size_t i = 0; i < t->f->article_count && complaint->len == 0; i++) {
        enum reference_verdict v =
            query_reference_decide(r, a->query->root, &t->articles[i]);
        expected += v == REFERENCE_YES;
        unknown += v == REFERENCE_UNKNOWN;
        if (v == REFERENCE_NO_WORDS)
            strbuf_append_string(complaint, "answered without words\n");
        else if (v != REFERENCE_UNKNOWN && found[i] != (v == REFERENCE_YES))
            complain_of_article(t, i, found[i], complaint);
    }
    if (complaint->len == 0 && unknown == 0 &&
        (a->result.total != expected ||
         a->result.exactness != SEARCH_TOTAL_EXACT))
        strbuf_append_format(complaint, "total %lu of %zu\n",
                             (unsigned long)a->result.total, expected);
    t->found += a->result.count;
    free(found);
}

/* --- what is highlighted -------------------------------------------------- */

struct places {
    const struct reference_article *a;
    bool *taken; /* by token */
    bool unknown;
};

static struct places expected_places(struct query_trial *t,
                                     const struct plan_leaf *leaf,
                                     const struct reference_article *a)
{
    struct places p = {a, mem_zeroed(a->count + 1, sizeof(bool)), false};
    if (!leaf->condition)
        return p;
    struct reference_ways ways = reference_ways(t->analyzer, leaf->node, a);
    for (size_t i = 0; i < ways.count; i++)
        for (size_t k = 0; k < ways.ways[i].count; k++)
            p.taken[ways.ways[i].tokens[k]] = true;
    p.unknown = ways.too_many;
    free(ways.ways);
    return p;
}

static bool is_marked(const struct highlight_marks *marks, unsigned group,
                      const struct reference_token *token)
{
    const struct mark *all = token->body ? marks->body : marks->title;
    const size_t count = token->body ? marks->body_count : marks->title_count;
    for (size_t i = 0; i < count; i++)
        if (all[i].group == group && all[i].offset == token->offset &&
            all[i].length == token->length)
            return true;
    return false;
}

static size_t marks_of(const struct mark *marks, size_t count, unsigned group)
{
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        n += marks[i].group == group;
    return n;
}

static void compare_leaf(const struct places *expected, unsigned leaf,
                         const struct highlight_marks *marks,
                         struct strbuf *complaint)
{
    size_t count = 0;
    for (size_t i = 0; i < expected->a->count; i++) {
        const struct reference_token *token = &expected->a->tokens[i];
        count += expected->taken[i];
        if (is_marked(marks, leaf, token) == expected->taken[i])
            continue;
        strbuf_append_format(
            complaint,
            "leaf %u: '%.*s' at byte %zu of the %s of %.*s is%s "
            "highlighted\n--\n%.*s\n--\n%.*s\n",
            leaf, TEXT_ARG(token->lexeme->word), token->offset,
            token->body ? "body" : "title", TEXT_ARG(expected->a->article->id),
            expected->taken[i] ? " not" : "",
            TEXT_ARG(expected->a->article->title),
            TEXT_ARG(expected->a->article->body));
        return;
    }
    if (marks_of(marks->title, marks->title_count, leaf) +
            marks_of(marks->body, marks->body_count, leaf) !=
        count)
        strbuf_append_format(complaint, "leaf %u: other marks than %zu\n", leaf,
                             count);
}

static void compare_marks(struct query_trial *t, const struct search_answer *a,
                          struct strbuf *complaint)
{
    AUTO_DONE(arena) arena = ARENA_INIT;
    AUTO(highlight)
    highlight = highlight_new(a->plan, t->f->archive, t->f->analyzer);
    size_t leaf_count;
    const struct plan_leaf *leaves = plan_leaves(a->plan, &leaf_count);
    for (size_t i = 0; i < a->result.count && i < HIGHLIGHTED; i++) {
        const struct engine_document document = a->result.hits[i].document;
        const struct article article =
            search_fixture_article(t->f, document, &arena);
        const struct highlight_marks marks =
            highlight_article(highlight, document, &article, &arena);
        for (unsigned leaf = 0; leaf < leaf_count && complaint->len == 0;
             leaf++) {
            struct places p = expected_places(
                t, &leaves[leaf], &t->articles[place_of(t, article.id)]);
            if (!p.unknown)
                compare_leaf(&p, leaf, &marks, complaint);
            free(p.taken);
        }
    }
}

/* --- the comparison ------------------------------------------------------- */

/* More words than a wildcard may stand for: it depends on the archive. */
static bool is_too_wide(const struct search_answer *a)
{
    return a->status == STATUS_QUERY &&
           strstr(a->error.message, "at most 1000 are allowed");
}

/* Whether it is refused although it has words, or the other way round. */
static void compare_refusal(struct query_reference *r,
                            const struct search_answer *a,
                            const struct reference_article *any,
                            struct strbuf *complaint)
{
    const bool refuses =
        query_reference_refuses(r, a->query->root) ||
        query_reference_decide(r, a->query->root, any) == REFERENCE_NO_WORDS;
    if (refuses != (a->status == STATUS_QUERY))
        strbuf_append_format(complaint, "%s\n",
                             refuses ? "was not refused" : a->error.message);
}

/* What is wrong with the answer, appended to `complaint`; nothing if it is
 * right. */
static void compare(struct query_trial *t, const char *query,
                    struct strbuf *complaint)
{
    AUTO_DONE(search_answer) a;
    struct query_reference r = {.analyzer = t->analyzer,
                                .match = t->options.match,
                                .since = t->options.since,
                                .until = t->options.until,
                                .now = t->options.now,
                                .place = t->options.zone.has_rules,
                                .ahead_of_utc = t->options.zone.ahead_of_utc};
    search_fixture_answer(&a, t->f, query, &t->options);
    if (!a.query || is_too_wide(&a))
        return;
    if (a.status != STATUS_OK && a.status != STATUS_QUERY) {
        strbuf_append_string(complaint, a.error.message);
        return;
    }
    compare_refusal(&r, &a, &t->articles[0], complaint);
    if (complaint->len > 0 || a.status != STATUS_OK)
        return;
    t->answered++;
    compare_found(t, &r, &a, complaint);
    if (complaint->len == 0)
        compare_marks(t, &a, complaint);
}

static bool fails(struct query_trial *t, const char *query)
{
    AUTO_DONE(strbuf) complaint = STRBUF_INIT(COMPLAINT_MAX);
    compare(t, query, &complaint);
    return complaint.len > 0;
}

/* --- shrinking ------------------------------------------------------------ */

/* Writes the tree, in which something was left out, and keeps it if it still
 * fails. */
static bool keep_if_failing(struct query_trial *t,
                            const struct query_node *root, struct strbuf *query)
{
    AUTO_DONE(strbuf) smaller = STRBUF_INIT(QUERY_MAX);
    query_write(root, &smaller);
    if (smaller.len >= query->len || !fails(t, strbuf_string(&smaller)))
        return false;
    strbuf_reset(query);
    strbuf_append(query, strbuf_text(&smaller));
    return true;
}

static bool leave_out_a_child(struct query_trial *t,
                              const struct query_node *root,
                              struct query_node *node, struct strbuf *query)
{
    const size_t count = node->child_count;
    for (size_t i = 0; count > 2 && i < count; i++) {
        struct query_node *out = node->children[i];
        node->children[i] = node->children[count - 1];
        node->child_count = count - 1;
        if (keep_if_failing(t, root, query))
            return true;
        node->child_count = count;
        node->children[i] = out;
    }
    return false;
}

/* A child takes the place of its parent. */
static bool lift_a_child(struct query_trial *t, const struct query_node *root,
                         struct query_node *node, struct strbuf *query)
{
    const struct query_node kept = *node;
    for (size_t i = 0; i < kept.child_count; i++) {
        *node = *kept.children[i];
        if (keep_if_failing(t, root, query))
            return true;
        *node = kept;
    }
    return false;
}

static bool shrink_node(struct query_trial *t, const struct query_node *root,
                        struct query_node *node, struct strbuf *query)
{
    if (lift_a_child(t, root, node, query) ||
        leave_out_a_child(t, root, node, query))
        return true;
    for (size_t i = 0; i < node->child_count; i++)
        if (shrink_node(t, root, node->children[i], query))
            return true;
    return false;
}

static void shrink(struct query_trial *t, struct strbuf *query)
{
    const struct search_options kept = t->options;
    t->options = (struct search_options)SEARCH_OPTIONS_ALL;
    t->options.now = kept.now;
    t->options.zone = kept.zone;
    if (!fails(t, strbuf_string(query)))
        t->options = kept;
    for (bool again = true; again;) {
        struct error err = ERROR_NONE;
        AUTO(query) tree = NULL;
        AUTO_DONE(strbuf) text = STRBUF_INIT(QUERY_MAX);
        strbuf_append(&text, strbuf_text(query));
        again =
            query_parse(&tree, strbuf_text(&text), &err) == STATUS_OK &&
            shrink_node(t, tree->root, (struct query_node *)tree->root, query);
    }
}

void query_trial_check(struct query_trial *t, struct text query,
                       const char *name)
{
    AUTO_DONE(strbuf) complaint = STRBUF_INIT(COMPLAINT_MAX);
    AUTO_DONE(strbuf) small = STRBUF_INIT(QUERY_MAX);
    strbuf_append(&small, query);
    t->asked++;
    if (!fails(t, strbuf_string(&small)))
        return;
    shrink(t, &small);
    compare(t, strbuf_string(&small), &complaint);
    cr_assert_fail("%s: match %d, since %ld, until %ld, zone %s %d: %s\n%s",
                   name, t->options.match, (long)t->options.since,
                   (long)t->options.until,
                   t->options.zone.has_rules ? getenv("TZ") : "UTC",
                   t->options.zone.ahead_of_utc, strbuf_string(&small),
                   strbuf_string(&complaint));
}
