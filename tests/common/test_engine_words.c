/* An AND and an OR of words that are run past Xapian give what Xapian gives.
 * That is asked with an unexact total, which is left to it. */
#include "common/clock.h"

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
    cr_assert_eq(page.total_lower, all.count);
    cr_assert_eq(page.total_upper, all.count);
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

/* --- checks beside the words ---------------------------------------------- */

struct check {
    unsigned one_in; /* so many passes, by docid */
    size_t asked, unexpected;
    struct engine_document expected[64]; /* a ring */
    size_t expected_count;
};

static void expect_soon(void *context, struct engine_document document)
{
    struct check *c = context;
    c->expected[c->expected_count++ % 64] = document;
}

static bool is_multiple(void *context, struct engine_document document)
{
    struct check *c = context;
    bool known = false;
    for (size_t i = 0; i < 64; i++)
        known |= c->expected[i].docid == document.docid &&
                 c->expected[i].segment == document.segment;
    c->unexpected += !known;
    c->asked++;
    return document.docid % c->one_in == 0;
}

/* `words`, which are kept, with a check, and sometimes without some more. */
static struct engine_query *checked(const struct engine_query *words,
                                    struct check *check, const char *limit)
{
    struct engine_query *parts[] = {
        engine_query_copy(words),
        engine_query_expect(engine_query_check(is_multiple, check, 5000),
                            expect_soon),
        limit ? engine_query_scale(fixture_term(limit), 0) : NULL};
    return engine_query_combine(ENGINE_FILTER, parts, limit ? 3 : 2);
}

/* Of all that have the words those that pass, in the same order. */
static size_t keep_passing(struct engine_hits *hits, unsigned one_in)
{
    size_t kept = 0;
    for (size_t i = 0; i < hits->count; i++)
        if (hits->hits[i].document.docid % one_in == 0)
            hits->hits[kept++] = hits->hits[i];
    return hits->count = kept;
}

static void compare_checked(const struct engine_query *words, const char *limit,
                            unsigned one_in)
{
    struct check check = {.one_in = one_in};
    AUTO(engine_query) q = checked(words, &check, limit);
    struct engine_query *loose_parts[] = {engine_query_copy(words),
                                          limit ? fixture_term(limit) : NULL};
    AUTO(engine_query)
    loose = engine_query_combine(ENGINE_FILTER, loose_parts, limit ? 2 : 1);
    struct engine_hits all =
        ask(loose, (struct engine_request){.count = SIZE_MAX});
    const size_t total = keep_passing(&all, one_in);
    struct engine_hits count =
        ask(q, (struct engine_request){.check_at_least = UINT32_MAX});
    struct engine_hits exact = ask(
        q, (struct engine_request){.count = 20, .check_at_least = UINT32_MAX});
    struct engine_hits page =
        ask(q, (struct engine_request){
                   .first = 7, .count = 30, .check_at_least = 1 + below(300)});
    const size_t behind = total > 7 ? total - 7 : 0;
    cr_assert(engine_query_checks_best_first(q));
    cr_assert_eq(check.unexpected, 0);
    cr_assert_eq(count.total_lower, total);
    cr_assert_eq(count.total_upper, total);
    cr_assert_eq(exact.total_lower, total);
    cr_assert_eq(exact.count, total < 20 ? total : 20);
    same_hits(&all, 0, &exact);
    cr_assert_eq(page.count, behind < 30 ? behind : 30);
    cr_assert_leq(page.total_lower, total);
    cr_assert_geq(page.total_upper, total);
    cr_assert_leq(page.total_estimated, page.total_upper);
    same_hits(&all, 7, &page);
    engine_hits_done(&all);
    engine_hits_done(&count);
    engine_hits_done(&exact);
    engine_hits_done(&page);
}

Test(engine_words, with_checks_gives_what_passes_of_what_xapian_gives)
{
    static const unsigned shares[] = {1, 2, 9, 100};
    for (unsigned seed = 5; seed < 7; seed++) {
        build(seed, seed == 5 ? 0 : 20);
        for (unsigned i = 0; i < QUERIES; i++) {
            AUTO(engine_query) words = random_words();
            char limit[8];
            random_term(limit);
            compare_checked(words, below(3) ? NULL : limit, shares[below(4)]);
        }
        tear_down();
    }
}

