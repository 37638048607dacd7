/* Whole answers as they are printed: answer, batch, show, explain. */
#include "searcher/answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>
#include <jansson.h>

#include "searcher/batch.h"
#include "searcher/output.h"
#include "tests/searcher/search_fixture.h"

static struct search_fixture f;
static struct searcher_settings settings;
static char *written, *said;
static size_t written_len, said_len;

static void begin(void)
{
    search_fixture_init(&f, NULL);
    const struct text authors[] = {TEXT("Jane Doe"), TEXT("Bo Li")};
    struct article a = {.id = TEXT("p1"),
                        .url = TEXT("https://press.example/p1"),
                        .title = TEXT("Gas price"),
                        .body = TEXT("The gas price rose.\n\nIt fell."),
                        .source = TEXT("Wire"),
                        .section = TEXT("Business"),
                        .authors = authors,
                        .author_count = 2,
                        .published = 1644259500};
    search_fixture_add(&f, &a);
    search_fixture_add_text(&f, "p2", "Oil", "price of gas \x1b[31m here");
    search_fixture_publish(&f);
    settings = (struct searcher_settings){.archive = f.path,
                                          .since = TIMESTAMP_UNKNOWN,
                                          .until = TIMESTAMP_UNKNOWN,
                                          .limit = 10,
                                          .format = OUTPUT_JSON};
}

static void end(void)
{
    search_fixture_done(&f);
    free(written);
    free(said);
}

TestSuite(answer, .init = begin, .fini = end);

struct outcome {
    enum status status;
    enum answer_found found;
    struct batch_result batch;
    struct error error;
};

enum what { WHAT_QUERY, WHAT_BATCH, WHAT_NAMED_BATCH, WHAT_SHOW };

static struct outcome perform(enum what what, const char *input)
{
    struct outcome o = {.error = ERROR_NONE};
    struct messages messages;
    AUTO(answerer) a = NULL;
    free(written);
    free(said);
    FILE *out = open_memstream(&written, &written_len);
    FILE *err = open_memstream(&said, &said_len);
    message_init(&messages, "t", err);
    o.status = answerer_new(&a, &settings, &messages, out, &o.error);
    cr_assert_eq(o.status, STATUS_OK, "%s", o.error.message);
    if (what == WHAT_QUERY) {
        o.status = answer_query(&o.found, a, text_from(input),
                                text_make(NULL, 0), &o.error);
    } else if (what == WHAT_SHOW) {
        o.status = answer_show(a, text_from(input), &o.error);
    } else {
        FILE *in = fmemopen((char *)input, strlen(input), "r");
        o.status =
            batch_run(&o.batch, a, in,
                      what == WHAT_BATCH ? BATCH_QUERIES : BATCH_NAMED_QUERIES,
                      &messages, &o.error);
        fclose(in);
    }
    fclose(out);
    fclose(err);
    return o;
}

static bool wrote(const char *part)
{
    return strstr(written, part) != NULL;
}

/* --- answers -------------------------------------------------------------- */

Test(answer, an_answer_has_hits_marks_and_an_exact_total)
{
    struct outcome o = perform(WHAT_QUERY, "\"gas price\"");
    cr_assert_eq(o.status, STATUS_OK, "%s", o.error.message);
    cr_expect_eq(o.found, ANSWER_FOUND);
    json_t *json = json_loads(written, 0, NULL);
    cr_assert_not_null(json);
    json_t *hits = json_object_get(json, "hits");
    cr_expect_eq(json_array_size(hits), 1);
    json_t *hit = json_array_get(hits, 0);
    cr_expect_str_eq(json_string_value(json_object_get(hit, "id")), "p1");
    json_t *snippet = json_array_get(json_object_get(hit, "snippets"), 0);
    char *marks = json_dumps(json_object_get(snippet, "marks"), 0);
    cr_expect_str_eq(marks, "[[4, 7], [8, 13]]", "%s", marks);
    free(marks);
    json_t *total = json_object_get(json, "total");
    cr_expect_eq(json_integer_value(json_object_get(total, "value")), 1);
    cr_expect(json_is_true(json_object_get(total, "exact")));
    json_decref(json);
    cr_expect_eq(said_len, 0, "%s", said);
}

