/* An AND and an OR of words that are run past Xapian give what Xapian gives.
 * That is asked with an unexact total, which is left to it. */
#include "tests/common/engine_fixture.h"

enum { WORDS = 12, SEGMENTS = 3, DOCUMENTS_MAX = 3000, QUERIES = 400 };

static uint64_t randomness;

static unsigned below(unsigned limit)
{
    randomness = randomness * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(randomness >> 33) % limit;
}

/* Words are w0 to w11, from frequent to rare, and "S" before some of them. */
static const char *random_term(char out[8])
{
    snprintf(out, 8, "%sw%u", below(3) ? "" : "S", below(WORDS));
    return out;
}

static void add_document(struct engine_writer *w)
{
    uint32_t docid;
    char term[8];
    for (unsigned i = 0; i < WORDS; i++) {
        if (below(1 + i * i / 2) > 0)
            continue;
        snprintf(term, sizeof term, "Sw%u", i);
        OK(engine_writer_term(w, text_from(term + 1),
                              1 + below(below(9) ? 3 : 300), &err));
        if (below(4) == 0)
            OK(engine_writer_term(w, text_from(term), below(3), &err));
    }
    OK(engine_writer_term(w, text_from("x"), below(100), &err));
    OK(engine_writer_end(w, &docid, &err));
}

struct archive {
    char *dir;
    uint32_t deleted[SEGMENTS][DOCUMENTS_MAX];
    struct engine_index *index;
};

static struct archive archive;

static void build(unsigned seed, unsigned deleted_percent)
{
    struct engine_segment segments[SEGMENTS] = {{0}};
    randomness = seed;
    archive.dir = tempdir_make();
    for (size_t s = 0; s < SEGMENTS; s++) {
        uint32_t count = s == 1 ? below(20) : below(DOCUMENTS_MAX);
        char name[] = {(char)('a' + s), '\0'};
        segments[s].path = fixture_path(archive.dir, name);
        segments[s].deleted = archive.deleted[s];
        struct engine_writer *w = fixture_writer(segments[s].path);
        for (uint32_t docid = 1; docid <= count; docid++) {
            add_document(w);
            if (below(100) < deleted_percent)
                archive.deleted[s][segments[s].deleted_count++] = docid;
        }
        fixture_commit(w);
    }
    OK(engine_index_open(&archive.index, segments, SEGMENTS, &err));
}

static void tear_down(void)
{
    engine_index_free(archive.index);
    tempdir_remove(archive.dir);
}

static struct engine_query *random_word(void)
{
    char one[8], other[8];
    if (below(3) == 0)
        return fixture_term(random_term(one));
    return fixture_pair(ENGINE_SYNONYM, fixture_term(random_term(one)),
                        fixture_term(random_term(other)));
}

static struct engine_query *random_words(void)
{
    struct engine_query *parts[6];
    size_t count = 1 + below(below(4) ? 3 : 6);
    for (size_t i = 0; i < count; i++)
        parts[i] = below(6)
                       ? random_word()
                       : fixture_pair(ENGINE_AND, random_word(), random_word());
    return engine_query_combine(ENGINE_AND, parts, count);
}

/* Scaled, as an expansion's are. */
static struct engine_query *random_any(void)
{
    static const double factors[] = {1, 1, 0.25, 0.0625, 3};
    struct engine_query *parts[9];
    size_t count = 2 + below(8);
    for (size_t i = 0; i < count; i++)
        parts[i] = engine_query_scale(random_word(), factors[below(5)]);
    if (count > 4)
        parts[1] = fixture_pair(ENGINE_OR, parts[1], parts[--count]);
    return engine_query_combine(ENGINE_OR, parts, count);
}

static struct engine_hits ask(const struct engine_query *q,
                              struct engine_request request)
{
    struct engine_hits hits = {0};
    request.query = q;
    OK(engine_search(&hits, archive.index, &request, &err));
    return hits;
}

static void same_hits(const struct engine_hits *a, size_t from,
                      const struct engine_hits *b)
{
    for (size_t i = 0; i < b->count; i++) {
        const struct engine_hit *x = &a->hits[from + i], *y = &b->hits[i];
        cr_assert_eq(x->document.segment, y->document.segment, "rank %zu", i);
        cr_assert_eq(x->document.docid, y->document.docid, "rank %zu", i);
        cr_assert(x->weight == y->weight, "rank %zu: %a, %a", i, x->weight,
                  y->weight);
    }
}