static struct engine_hits page_of(struct engine_query *words,
                                  struct check *check)
{
    AUTO(engine_query) q = checked(words, check, NULL);
    engine_query_free(words);
    return ask(q, (struct engine_request){.count = 100, .check_at_least = 200});
}

Test(engine_words, a_page_asks_checks_about_the_best_alone)
{
    build(11, 0);
    struct check check = {.one_in = 2};
    struct engine_hits page = page_of(fixture_term("w0"), &check);
    cr_assert_eq(page.count, 100);
    cr_assert_gt(page.total_upper, 1000);
    cr_assert_lt(check.asked, 400);
    cr_assert_float_eq(page.total_estimated, page.total_upper / 2.0,
                       page.total_upper / 8.0);
    engine_hits_done(&page);
    tear_down();
}

/* More than are kept of the best; those that pass are not among them. */
Test(engine_words, finds_what_is_far_behind_the_best)
{
    enum { MANY = 40000 };
    char *dir = tempdir_make();
    struct engine_segment segment = {.path = fixture_path(dir, "s")};
    struct engine_writer *w = fixture_writer(segment.path);
    uint32_t docid;
    for (unsigned i = 1; i <= MANY; i++) {
        OK(engine_writer_term(w, text_from("a"), i % 19000 ? 2 : 1, &err));
        OK(engine_writer_end(w, &docid, &err));
    }
    fixture_commit(w);
    OK(engine_index_open(&archive.index, &segment, 1, &err));
    struct check check = {.one_in = 19000};
    struct engine_hits page = page_of(fixture_term("a"), &check);
    cr_assert_eq(page.count, 2);
    cr_assert_eq(page.hits[0].document.docid, 19000);
    cr_assert_eq(page.total_lower, 2);
    cr_assert_eq(page.total_upper, 2);
    cr_assert_gt(check.asked, MANY);
    engine_hits_done(&page);
    engine_index_free(archive.index);
    tempdir_remove(dir);
}

struct mentions {
    uint32_t least, documents;
};

static bool count_mentions(void *context, uint32_t docid, uint32_t wdf)
{
    struct mentions *m = context;
    (void)docid;
    m->documents += wdf >= m->least;
    return true;
}

Test(engine_words, are_narrowed_by_the_mentions_of_the_first_term)
{
    build(9, 0);
    struct check check = {.one_in = 1};
    struct mentions m = {.least = 3};
    for (size_t s = 0; s < SEGMENTS; s++)
        OK(engine_postings(archive.index, s, text_from("w1"), count_mentions,
                           &m, &err));
    AUTO(engine_query)
    word = engine_query_at_least(
        fixture_pair(ENGINE_SYNONYM, fixture_term("w1"), fixture_term("Sw1")),
        m.least);
    AUTO(engine_query) q = checked(word, &check, NULL);
    struct engine_hits count =
        ask(q, (struct engine_request){.check_at_least = UINT32_MAX});
    cr_assert_gt(m.documents, 10);
    cr_assert_eq(count.total_lower, m.documents);
    cr_assert_eq(check.asked, m.documents);
    engine_hits_done(&count);
    tear_down();
}

static bool pass_the_deadline(void *context, struct engine_document document)
{
    (void)document;
    while (!clock_passed(*(double *)context))
        ;
    return true;
}

static void runs_late(uint32_t check_at_least, size_t least, size_t most)
{
    double deadline_s = clock_now_s() + 0.02;
    struct engine_query *parts[] = {
        fixture_term("w0"),
        engine_query_check(pass_the_deadline, &deadline_s, 5000)};
    AUTO(engine_query) q = engine_query_combine(ENGINE_AND, parts, 2);
    struct engine_hits hits =
        ask(q, (struct engine_request){.count = 1000,
                                       .check_at_least = check_at_least,
                                       .deadline_s = deadline_s});
    cr_assert_eq(hits.end, ENGINE_TIMED_OUT);
    cr_assert_geq(hits.count, least);
    cr_assert_leq(hits.count, most);
    cr_assert_eq(hits.total_lower, hits.count);
    cr_assert_eq(hits.total_upper, hits.count);
    engine_hits_done(&hits);
}

Test(engine_words, checks_end_at_the_deadline_with_what_has_passed)
{
    build(10, 0);
    runs_late(UINT32_MAX, 1, 32);
    runs_late(1, 100, 128);
    tear_down();
}
