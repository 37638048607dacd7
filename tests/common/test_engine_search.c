#include "common/clock.h"
#include "tests/common/engine_fixture.h"

/* Two segments; documents are named by their segment's letter and docid. */
struct archive {
    char *dir;
    struct engine_index *index;
};

static const double year_1969 = -3000000, year_2022 = 1645142400,
                    year_2023 = 1676678400;

static struct archive archive(void)
{
    static const uint32_t deleted[] = {4};
    struct archive a = {tempdir_make(), NULL};
    const char *first = fixture_path(a.dir, "a");
    const char *second = fixture_path(a.dir, "b");
    struct engine_writer *w = fixture_writer(first);
    fixture_add(w, "gas gas pipeline", year_2022, "");
    fixture_add(w, "gas", NAN, "");
    fixture_add(w, "pipeline", year_1969, "");
    fixture_commit(w);
    w = fixture_writer(second);
    fixture_add(w, "gas", year_2023, "");
    fixture_add(w, "gas pipeline", 0, "");
    fixture_add(w, "oil", NAN, "");
    fixture_add(w, "gas gone", year_2022, "");
    fixture_add(w, "gas", year_2022, "");
    fixture_commit(w);
    struct engine_segment segments[] = {{first, NULL, 0}, {second, deleted, 1}};
    OK(engine_index_open(&a.index, segments, 2, &err));
    return a;
}

static void done(struct archive a)
{
    engine_index_free(a.index);
    tempdir_remove(a.dir);
}

static const char *found(struct archive a, struct engine_request request)
{
    static char names[200];
    struct engine_hits hits = {0};
    OK(engine_search(&hits, a.index, &request, &err));
    names[0] = '\0';
    for (size_t i = 0; i < hits.count; i++) {
        size_t at = strlen(names);
        struct engine_document d = hits.hits[i].document;
        snprintf(names + at, sizeof names - at, "%s%c%u", at ? " " : "",
                 (int)('a' + d.segment), d.docid);
    }
    engine_hits_done(&hits);
    return names;
}

Test(engine_search, newest_first_has_the_undated_last)
{
    struct archive a = archive();
    AUTO(engine_query) all = engine_query_all();
    struct engine_request request = {.query = all,
                                     .count = 100,
                                     .sort = ENGINE_NEWEST,
                                     .sort_slot = TIME_SLOT};
    cr_assert_str_eq(found(a, request), "b1 a1 b5 b2 a3 a2 b3");
    done(a);
}

Test(engine_search, oldest_first_has_the_undated_last_too)
{
    struct archive a = archive();
    AUTO(engine_query) all = engine_query_all();
    struct engine_request request = {.query = all,
                                     .count = 100,
                                     .sort = ENGINE_OLDEST,
                                     .sort_slot = TIME_SLOT};
    cr_assert_str_eq(found(a, request), "a3 b2 a1 b5 b1 a2 b3");
    done(a);
}

Test(engine_search, of_the_same_time_the_more_relevant_comes_first)
{
    struct archive a = archive();
    AUTO(engine_query) gas = fixture_term("gas");
    struct engine_request request = {.query = gas,
                                     .count = 100,
                                     .sort = ENGINE_NEWEST,
                                     .sort_slot = TIME_SLOT};
    struct engine_hits hits = {0};
    OK(engine_search(&hits, a.index, &request, &err));
    cr_assert_eq(hits.count, 5);
    cr_assert_geq(hits.hits[1].weight, hits.hits[2].weight);
    cr_assert_gt(hits.hits[2].weight, 0);
    engine_hits_done(&hits);
    done(a);
}

Test(engine_search, pages_follow_each_other)
{
    struct archive a = archive();
    AUTO(engine_query) all = engine_query_all();
    struct engine_request request = {.query = all,
                                     .first = 2,
                                     .count = 3,
                                     .sort = ENGINE_OLDEST,
                                     .sort_slot = TIME_SLOT};
    cr_assert_str_eq(found(a, request), "a1 b5 b1");
    request.first = 6;
    cr_assert_str_eq(found(a, request), "b3");
    request.first = 7;
    cr_assert_str_eq(found(a, request), "");
    request.first = SIZE_MAX;
    request.count = SIZE_MAX;
    cr_assert_str_eq(found(a, request), "");
    request.first = 0;
    request.count = 0;
    cr_assert_str_eq(found(a, request), "");
    done(a);
}

