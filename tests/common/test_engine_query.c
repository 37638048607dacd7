#include "tests/common/engine_fixture.h"

static bool is_odd(void *context, struct engine_document document)
{
    (void)context;
    return document.docid % 2 == 1;
}

static const char *description(struct engine_query *q)
{
    static char text[1000];
    AUTO(engine_query) owned = q;
    AUTO_DONE(strbuf) out = STRBUF_INIT(sizeof text);
    engine_query_describe(owned, &out);
    snprintf(text, sizeof text, "%s", strbuf_string(&out));
    return text;
}

Test(engine_query, trees_describe_themselves)
{
    struct engine_query *q = fixture_pair(
        ENGINE_AND_NOT,
        fixture_pair(ENGINE_OR, fixture_term("gas"), fixture_term("oil")),
        engine_query_check(is_odd, NULL, 12));
    cr_assert_str_eq(description(q), "Query(((gas OR oil) AND_NOT "
                                     "PostingSource(check, about 12)))");
    cr_assert_str_eq(description(engine_query_all()), "Query(<alldocuments>)");
    cr_assert_str_eq(description(engine_query_nothing()), "Query()");
    cr_assert_str_eq(description(engine_query_scale(fixture_term("gas"), 2.5)),
                     "Query(2.5 * gas)");
    cr_assert_not_null(
        strstr(description(engine_query_range(3, -5, INFINITY)), " 3 "));
}

Test(engine_query, no_document_has_an_impossible_term)
{
    char longest[246];
    memset(longest, 'a', sizeof longest);
    cr_assert_str_eq(description(engine_query_term(text_make(longest, 246), 1)),
                     "Query()");
    cr_assert_str_eq(description(engine_query_term(text_make(NULL, 0), 1)),
                     "Query()");
}

Test(engine_query, of_no_parts_nothing_is_made)
{
    for (int op = ENGINE_AND; op <= ENGINE_AND_MAYBE; op++)
        cr_assert_str_eq(description(engine_query_combine(
                             (enum engine_operator)op, NULL, 0)),
                         "Query()");
    engine_query_free(NULL);
}

Test(engine_query, one_query_runs_over_one_index_after_the_other)
{
    char *dir = tempdir_make();
    AUTO(engine_query) q = engine_query_check(is_odd, NULL, 10);
    for (unsigned round = 1; round < 4; round++) {
        char name[2] = {(char)('a' + round), '\0'};
        const char *path = fixture_path(dir, name);
        struct engine_writer *w = fixture_writer(path);
        for (unsigned i = 0; i < round * 10; i++)
            fixture_add(w, "x", NAN, "");
        fixture_commit(w);
        AUTO(engine_index) index = fixture_open(path);
        struct engine_request request = {.query = q, .count = 100};
        AUTO_DONE(engine_hits) hits = {0};
        OK(engine_search(&hits, index, &request, &err));
        cr_assert_eq(hits.count, round * 5);
    }
    tempdir_remove(dir);
}
