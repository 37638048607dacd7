/* Random query trees over random documents, against a model that evaluates
 * them document by document. Some seeds were chosen because their trees meet
 * the defects of Xapian's matcher that the engine works around. */
#include <malloc.h>

#include "tests/common/engine_fixture.h"
#include "tests/support/effort.h"

enum { WORDS = 10, CHECKS = 4, SEGMENTS_MAX = 4, DOCUMENTS_MAX = 700 };

struct model_document {
    unsigned words, checks; /* bits */
    double time;            /* NAN: none */
    bool deleted;
};

struct model {
    struct model_document documents[SEGMENTS_MAX][DOCUMENTS_MAX];
    uint32_t counts[SEGMENTS_MAX];
    uint32_t deleted[SEGMENTS_MAX][DOCUMENTS_MAX];
    size_t segments;
    char *dir;
    struct engine_index *index;
};

/* A tree in both shapes: what it matches, one byte a document, and the
 * engine's. */
struct tree {
    unsigned char matches[SEGMENTS_MAX][DOCUMENTS_MAX];
    struct engine_query *query;
};

static struct model model;
static unsigned misplaced; /* checks asked about what does not exist */

static uint64_t randomness;

/* Not rand(): making a UUID seeds that anew. */
static unsigned below(unsigned limit)
{
    randomness = randomness * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(randomness >> 33) % limit;
}

static void add_document(struct engine_writer *w, struct model_document *d)
{
    static const unsigned rarity[WORDS] = {1, 2, 2, 3, 4, 6, 10, 30, 100, 300};
    char words[200] = "x";
    *d = (struct model_document){0, below(1u << CHECKS), NAN, false};
    for (unsigned i = 0; i < WORDS; i++)
        if (below(rarity[i]) == 0) {
            size_t at = strlen(words);
            snprintf(words + at, sizeof words - at, " w%u", i);
            d->words |= 1u << i;
        }
    if (below(5))
        d->time = (double)below(40) - 20;
    fixture_add(w, words, d->time, "{}");
}

static void build_segment(size_t s, uint32_t count, unsigned deleted_percent,
                          struct engine_segment *segment)
{
    char name[20];
    snprintf(name, sizeof name, "s%zu", s);
    segment->path = fixture_path(model.dir, name);
    segment->deleted = model.deleted[s];
    struct engine_writer *w = fixture_writer(segment->path);
    model.counts[s] = count;
    for (uint32_t i = 0; i < count; i++) {
        struct model_document *d = &model.documents[s][i];
        add_document(w, d);
        d->deleted = below(100) < deleted_percent;
        if (d->deleted)
            model.deleted[s][segment->deleted_count++] = i + 1;
    }
    fixture_commit(w);
}

/* Freed memory is filled with bytes that make large numbers, as Xapian has
 * members that it does not initialise. */
static void build(unsigned seed, size_t segments, unsigned deleted_percent)
{
    mallopt(M_PERTURB, 0x5a);
    randomness = seed;
    struct engine_segment list[SEGMENTS_MAX] = {{0}};
    model.dir = tempdir_make();
    model.segments = segments;
    for (size_t s = 0; s < segments; s++)
        build_segment(s, s == 2 ? 0 : below(DOCUMENTS_MAX), deleted_percent,
                      &list[s]);
    OK(engine_index_open(&model.index, list, segments, &err));
}

static void tear_down(void)
{
    engine_index_free(model.index);
    tempdir_remove(model.dir);
}

static bool check(void *context, struct engine_document document)
{
    if (document.segment >= model.segments || document.docid == 0 ||
        document.docid > model.counts[document.segment]) {
        misplaced++;
        return true;
    }
    unsigned bit = 1u << *(unsigned char *)context;
    return model.documents[document.segment][document.docid - 1].checks & bit;
}

static struct engine_query *random_leaf(unsigned char numbers[CHECKS],
                                        unsigned *kind, unsigned *what,
                                        double *from, double *to)
{
    *kind = below(10);
    *what = 0;
    if (*kind < 5) {
        *what = below(WORDS + 1);
        char word[20];
        snprintf(word, sizeof word, "w%u", *what);
        return fixture_term(word);
    }
    if (*kind < 7) {
        *what = below(CHECKS);
        return engine_query_check(check, &numbers[*what], below(2000));
    }
    if (*kind == 7) {
        *from = below(4) ? (double)below(40) - 20 : -INFINITY;
        *to = below(4) ? (double)below(40) - 20 : INFINITY;
        return engine_query_range(TIME_SLOT, *from, *to);
    }
    return *kind == 8 ? engine_query_all() : engine_query_nothing();
}