Test(answer, nothing_found_is_an_answer_without_a_fallback_for_programs)
{
    struct outcome o = perform(WHAT_QUERY, "gas zeppelin");
    cr_expect_eq(o.status, STATUS_OK);
    cr_expect_eq(o.found, ANSWER_NOTHING);
    cr_expect(wrote("\"hits\":[]"));
    settings.format = OUTPUT_TEXT;
    o = perform(WHAT_QUERY, "gas zeppelin");
    cr_expect_eq(o.found, ANSWER_NOTHING);
    cr_expect_eq(written_len, 0, "not a terminal: %s", written);
    cr_expect(strstr(said, "no article matches"));
}

Test(answer, what_was_probably_meant_is_told_but_not_searched)
{
    struct outcome o = perform(WHAT_QUERY, "gas prcie");
    cr_expect_eq(o.found, ANSWER_NOTHING);
    cr_expect(wrote("\"suggestion\":{\"query\":\"gas price\",\"words\":[{"
                    "\"offset\":4,\"length\":5,\"word\":\"price\","
                    "\"articles\":2}]},\"hits\":[]"),
              "%s", written);
    cr_expect(strstr(said, "did you mean: gas price"), "%s", said);
    perform(WHAT_QUERY, "gas OR prcie");
    cr_expect(wrote("\"word\":\"price\""), "%s", written);
    settings.batch = 1;
    perform(WHAT_BATCH, "prcie\n");
    cr_expect(wrote("\"word\":\"price\""), "%s", written);
    cr_expect_eq(said_len, 0, "%s", said);
    settings.batch = 0;
    perform(WHAT_QUERY, "gas price");
    cr_expect_not(wrote("suggestion"), "%s", written);
    settings.format = OUTPUT_TEXT;
    settings.action = ACTION_COUNT;
    perform(WHAT_QUERY, "prcie");
    cr_expect_str_eq(written, "0\n");
    cr_expect(strstr(said, "did you mean: price"), "%s", said);
}

Test(answer, ranks_go_on_behind_the_offset)
{
    settings.offset = 1;
    perform(WHAT_QUERY, "gas");
    cr_expect(wrote("\"rank\":2"));
    cr_expect_not(wrote("\"rank\":1,"));
    settings.offset = 5;
    struct outcome o = perform(WHAT_QUERY, "gas");
    cr_expect(wrote("\"hits\":[]"));
    cr_expect(wrote("\"value\":2"));
    cr_expect_eq(o.found, ANSWER_FOUND, "there are matches");
    settings.offset = 0;
    settings.limit = 0;
    o = perform(WHAT_QUERY, "gas");
    cr_expect(wrote("\"value\":2"));
    cr_expect_eq(o.found, ANSWER_FOUND);
}

Test(answer, counts_are_numbers_and_nothing_else)
{
    settings.format = OUTPUT_TEXT;
    settings.action = ACTION_COUNT;
    struct outcome o = perform(WHAT_QUERY, "gas");
    cr_expect_str_eq(written, "2\n");
    cr_expect_eq(o.found, ANSWER_FOUND);
    o = perform(WHAT_QUERY, "zeppelin");
    cr_expect_str_eq(written, "0\n");
    cr_expect_eq(o.found, ANSWER_NOTHING);
    o = perform(WHAT_QUERY, "(gas");
    cr_expect_str_eq(written, "");
    cr_expect_eq(o.status, STATUS_QUERY);
    perform(WHAT_QUERY, "gas zeppelin");
    cr_expect_str_eq(written, "0\n");
}

