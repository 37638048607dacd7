#include <math.h>
#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "searcher/expand.h"
#include "searcher/id_map.h"
#include "searcher/ranking_bm25.h"
#include "searcher/ranking_neighbours.h"
#include "tests/searcher/search_fixture.h"

static struct search_fixture f;

static void begin(void)
{
    search_fixture_init(&f, NULL);
}

static void end(void)
{
    search_fixture_done(&f);
}

TestSuite(ranking, .init = begin, .fini = end, .timeout = 100);

static double score_of(const char *query, enum search_ranking ranking,
                       size_t rank)
{
    AUTO_DONE(search_answer) a;
    struct search_options o = SEARCH_OPTIONS_ALL;
    o.ranking = ranking;
    search_fixture_answer(&a, &f, query, &o);
    cr_assert_eq(a.status, STATUS_OK, "%s", a.error.message);
    cr_assert_gt(a.result.count, rank);
    return a.result.hits[rank].score;
}

/* --- formulas ------------------------------------------------------------- */

Test(ranking, saturation_is_bm25)
{
    /* 2 * 2.2 / (2 + 1.2 * (1 - 0.5 + 0.5 * 1)) */
    cr_expect_float_eq(ranking_saturate(2, 1, 1.2, 0.5), 1.375, 1e-9);
    cr_expect_float_eq(ranking_saturate(0, 1, 1.2, 0.5), 0, 1e-9);
    cr_expect_lt(ranking_saturate(2, 3, 1.2, 0.5), 1.375);
    cr_expect_float_eq(ranking_idf(10, 2), log(1 + 8.5 / 2.5), 1e-9);
    cr_expect_eq(ranking_idf(10, 12), 0, "deleted articles still counted");
}

Test(ranking, a_score_is_worked_out_by_hand)
{
    search_fixture_add_text(&f, "1", "", "gas oil");
    search_fixture_add_text(&f, "2", "", "gas tin");
    search_fixture_add_text(&f, "3", "", "iron tin");
    search_fixture_publish(&f);
    const double idf = log(1 + (3 - 2 + 0.5) / (2 + 0.5));
    /* one mention in an article of the average length; and in the lead */
    const double expected = idf * (2.2 / 2.2 + 0.1);
    cr_expect_float_eq(score_of("gas", SEARCH_WORDS, 0), expected, 2e-6);
    cr_expect_float_eq(score_of("gas", SEARCH_WORDS, 1), expected, 2e-6);
}

Test(ranking, a_mention_in_the_title_counts_three_times)
{
    search_fixture_add_text(&f, "1", "gas", "oil");
    search_fixture_add_text(&f, "2", "tin", "oil");
    search_fixture_publish(&f);
    const double idf = log(1 + (2 - 1 + 0.5) / (1 + 0.5));
    const double expected = idf * 3 * 2.2 / (3 + 1.2);
    cr_expect_float_eq(score_of("gas", SEARCH_WORDS, 0), expected, 2e-6);
}

/* --- pairs ---------------------------------------------------------------- */

Test(ranking, levels_look_at_more_and_more)
{
    search_fixture_add_text(&f, "near", "", "gas price is up");
    search_fixture_add_text(&f, "far", "",
                            "gas one two three four five six seven eight nine "
                            "ten price");
    search_fixture_publish(&f);
    const double words = score_of("gas price", SEARCH_WORDS, 0);
    const double pairs = score_of("gas price", SEARCH_PAIRS, 0);
    cr_expect_gt(pairs, words);
    cr_expect_float_eq(score_of("gas price", SEARCH_PAIRS, 1),
                       score_of("gas price", SEARCH_WORDS, 1), 1e-9);
    cr_expect_float_eq(score_of("gas price", SEARCH_NEIGHBOURS, 0), pairs, 1e-9,
                       "two articles have no word that says something");
}

/* --- neighbours ----------------------------------------------------------- */