static bool leaf_matches(const struct model_document *d, unsigned kind,
                         unsigned what, double from, double to)
{
    if (kind < 5)
        return d->words >> what & 1;
    if (kind < 7)
        return d->checks >> what & 1;
    if (kind == 7)
        return !isnan(d->time) && d->time >= from && d->time <= to;
    return kind == 8;
}

#define EACH_DOCUMENT(s, i)                                                    \
    for (size_t s = 0; s < model.segments; s++)                                \
        for (uint32_t i = 0; i < model.counts[s]; i++)

static void make_leaf(struct tree *out)
{
    static unsigned char numbers[CHECKS] = {0, 1, 2, 3};
    unsigned kind, what;
    double from = 0, to = 0;
    out->query = random_leaf(numbers, &kind, &what, &from, &to);
    EACH_DOCUMENT(s, i)
    out->matches[s][i] =
        leaf_matches(&model.documents[s][i], kind, what, from, to);
}

static bool combined(enum engine_operator op, bool so_far, bool next)
{
    switch (op) {
    case ENGINE_AND:
    case ENGINE_FILTER:
        return so_far && next;
    case ENGINE_OR:
    case ENGINE_SYNONYM:
        return so_far || next;
    case ENGINE_AND_NOT:
        return so_far && !next;
    case ENGINE_AND_MAYBE:
        return so_far;
    }
    abort();
}

static void make_tree(struct tree *out, unsigned depth)
{
    if (depth == 0 || below(6) == 0) {
        make_leaf(out);
        return;
    }
    enum engine_operator op = (enum engine_operator)below(6);
    size_t count = below(12) ? 1 + below(4) : 0;
    struct engine_query *parts[4];
    memset(out->matches, 0, sizeof out->matches);
    for (size_t k = 0; k < count; k++) {
        struct tree *part = calloc(1, sizeof *part);
        make_tree(part, depth - 1);
        parts[k] = part->query;
        if (below(4) == 0)
            parts[k] = engine_query_scale(parts[k], (double)below(3));
        EACH_DOCUMENT(s, i)
        out->matches[s][i] =
            k == 0 ? part->matches[s][i]
                   : combined(op, out->matches[s][i], part->matches[s][i]);
        free(part);
    }
    out->query = engine_query_combine(op, parts, count);
}

static struct engine_hits run(const struct tree *tree, size_t count,
                              enum engine_sort sort, uint32_t check_at_least)
{
    struct engine_request request = {.query = tree->query,
                                     .count = count,
                                     .sort = sort,
                                     .sort_slot = TIME_SLOT,
                                     .check_at_least = check_at_least};
    struct engine_hits hits = {0};
    OK(engine_search(&hits, model.index, &request, &err));
    return hits;
}

static void describe_and_fail(const struct tree *tree, const char *what)
{
    struct strbuf text = STRBUF_INIT(100000);
    engine_query_describe(tree->query, &text);
    cr_assert_fail("%s: %s", what, strbuf_string(&text));
}