static const struct engine_hit *hit_of(const struct engine_hits *hits,
                                       struct engine_document document)
{
    for (size_t i = 0; i < hits->count; i++)
        if (hits->hits[i].document.segment == document.segment &&
            hits->hits[i].document.docid == document.docid)
            return &hits->hits[i];
    return NULL;
}

/* Xapian adds up in another order, so that equals may change places. */
static void compare_any(const struct engine_query *q)
{
    struct engine_hits all = ask(q, (struct engine_request){.count = SIZE_MAX});
    struct engine_hits page = ask(
        q,
        (struct engine_request){.first = 3, .count = 40, .check_at_least = 1});
    const size_t behind = all.count > 3 ? all.count - 3 : 0;
    cr_assert_eq(page.total_lower, all.count);
    cr_assert_eq(page.total_upper, all.count);
    cr_assert_eq(page.count, behind < 40 ? behind : 40);
    for (size_t i = 0; i < page.count; i++) {
        const double weight = page.hits[i].weight;
        const struct engine_hit *same = hit_of(&all, page.hits[i].document);
        cr_assert_not_null(same);
        cr_assert_float_eq(weight, same->weight, 1e-9);
        cr_assert_float_eq(weight, all.hits[3 + i].weight, 1e-9, "rank %zu", i);
    }
    engine_hits_done(&all);
    engine_hits_done(&page);
}

static void compare(const struct engine_query *q, double k1, double b)
{
    struct engine_hits all =
        ask(q, (struct engine_request){.count = SIZE_MAX, .k1 = k1, .b = b});
    struct engine_hits exact = ask(
        q, (struct engine_request){
               .count = 20, .check_at_least = UINT32_MAX, .k1 = k1, .b = b});
    struct engine_hits page =
        ask(q, (struct engine_request){.first = 7,
                                       .count = 30,
                                       .check_at_least = 200,
                                       .few = 100,
                                       .k1 = k1,
                                       .b = b});
    cr_assert_eq(exact.total_lower, all.count);
    cr_assert_eq(exact.total_upper, all.count);
    cr_assert_eq(exact.total_estimated, all.count);
    cr_assert_eq(exact.count, all.count < 20 ? all.count : 20);
    same_hits(&all, 0, &exact);
    const size_t behind = all.count > 7 ? all.count - 7 : 0;
    if (all.count > 100 || page.count <= 30)
        cr_assert_eq(page.count, behind < 30 ? behind : 30);
    else
        cr_assert_eq(page.count, behind);
    cr_assert_leq(page.total_lower, all.count);
    cr_assert_geq(page.total_upper, all.count);
    if (all.count < 200)
        cr_assert_eq(page.total_lower, page.total_upper);
    same_hits(&all, 7, &page);
    engine_hits_done(&all);
    engine_hits_done(&exact);
    engine_hits_done(&page);
}

static void compare_many(unsigned seed, unsigned deleted_percent)
{
    build(seed, deleted_percent);
    for (unsigned i = 0; i < QUERIES; i++) {
        AUTO(engine_query) q = random_words();
        compare(q, i % 5 ? 0 : 0.9, i % 5 ? 0 : 0.4);
    }
    tear_down();
}

Test(engine_words, gives_what_xapian_gives)
{
    compare_many(1, 0);
}

Test(engine_words, gives_what_xapian_gives_without_the_deleted)
{
    compare_many(2, 20);
}

Test(engine_words, of_an_or_gives_what_xapian_gives)
{
    build(4, 20);
    for (unsigned i = 0; i < QUERIES / 4; i++) {
        AUTO(engine_query) q = random_any();
        compare_any(q);
    }
    tear_down();
}

Test(engine_words, gives_all_where_there_are_few)
{
    build(3, 0);
    AUTO(engine_query) q = random_word();
    struct engine_hits all = ask(q, (struct engine_request){.count = SIZE_MAX});
    const struct engine_request request = {
        .count = 1, .check_at_least = UINT32_MAX, .few = all.count};
    struct engine_hits few = ask(q, request);
    cr_assert_gt(all.count, 1);
    cr_assert_eq(few.count, all.count);
    same_hits(&all, 0, &few);
    engine_hits_done(&all);
    engine_hits_done(&few);
    tear_down();
}