/* The first of them is like three others that rank high; the last is alone. */
static void fill_with_kin(void)
{
    search_fixture_add_text(&f, "a", "gas", "gas pipe sea leak divers");
    search_fixture_add_text(&f, "b", "gas", "gas pipe sea leak divers");
    search_fixture_add_text(&f, "kin", "", "gas pipe sea leak divers report");
    search_fixture_add_text(&f, "odd", "", "gas wheat vote court rain report");
    for (int i = 0; i < 8; i++) {
        char id[20], body[100];
        snprintf(id, sizeof id, "x%d", i);
        snprintf(body, sizeof body,
                 "gas one%d two%d three%d four%d five%d six%d", i, i, i, i, i,
                 i);
        search_fixture_add_text(&f, id, "", body);
    }
    search_fixture_add_text(&f, "other", "", "pipe sea leak divers harbour");
    search_fixture_publish(&f);
}

static size_t rank_in(const char *ids, const char *id)
{
    const char *at = strstr(ids, id);
    size_t rank = 0;
    cr_assert_not_null(at, "%s in %s", id, ids);
    for (const char *c = ids; c < at; c++)
        rank += *c == ' ';
    return rank;
}

Test(ranking, articles_like_the_best_rise)
{
    fill_with_kin();
    cr_expect_float_eq(score_of("gas", SEARCH_WORDS, 2),
                       score_of("gas", SEARCH_WORDS, 11), 0.05);
    const char *ids = search_fixture_find(&f, "gas", NULL);
    cr_expect_eq(rank_in(ids, "kin"), 2, "%s", ids);
    cr_expect_gt(rank_in(ids, "odd"), 2, "%s", ids);
    cr_expect_null(strstr(ids, "other"), "ranking finds nothing more");
}

/* What the two articles that share a word gain by it. */
static double gain_by(const char *shared)
{
    char body[80];
    for (int i = 0; i < 12; i++) {
        char lone[16];
        snprintf(lone, sizeof lone, "lone%d", i);
        snprintf(body, sizeof body, "gas own%d %s", i, i < 2 ? shared : lone);
        char id[8];
        snprintf(id, sizeof id, "%d", i);
        search_fixture_add_text(&f, id, "", body);
    }
    search_fixture_publish(&f);
    AUTO_DONE(search_answer) a;
    struct search_options o = SEARCH_OPTIONS_ALL;
    o.ranking = SEARCH_NEIGHBOURS;
    search_fixture_answer(&a, &f, "gas", &o);
    cr_assert_eq(a.result.count, 12);
    return a.result.reranked[0].leaders;
}

Test(ranking, stop_words_make_nothing_similar)
{
    const double by_iron = gain_by("iron");
    end();
    begin();
    const double by_about = gain_by("about");
    end();
    begin();
    const double by_nothing = gain_by("-");
    cr_expect_gt(by_iron, by_nothing);
    cr_expect_float_eq(by_about, by_nothing, 1e-9);
}

Test(ranking, similarity_is_the_cosine)
{
    /* (0.6, 0.8), (1, 0) and nothing */
    struct ranking_term terms[2] = {0};
    struct ranking_component components[] = {{0, 0.6f}, {1, 0.8f}, {0, 1}};
    size_t from[] = {0, 2, 3, 3};
    const struct ranking_vectors vectors = {.article_count = 3,
                                            .term_count = 2,
                                            .terms = terms,
                                            .components = components,
                                            .from = from};
    AUTO_DONE(ranking_similarity) s;
    ranking_similarity_init(&s, &vectors);
    cr_expect_float_eq(ranking_similarity_of(&s, 0, 1), 0.6, 1e-6);
    cr_expect_float_eq(ranking_similarity_of(&s, 1, 0), 0.6, 1e-6);
    cr_expect_float_eq(ranking_similarity_of(&s, 0, 0), 1, 1e-6);
    cr_expect_eq(ranking_similarity_of(&s, 2, 2), 0);
    cr_expect_eq(ranking_similarity_of(&s, 2, 0), 0);
    const double scores[] = {10, 20, 5};
    double blended[3];
    ranking_neighbours_blend(blended, scores, &s);
    cr_expect_float_eq(blended[0], 0.6 * 10 + 0.4 * 20, 1e-6);
    cr_expect_float_eq(blended[1], 0.6 * 20 + 0.4 * 10, 1e-6);
    cr_expect_float_eq(blended[2], 5, 1e-6, "without neighbours, its own");
}

