#include "searcher/similar.h"

#include <string.h>

#include <criterion/criterion.h>

#include "tests/searcher/search_fixture.h"

static struct search_fixture f;

static void begin(void)
{
    search_fixture_init(&f, NULL);
    search_fixture_add_text(&f, "pipe", "Nord Stream pipeline",
                            "Gas for Germany, and the sanctions. OR not.");
    search_fixture_add_text(&f, "gas", "Gas prices",
                            "Germany pays for gas of the pipeline.");
    search_fixture_add_text(&f, "senate", "Senate on Nord Stream",
                            "Sanctions for the pipeline failed.");
    search_fixture_add_text(&f, "cat", "A cat", "It sat on the mat.");
    search_fixture_add_text(&f, "a \"b\" c", "Cats", "Cat and mat.");
    search_fixture_add_text(&f, "dog", "Woof", "");
    search_fixture_publish(&f);
}

static void end(void)
{
    search_fixture_done(&f);
}

TestSuite(similar, .init = begin, .fini = end);

static char *query_for(const char *id)
{
    static char written[SIMILAR_QUERY_MAX];
    AUTO_DONE(strbuf) out = STRBUF_INIT(SIMILAR_QUERY_MAX);
    struct error err = ERROR_NONE;
    enum status status =
        similar_query(&out, f.archive, f.analyzer, text_from(id), &err);
    snprintf(written, sizeof written, "%s",
             status == STATUS_OK ? strbuf_string(&out) : err.message);
    return written;
}

Test(similar, the_query_finds_what_is_like_it_without_itself)
{
    const struct search_options any = {.match = PLAN_ANY,
                                       .since = TIMESTAMP_UNKNOWN,
                                       .until = TIMESTAMP_UNKNOWN,
                                       .count = 10};
    cr_expect_str_eq(query_for("pipe"),
                     "Nord Stream pipeline Gas Germany sanctions -id:\"pipe\"");
    cr_expect_str_eq(search_fixture_find(&f, query_for("pipe"), &any),
                     "senate gas");
    cr_expect_str_eq(search_fixture_find(&f, query_for("cat"), &any),
                     "a \"b\" c");
}

Test(similar, an_id_that_no_query_can_name_is_not_left_out)
{
    cr_expect_str_eq(query_for("a \"b\" c"), "Cats mat");
}

Test(similar, an_article_that_has_nothing_in_common_is_told)
{
    cr_expect_str_eq(query_for("dog"),
                     "article 'dog' has no word that others have");
    cr_expect(strstr(query_for("nowhere"), "nowhere"), "%s", query_for("x"));
}