#define EXPECT(tree, condition)                                                \
    do {                                                                       \
        if (!(condition))                                                      \
            describe_and_fail((tree), #condition);                             \
    } while (0)

/* Every match once and nothing else; returns how many. */
static size_t compare_all(struct tree *tree, enum engine_sort sort)
{
    static unsigned char found[SEGMENTS_MAX][DOCUMENTS_MAX];
    memset(found, 0, sizeof found);
    struct engine_hits hits = run(tree, SIZE_MAX, sort, UINT32_MAX);
    for (size_t k = 0; k < hits.count; k++) {
        struct engine_document at = hits.hits[k].document;
        EXPECT(tree, at.segment < model.segments && at.docid > 0 &&
                         at.docid <= model.counts[at.segment]);
        EXPECT(tree, !found[at.segment][at.docid - 1]);
        found[at.segment][at.docid - 1] = 1;
    }
    size_t expected = 0;
    EACH_DOCUMENT(s, i)
    {
        bool wanted = tree->matches[s][i] && !model.documents[s][i].deleted;
        EXPECT(tree, found[s][i] == wanted);
        expected += wanted;
    }
    EXPECT(tree, hits.count == expected);
    EXPECT(tree, hits.total_lower == expected);
    EXPECT(tree, hits.total_estimated == expected);
    EXPECT(tree, hits.total_upper == expected);
    engine_hits_done(&hits);
    return expected;
}

static bool is_match(const struct tree *tree, struct engine_document at)
{
    return tree->matches[at.segment][at.docid - 1] &&
           !model.documents[at.segment][at.docid - 1].deleted;
}

/* The first ten of a search that may stop early are as good as the first ten
 * of all; of the same weight, others may be among them. */
static void compare_page(struct tree *tree, enum engine_sort sort,
                         size_t expected)
{
    struct engine_hits all = run(tree, SIZE_MAX, sort, UINT32_MAX);
    struct engine_hits page = run(tree, 10, sort, 0);
    EXPECT(tree, page.count == (expected < 10 ? expected : 10));
    EXPECT(tree, page.total_lower <= expected);
    EXPECT(tree, page.total_upper >= expected);
    EXPECT(tree, page.total_lower <= page.total_estimated &&
                     page.total_estimated <= page.total_upper);
    for (size_t k = 0; k < page.count; k++) {
        EXPECT(tree, is_match(tree, page.hits[k].document));
        EXPECT(tree, fabs(all.hits[k].weight - page.hits[k].weight) < 1e-9);
    }
    engine_hits_done(&all);
    engine_hits_done(&page);
}

static void compare_random_trees(unsigned rounds)
{
    struct tree *tree = calloc(1, sizeof *tree);
    size_t matched = 0;
    for (unsigned round = 0; round < rounds; round++) {
        make_tree(tree, 1 + below(4));
        enum engine_sort sort = (enum engine_sort)below(3);
        size_t expected = compare_all(tree, sort);
        compare_page(tree, sort, expected);
        matched += expected;
        engine_query_free(tree->query);
    }
    cr_assert_gt(matched, rounds);
    cr_assert_eq(misplaced, 0);
    free(tree);
}

Test(engine_random, random_trees_over_one_segment)
{
    build(1, 1, 0);
    compare_random_trees(effort(400));
    tear_down();
}

Test(engine_random, random_trees_over_one_segment_with_deleted_ones)
{
    build(2, 1, 20);
    compare_random_trees(effort(400));
    tear_down();
}

Test(engine_random, random_trees_over_two_segments)
{
    build(143, 2, 30);
    compare_random_trees(effort(400));
    tear_down();
}

Test(engine_random, random_trees_over_four_segments_one_of_them_empty)
{
    build(84, 4, 10);
    compare_random_trees(effort(400));
    tear_down();
}

Test(engine_random, random_trees_over_four_segments_without_deleted_ones)
{
    build(205, 4, 0);
    compare_random_trees(effort(400));
    tear_down();
}

Test(engine_random, random_trees_where_everything_is_deleted)
{
    build(6, 2, 100);
    struct tree *tree = calloc(1, sizeof *tree);
    for (unsigned round = 0; round < 50; round++) {
        make_tree(tree, 3);
        cr_assert_eq(compare_all(tree, ENGINE_RELEVANCE), 0);
        engine_query_free(tree->query);
    }
    free(tree);
    tear_down();
}

/* w0, which all have, without those that have w1 and w2; w6 is for nothing. */
Test(engine_random, what_only_adds_weight_excludes_nothing_less)
{
    build(8, 2, 0);
    size_t expected = 0;
    EACH_DOCUMENT(s, i)
    expected += (model.documents[s][i].words & 6) != 6;
    struct engine_query *excluded = fixture_pair(
        ENGINE_AND,
        fixture_pair(ENGINE_AND_MAYBE, fixture_term("w1"), fixture_term("w6")),
        fixture_term("w2"));
    cr_assert_eq(
        fixture_count(model.index, fixture_pair(ENGINE_AND_NOT,
                                                fixture_term("w0"), excluded)),
        expected);
    tear_down();
}

static size_t asked;

static bool count_asked(void *context, struct engine_document document)
{
    asked++;
    return document.docid % 2 == *(uint32_t *)context;
}

Test(engine_random, a_check_beside_a_term_is_asked_only_about_its_documents)
{
    uint32_t odd = 1;
    build(7, 4, 0);
    uint32_t frequency = 0;
    OK(engine_term_frequency(model.index, text_from("w6"), &frequency, &err));
    struct engine_query *q =
        fixture_pair(ENGINE_AND, fixture_term("w6"),
                     engine_query_check(count_asked, &odd, 1));
    struct engine_hits hits = fixture_all(model.index, q);
    cr_assert_leq(asked, frequency);
    cr_assert_gt(hits.count, 0);
    for (size_t i = 0; i < hits.count; i++)
        cr_assert_eq(hits.hits[i].document.docid % 2, 1);
    engine_hits_done(&hits);
    tear_down();
}