/* --- the rest ------------------------------------------------------------- */

Test(ranking, scores_descend_over_both_passes)
{
    for (int i = 0; i < 2 * SEARCH_SECOND_PASS; i++) {
        char id[20], body[100];
        snprintf(id, sizeof id, "%d", i);
        snprintf(body, sizeof body, "gas %s w%d", i % 3 ? "price" : "gas gas",
                 i % 7);
        search_fixture_add_text(&f, id, "", body);
    }
    search_fixture_add_text(&f, "none", "", "oil");
    search_fixture_publish(&f);
    for (enum search_ranking r = SEARCH_NEIGHBOURS; r <= SEARCH_BM25; r++) {
        AUTO_DONE(search_answer) a;
        struct search_options o = SEARCH_OPTIONS_ALL;
        o.ranking = r;
        search_fixture_answer(&a, &f, "gas", &o);
        cr_assert_eq(a.result.count, 2 * SEARCH_SECOND_PASS);
        cr_expect_eq(a.result.total, 2 * SEARCH_SECOND_PASS);
        for (size_t i = 1; i < a.result.count; i++)
            cr_expect_leq(a.result.hits[i].score, a.result.hits[i - 1].score,
                          "%zu by %d", i, (int)r);
    }
}

Test(ranking, added_words_find_articles_without_the_typed_ones)
{
    fill_with_kin();
    struct condition sea = {.kind = CONDITION_WORD};
    const struct matcher matcher = {MATCHER_STEM, TEXT("sea")};
    sea.matchers = &matcher;
    sea.matcher_count = 1;
    const struct plan_more more = {&sea, TEXT("Zsea"), 0.2};
    struct search_options o = SEARCH_OPTIONS_ALL;
    o.match = PLAN_ANY;
    o.more = &more;
    o.more_count = 1;
    const char *ids = search_fixture_find(&f, "gas", &o);
    cr_expect(strstr(ids, "other"), "%s", ids);
    cr_expect_lt(rank_in(ids, "kin"), rank_in(ids, "other"), "%s", ids);
    ids = search_fixture_find(&f, "gas -harbour", &o);
    cr_expect_null(strstr(ids, "other"), "exclusions still hold: %s", ids);
    ids = search_fixture_find(&f, "source:nobody gas", &o);
    cr_expect_str_eq(ids, "", "fields still hold");
}

/* --- what is kept of words ------------------------------------------------ */

Test(id_map, gives_what_was_put_for_few_ids_and_for_all)
{
    enum { IDS = 20000, STRIDE = 7919 };
    struct id_map map;
    id_map_init(&map, IDS);
    for (uint32_t i = 0; i < IDS; i++) {
        const uint32_t id = (uint32_t)((uint64_t)i * STRIDE % IDS);
        cr_assert_eq(id_map_get(&map, id), 0);
        cr_assert_leq(map.slot_count * sizeof *map.slots,
                      IDS * sizeof *map.numbers);
        id_map_put(&map, id, i + 1);
        cr_assert_eq(id_map_get(&map, id), i + 1);
    }
    for (uint32_t i = 0; i < IDS; i++)
        cr_assert_eq(id_map_get(&map, (uint32_t)((uint64_t)i * STRIDE % IDS)),
                     i + 1);
    cr_assert_not_null(map.numbers);
    id_map_done(&map);
    id_map_done(&map);
}