Test(answer, a_refused_query_is_an_error_with_its_offset)
{
    struct outcome o = perform(WHAT_QUERY, "gas AND");
    cr_expect_eq(o.status, STATUS_QUERY);
    cr_expect_eq(o.error.offset, 4);
    cr_expect(wrote("\"error\":"));
    cr_expect(wrote("\"offset\":4"));
}

Test(answer, parts_without_words_are_told)
{
    perform(WHAT_QUERY, "gas \"...\"");
    cr_expect(strstr(said, "there is no word in '...': left out"), "%s", said);
    cr_expect(wrote("\"value\":2"));
}

Test(answer, control_characters_of_articles_reach_no_terminal)
{
    settings.format = OUTPUT_TEXT;
    perform(WHAT_QUERY, "oil");
    cr_expect(wrote("price of gas [31m here"), "%s", written);
    cr_expect_null(memchr(written, '\x1b', written_len));
}

/* --- explanations --------------------------------------------------------- */

Test(answer, scores_are_explained_on_stderr)
{
    settings.explain = EXPLAIN_SCORES;
    perform(WHAT_QUERY, "gas price");
    double score, words, neighbours, leaders;
    cr_assert_eq(sscanf(said,
                        "t: 1: score %lf = %lf (words) %lf (neighbours) %lf "
                        "(leaders)",
                        &score, &words, &neighbours, &leaders),
                 4, "%s", said);
    cr_expect_float_eq(score, words + neighbours + leaders, 0.0002);
    cr_expect(strstr(said, "gas: title 1, body 1; weight"), "%s", said);
    cr_expect(strstr(said, "gas price: together 2, near 2; weight"), "%s",
              said);
    cr_expect(strstr(said, "t: 2: score"));
    cr_expect(strstr(said, "gas price: together 0, near 1"), "%s", said);
}

Test(answer, the_first_pass_alone_is_said)
{
    settings.explain = EXPLAIN_SCORES;
    settings.ranking = SEARCH_BM25;
    perform(WHAT_QUERY, "gas price");
    cr_expect(strstr(said, "of the first pass"), "%s", said);
    cr_expect_null(strstr(said, "words"));
}

Test(answer, queries_are_explained_by_tree_leaves_and_engine)
{
    settings.explain = EXPLAIN_QUERY;
    settings.format = OUTPUT_TEXT;
    struct outcome o =
        perform(WHAT_QUERY, "the \"gas price\" title:oil -wire author:li");
    cr_expect_eq(o.found, ANSWER_FOUND);
    cr_expect(wrote("query  (AND the \"gas price\" title:oil (NOT wire) "
                    "author:li)\n"),
              "%s", written);
    cr_expect(wrote("  \"gas price\": in 1 article; term gas, checked by "
                    "(PHRASE {word:gas} {word:price})\n"),
              "%s", written);
    cr_expect(wrote("  title:oil: in 1 article; term ZSoil"), "%s", written);
    cr_expect(wrote("  author:li: in 1 article; term Ali\n"), "%s", written);
    cr_expect(wrote("  wire: in 0 articles; term Zwire\n"), "%s", written);
    cr_expect(wrote("\nengine "));
}

Test(answer, explanations_name_expansions_and_count_without_the_deleted)
{
    search_fixture_add_text(&f, "p1", "Gases", "gaseous garden priced");
    search_fixture_publish(&f);
    settings.explain = EXPLAIN_QUERY;
    settings.format = OUTPUT_TEXT;
    perform(WHAT_QUERY, "ga* w/9 price \"---\"");
    cr_expect(wrote("  ga*: in 2 articles as garden gas gaseous gases; term"),
              "%s", written);
    cr_expect(wrote("  price: in 2 articles as price priced; term Zprice\n"),
              "%s", written);
    cr_expect(wrote("  (NEAR/9 ga* price): in 2 articles; term"), "%s",
              written);
    cr_expect(wrote("  =---: no word in it\n"), "%s", written);
}