Test(engine_search, the_deleted_are_neither_found_nor_counted)
{
    struct archive a = archive();
    cr_assert_eq(fixture_count(a.index, fixture_term("gas")), 5);
    cr_assert_eq(fixture_count(a.index, fixture_term("gone")), 0);
    cr_assert_eq(fixture_count(a.index, engine_query_all()), 7);
    uint32_t frequency = 0;
    OK(engine_term_frequency(a.index, text_from("gone"), &frequency, &err));
    cr_assert_eq(frequency, 1);
    AUTO(engine_query) all = engine_query_all();
    struct engine_request request = {.query = all, .count = 0};
    struct engine_hits hits = {0};
    OK(engine_search(&hits, a.index, &request, &err));
    cr_assert_leq(hits.total_upper, 7);
    engine_hits_done(&hits);
    done(a);
}

static size_t in_range(struct archive a, double from, double to)
{
    return fixture_count(a.index, engine_query_range(TIME_SLOT, from, to));
}

Test(engine_search, ranges_include_their_ends_and_no_undated)
{
    struct archive a = archive();
    cr_assert_eq(in_range(a, year_2022, year_2023), 3);
    cr_assert_eq(in_range(a, year_2022, year_2022), 2);
    cr_assert_eq(in_range(a, year_2022 + 1, year_2023 - 1), 0);
    cr_assert_eq(in_range(a, year_1969, -1), 1);
    cr_assert_eq(in_range(a, year_1969, 0), 2);
    cr_assert_eq(in_range(a, -INFINITY, 0), 2);
    cr_assert_eq(in_range(a, -INFINITY, INFINITY), 5);
    cr_assert_eq(in_range(a, 0, INFINITY), 4);
    cr_assert_eq(in_range(a, year_2023, year_2022), 0);
    cr_assert_eq(in_range(a, INFINITY, -INFINITY), 0);
    cr_assert_eq(in_range(a, INFINITY, INFINITY), 0);
    cr_assert_eq(in_range(a, -INFINITY, -INFINITY), 0);
    cr_assert_eq(
        fixture_count(a.index, engine_query_range(99, -INFINITY, INFINITY)), 0);
    done(a);
}

static double weight_of_first(struct archive a, struct engine_query *q)
{
    struct engine_hits hits = fixture_all(a.index, q);
    cr_assert_gt(hits.count, 0);
    double weight = hits.hits[0].weight;
    engine_hits_done(&hits);
    return weight;
}

Test(engine_search, only_the_first_of_a_filter_has_weight)
{
    struct archive a = archive();
    double pipeline =
        weight_of_first(a, fixture_pair(ENGINE_FILTER, fixture_term("oil"),
                                        engine_query_all()));
    cr_assert_gt(pipeline, 0);
    cr_assert_eq(
        weight_of_first(a, fixture_pair(ENGINE_FILTER, engine_query_all(),
                                        fixture_term("oil"))),
        0);
    cr_assert_float_eq(
        weight_of_first(a, fixture_pair(ENGINE_AND_MAYBE, engine_query_all(),
                                        fixture_term("oil"))),
        pipeline, 1e-9);
    cr_assert_float_eq(
        weight_of_first(a, engine_query_scale(fixture_term("oil"), 3)),
        3 * pipeline, 1e-9);
    done(a);
}

static bool is_odd(void *context, struct engine_document document)
{
    (void)context;
    return document.docid % 2;
}

Test(engine_search, a_checks_guess_shapes_the_estimate)
{
    char *dir = tempdir_make();
    const char *path = fixture_path(dir, "s");
    struct engine_writer *w = fixture_writer(path);
    for (int i = 0; i < 1000; i++)
        fixture_add(w, "gas", NAN, "");
    fixture_commit(w);
    AUTO(engine_index) index = fixture_open(path);
    AUTO(engine_query)
    q = fixture_pair(ENGINE_AND, fixture_term("gas"),
                     engine_query_check(is_odd, NULL, 300));
    struct engine_request request = {.query = q, .count = 0};
    AUTO_DONE(engine_hits) hits = {0};
    OK(engine_search(&hits, index, &request, &err));
    cr_assert_eq(hits.total_estimated, 300);
    cr_assert_leq(hits.total_lower, 300);
    cr_assert_geq(hits.total_upper, 500);
    tempdir_remove(dir);
}

Test(engine_search, more_mentions_in_a_shorter_article_rank_higher)
{
    char *dir = tempdir_make();
    const char *path = fixture_path(dir, "s");
    struct engine_writer *w = fixture_writer(path);
    fixture_add(w, "gas a b c d e f g h i j k l m n o p q r s", NAN, "");
    fixture_add(w, "gas gas", NAN, "");
    fixture_add(w, "gas", NAN, "");
    fixture_add(w, "oil", NAN, "");
    fixture_commit(w);
    struct archive a = {dir, fixture_open(path)};
    AUTO(engine_query) gas = fixture_term("gas");
    struct engine_request request = {.query = gas, .count = 9};
    cr_assert_str_eq(found(a, request), "a2 a3 a1");
    request.k1 = 1.2;
    request.b = 0; /* length does not matter */
    cr_assert_str_eq(found(a, request), "a2 a1 a3");
    done(a);
}

Test(engine_search, a_damaged_segment_is_corrupt)
{
    char *dir = tempdir_make();
    const char *path = fixture_path(dir, "s");
    struct engine_writer *w = fixture_writer(path);
    for (int i = 0; i < 20000; i++)
        fixture_add(w, "gas pipeline", i, "");
    fixture_commit(w);
    const char *file = fixture_path(path, "postlist.glass");
    AUTO(engine_index) index = fixture_open(path);
    size_t len;
    char *bytes = tempdir_read(file, &len);
    cr_assert_gt(len, 6 * 8192);
    AUTO(engine_query) gas = fixture_term("gas");
    struct engine_request request = {.query = gas, .count = 9};
    struct engine_hits hits = {0};
    memset(bytes, 0xff, len);
    tempdir_write(file, bytes, len);
    FAILS(STATUS_CORRUPT, engine_search(&hits, index, &request, &err));
    cr_assert_null(hits.hits);
    free(bytes);
    tempdir_remove(dir);
}

/* --- deadlines ------------------------------------------------------------ */

/* Takes until the deadline for the document that it is asked about third. */
struct slow {
    double deadline_s;
    int asked;
    bool answer;
};

static bool ask_slowly(void *context, struct engine_document document)
{
    struct slow *slow = context;
    (void)document;
    if (++slow->asked == 3)
        while (clock_now_s() <= slow->deadline_s)
            ;
    return slow->answer;
}

static struct engine_hits
until_deadline(struct archive a, struct engine_query *query, struct slow *slow)
{
    struct engine_hits hits = {0};
    struct engine_request request = {
        .query = query, .count = 100, .check_at_least = UINT32_MAX};
    slow->deadline_s = request.deadline_s = clock_now_s() + 0.02;
    OK(engine_search(&hits, a.index, &request, &err));
    cr_expect_eq(hits.end, ENGINE_TIMED_OUT);
    cr_expect_eq(hits.total_estimated, hits.count);
    /* Once more, at most, in the second segment. */
    cr_expect_leq(slow->asked, 4, "asked %d times", slow->asked);
    return hits;
}

Test(engine_search, a_search_ends_at_its_deadline_with_what_it_has)
{
    struct archive a = archive();
    struct slow slow = {.answer = true};
    struct engine_query *parts[] = {engine_query_all(),
                                    engine_query_check(ask_slowly, &slow, 9)};
    AUTO(engine_query) query = engine_query_combine(ENGINE_AND, parts, 2);
    struct engine_hits hits = until_deadline(a, query, &slow);
    cr_expect_eq(hits.count, 2);
    engine_hits_done(&hits);
    done(a);
}

Test(engine_search, what_was_not_checked_in_time_is_not_found)
{
    struct archive a = archive();
    struct slow slow = {.answer = false};
    struct engine_query *parts[] = {engine_query_all(),
                                    engine_query_check(ask_slowly, &slow, 9)};
    AUTO(engine_query) query = engine_query_combine(ENGINE_AND_NOT, parts, 2);
    struct engine_hits hits = until_deadline(a, query, &slow);
    cr_expect_leq(hits.count, 2, "%zu", hits.count);
    engine_hits_done(&hits);
    done(a);
}

Test(engine_search, a_search_for_nothing_ends_at_its_deadline_too)
{
    struct archive a = archive();
    struct slow slow = {.answer = false};
    AUTO(engine_query) query = engine_query_check(ask_slowly, &slow, 9);
    struct engine_hits hits = until_deadline(a, query, &slow);
    cr_expect_eq(hits.count, 0);
    engine_hits_done(&hits);
    done(a);
}

Test(engine_search, a_deadline_that_has_passed_lets_nothing_be_found)
{
    struct archive a = archive();
    struct engine_query *parts[] = {fixture_term("gas"),
                                    fixture_term("pipeline")};
    AUTO(engine_query) query = engine_query_combine(ENGINE_AND, parts, 2);
    struct engine_request request = {.query = query, .count = 100};
    cr_expect_str_eq(found(a, request), "b2 a1");
    request.deadline_s = 1000 + clock_now_s();
    cr_expect_str_eq(found(a, request), "b2 a1");
    request.deadline_s = 1e-9;
    cr_expect_str_eq(found(a, request), "");
    done(a);
}