static void check_node(json_t *node, const char *type, int articles)
{
    cr_assert_not_null(node);
    cr_expect_str_eq(json_string_value(json_object_get(node, "type")), type);
    if (articles >= 0)
        cr_expect_eq(json_integer_value(json_object_get(node, "articles")),
                     articles, "%s", type);
}

Test(answer, explanations_are_a_tree_in_json)
{
    settings.explain = EXPLAIN_QUERY;
    perform(WHAT_QUERY, "(ga? w/5 price) -(oil OR date:2022-02) \"---\"");
    json_t *json = json_loads(written, 0, NULL);
    cr_assert_not_null(json, "%s", written);
    cr_expect_str_eq(json_string_value(json_object_get(json, "schema")),
                     "morgue.explain/1");
    json_t *tree = json_object_get(json, "tree");
    check_node(tree, "and", -1);
    json_t *parts = json_object_get(tree, "children");
    cr_expect_eq(json_array_size(parts), 3);
    json_t *near = json_array_get(parts, 0);
    check_node(near, "near", 2);
    cr_expect_eq(json_integer_value(json_object_get(near, "number")), 5);
    json_t *wild = json_array_get(json_object_get(near, "children"), 0);
    check_node(wild, "wildcard", 2);
    cr_expect_str_eq(json_string_value(json_object_get(wild, "text")), "ga?");
    char *words = json_dumps(json_object_get(wild, "words"), 0);
    cr_expect_str_eq(words, "[\"gas\"]", "%s", words);
    free(words);
    json_t *not = json_array_get(parts, 1);
    check_node(not, "not", -1);
    json_t *either = json_array_get(json_object_get(not, "children"), 0);
    check_node(either, "or", -1);
    check_node(json_array_get(json_object_get(either, "children"), 1), "date",
               1);
    cr_expect(
        json_is_true(json_object_get(json_array_get(parts, 2), "ignored")));
    json_decref(json);
}

Test(answer, an_explanation_may_be_deep)
{
    AUTO_DONE(strbuf) query = STRBUF_INIT(10000);
    settings.explain = EXPLAIN_QUERY;
    for (int i = 0; i < 190; i++)
        strbuf_append_string(&query, i % 2 ? "gas OR (" : "price (");
    strbuf_append_string(&query, "oil");
    for (int i = 0; i < 190; i++)
        strbuf_append_char(&query, ')');
    struct outcome o = perform(WHAT_QUERY, strbuf_string(&query));
    cr_expect_eq(o.status, STATUS_OK, "%s", o.error.message);
    json_t *json = json_loads(written, 0, NULL);
    cr_expect_not_null(json);
    json_decref(json);
}

Test(answer, a_batch_answers_every_line_and_goes_on_after_a_refused_one)
{
    settings.format = OUTPUT_JSONL;
    settings.limit = 0;
    struct outcome o =
        perform(WHAT_BATCH, "gas\r\n(gas\n\nzeppelin\nprice OR oil");
    cr_expect_eq(o.status, STATUS_OK, "%s", o.error.message);
    cr_expect_eq(o.batch.refused, 1);
    cr_expect_eq(o.batch.found, ANSWER_FOUND);
    cr_expect(strstr(said, "'(gas': the parenthesis"), "%s", said);
    size_t lines = 0;
    for (const char *at = written; (at = strchr(at, '\n')); at++)
        lines++;
    cr_expect_eq(lines, 4, "%s", written);
    cr_expect(wrote("\"type\":\"error\""));
    cr_expect(wrote("\"query\":\"gas\""));
    cr_expect(wrote("\"query\":\"price OR oil\""));
}

Test(answer, a_batch_that_finds_nothing_says_so)
{
    struct outcome o = perform(WHAT_BATCH, "zeppelin\n");
    cr_expect_eq(o.batch.found, ANSWER_NOTHING);
    cr_expect_eq(o.batch.refused, 0);
    o = perform(WHAT_BATCH, "\n\n");
    cr_expect_eq(o.batch.found, ANSWER_NOTHING);
    cr_expect_eq(written_len, 0);
}

Test(answer, named_queries_keep_their_names)
{
    settings.format = OUTPUT_TREC;
    perform(WHAT_NAMED_BATCH, "q7\toil\ngas price\nq9\tzeppelin\n");
    cr_expect(wrote("q7 Q0 p2 1 "), "%s", written);
    cr_expect(wrote(" Q0 p1 1 "), "a line without a name: %s", written);
    cr_expect_not(wrote("q9"));
}

Test(answer, a_batch_of_counts_has_a_line_for_every_query)
{
    settings.format = OUTPUT_TEXT;
    settings.action = ACTION_COUNT;
    settings.batch = 1;
    struct outcome o = perform(WHAT_BATCH, "gas\n(\nzeppelin\n\"gas price\"\n");
    cr_expect_str_eq(written, "2\n-\n0\n1\n");
    cr_expect_eq(o.batch.refused, 1);
}

Test(answer, bytes_that_are_no_text_are_refused_in_a_batch)
{
    settings.format = OUTPUT_JSONL;
    struct outcome o = perform(WHAT_BATCH, "\xff\xfe\ngas\n");
    cr_expect_eq(o.batch.refused, 1);
    cr_expect(wrote("\"type\":\"summary\""));
}

/* A query after a publication sees it, though the archive was opened before. */
Test(answer, a_resident_searcher_takes_up_new_generations)
{
    struct error err = ERROR_NONE;
    struct messages messages;
    enum answer_found found;
    settings.format = OUTPUT_TEXT;
    settings.action = ACTION_COUNT;
    free(written);
    FILE *out = open_memstream(&written, &written_len);
    message_init(&messages, "t", stderr);
    AUTO(answerer) a = NULL;
    cr_assert_eq(answerer_new(&a, &settings, &messages, out, &err), STATUS_OK);
    for (int i = 0; i < 2; i++) {
        cr_assert_eq(answerer_refresh(a, &err), STATUS_OK);
        cr_assert_eq(
            answer_query(&found, a, text_from("gas"), text_make(NULL, 0), &err),
            STATUS_OK);
        search_fixture_add_text(&f, "p3", "Gas", "more");
        search_fixture_publish(&f);
    }
    fclose(out);
    cr_expect_str_eq(written, "2\n3\n");
}

/* --- one article ---------------------------------------------------------- */

Test(answer, an_article_is_shown_whole)
{
    settings.format = OUTPUT_TEXT;
    struct outcome o = perform(WHAT_SHOW, "p1");
    cr_expect_eq(o.status, STATUS_OK, "%s", o.error.message);
    cr_expect(wrote("Gas price\n\n"
                    "date     2022-02-07T18:45:00Z\n"
                    "source   Wire\n"
                    "section  Business\n"
                    "author   Jane Doe\n"
                    "         Bo Li\n"
                    "url      https://press.example/p1\n"),
              "%s", written);
    cr_expect(wrote("id       p1\n\nThe gas price rose.\n\nIt fell.\n"), "%s",
              written);
    perform(WHAT_SHOW, "p2");
    cr_expect_null(memchr(written, '\x1b', written_len));
}

Test(answer, an_article_is_shown_as_its_record)
{
    struct outcome o = perform(WHAT_SHOW, "p2");
    cr_expect_eq(o.status, STATUS_OK);
    json_t *json = json_loads(written, 0, NULL);
    cr_assert_not_null(json, "%s", written);
    cr_expect_str_eq(json_string_value(json_object_get(json, "body")),
                     "price of gas  [31m here");
    json_decref(json);
    cr_expect_eq(written[written_len - 1], '\n');
}

Test(answer, an_unknown_article_is_not_found_and_a_long_id_is)
{
    char id[5001];
    memset(id, 'x', 5000);
    id[5000] = '\0';
    struct outcome o = perform(WHAT_SHOW, id);
    cr_expect_eq(o.status, STATUS_NOT_FOUND);
    cr_expect_eq(written_len, 0);
    search_fixture_add_text(&f, id, "Long", "name");
    search_fixture_publish(&f);
    o = perform(WHAT_SHOW, id);
    cr_expect_eq(o.status, STATUS_OK, "%s", o.error.message);
    id[4999] = 'y';
    o = perform(WHAT_SHOW, id);
    cr_expect_eq(o.status, STATUS_NOT_FOUND, "only the end differs");
}

Test(answer, the_latest_version_of_an_article_is_shown)
{
    search_fixture_add_text(&f, "p1", "Second version", "text");
    search_fixture_publish(&f);
    perform(WHAT_SHOW, "p1");
    cr_expect(wrote("Second version"), "%s", written);
}

/* --- time ----------------------------------------------------------------- */

Test(answer, an_answer_that_takes_too_long_is_partial_and_says_so)
{
    static const char *const queries[] = {"gas OR price", "\"gas price\"", "*",
                                          "gas -oil", "gas w/3 price"};
    settings.timeout_s = 1e-9;
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        settings.format = OUTPUT_JSON;
        struct outcome o = perform(WHAT_QUERY, queries[i]);
        if (o.status == STATUS_TIMEOUT) /* while it was planned */
            continue;
        cr_expect_eq(o.status, STATUS_OK);
        cr_expect_eq(o.found, ANSWER_PARTIAL, "%s", queries[i]);
        cr_expect(wrote("\"exact\":false") && wrote("\"partial\":true"),
                  "%s: %s", queries[i], written);
        cr_expect(strstr(said, "the time was up"), "%s", said);
    }
    struct outcome o = perform(WHAT_BATCH, "gas\n*\n");
    cr_expect_eq(o.status, STATUS_OK);
    cr_expect_eq(o.batch.partial, 2);
    cr_expect_eq(o.batch.refused, 0);
    settings.action = ACTION_COUNT;
    o = perform(WHAT_QUERY, "*");
    cr_expect_eq(o.status, STATUS_TIMEOUT);
    cr_expect(wrote("\"error\":{\"message\":\"the time was up"));
    settings.format = OUTPUT_TEXT;
    o = perform(WHAT_QUERY, "*");
    cr_expect_eq(o.status, STATUS_TIMEOUT);
    cr_expect_eq(written_len, 0, "%s", written);
}

Test(answer, an_answer_in_time_is_whole)
{
    settings.timeout_s = 1000;
    struct outcome o = perform(WHAT_QUERY, "gas OR price");
    cr_expect_eq(o.found, ANSWER_FOUND);
    cr_expect_not(wrote("partial"), "%s", written);
    cr_expect(wrote("\"value\":2,\"exact\":true"), "%s", written);
    o = perform(WHAT_QUERY, "\"gas price\"");
    cr_expect(wrote("\"value\":1,\"exact\":true"), "%s", written);
}

Test(answer, a_line_of_a_batch_that_is_too_long_is_refused)
{
    const size_t len = 3 << 20;
    AUTO_DONE(strbuf) lines = STRBUF_INIT(8 << 20);
    for (size_t i = 0; i < len; i++)
        strbuf_append_char(&lines, i % 4 ? 'x' : ' ');
    strbuf_append_string(&lines, "\ngas\r\n\noil");
    struct outcome o = perform(WHAT_BATCH, strbuf_string(&lines));
    cr_expect_eq(o.status, STATUS_OK);
    cr_expect_eq(o.batch.refused, 1);
    cr_expect(strstr(said, "longer than 1048576 bytes"), "%s", said);
    cr_expect(wrote("\"query\":\"gas\"") && wrote("\"query\":\"oil\""), "%s",
              written);
}
