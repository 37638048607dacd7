#include "searcher/serve/request.h"

#include <string.h>

#include <criterion/criterion.h>

#include "common/engine/search.h"
#include "searcher/output.h"
#include "searcher/search.h"

static struct arena arena;
static struct request request;
static struct error err;

static void release(void)
{
    arena_done(&arena);
}

TestSuite(request, .fini = release);

static enum status read_request(const char *line)
{
    struct searcher_settings base = SETTINGS_USUAL;
    base.archive = "press";
    base.timeout_s = 10;
    err = (struct error)ERROR_NONE;
    return request_read(&request, text_from(line), &base, &arena, &err);
}

static void refused(const char *line, const char *message)
{
    request.kind = REQUEST_PING;
    cr_expect_eq(read_request(line), STATUS_USAGE, "%s", line);
    cr_expect(strstr(err.message, message), "%s: %s", line, err.message);
    cr_expect_eq(err.offset, ERROR_NO_OFFSET);
    cr_expect_eq(request.kind, REQUEST_PING, "untouched");
}

Test(request, every_option_reaches_its_place)
{
    cr_assert_eq(
        read_request(
            " {\"request\":\"search\",\"id\":[1],\"query\":\"g\\u00e4s "
            "\\\"x\\\"\",\"any\":true,\"since\":\"2022-02-07\","
            "\"until\":\"2022-02-07\",\"timezone\":\"+01:00\","
            "\"limit\":3,\"offset\":100000,\"sort\":\"oldest\","
            "\"ranking\":\"bm25\",\"timeout\":2.5,"
            "\"as_generation\":9223372036854775807}\r"),
        STATUS_OK, "%s", err.message);
    const struct searcher_settings *s = &request.settings;
    cr_expect_eq(request.kind, REQUEST_SEARCH);
    cr_expect_str_eq(request.query, "g\xc3\xa4s \"x\"");
    cr_expect_null(request.article);
    cr_expect_str_eq(s->archive, "press");
    cr_expect_eq(s->format, OUTPUT_JSON);
    cr_expect_eq(s->match, MATCH_ANY_WORD);
    cr_expect_eq(s->since, 1644188400);
    cr_expect_eq(s->until, 1644274799);
    cr_expect_eq(s->limit, 3);
    cr_expect_eq(s->offset, 100000);
    cr_expect_eq(s->sort, ENGINE_OLDEST);
    cr_expect_eq(s->ranking, SEARCH_BM25);
    cr_expect_eq(s->timeout_s, 2.5);
    cr_expect_eq(s->as_generation, INT64_MAX);
}

Test(request, what_is_not_said_has_its_usual_value)
{
    cr_assert_eq(read_request("{\"query\":\"\",\"request\":\"search\","
                              "\"limit\":null,\"any\":false}"),
                 STATUS_OK, "%s", err.message);
    cr_expect_eq(request.settings.limit, 10);
    cr_expect_eq(request.settings.match, MATCH_ALL_WORDS);
    cr_expect_eq(request.settings.timeout_s, 10);
    cr_expect_eq(request.settings.since, TIMESTAMP_UNKNOWN);
    cr_assert_eq(read_request("{\"request\":\"timeline\",\"query\":\"*\"}"),
                 STATUS_OK);
    cr_expect(request.settings.facets.has_timeline);
    cr_expect_eq(request.settings.facets.timeline, FACET_MONTH);
    cr_assert_eq(read_request("{\"request\":\"count\",\"query\":\"*\"}"),
                 STATUS_OK);
    cr_expect_eq(request.settings.action, ACTION_COUNT);
    cr_assert_eq(read_request("{\"request\":\"similar\",\"article\":\"a\"}"),
                 STATUS_OK);
    cr_expect_eq(request.settings.match, MATCH_ANY_WORD);
    cr_expect_str_eq(request.article, "a");
    cr_assert_eq(read_request("{\"request\":\"ping\"}"), STATUS_OK);
    cr_assert_eq(read_request("{\"request\":\"suggest\",\"query\":\"gass\"}"),
                 STATUS_OK);
    cr_expect_eq(request.settings.limit, 0);
}

Test(request, facets_are_a_list_or_a_string)
{
    cr_assert_eq(read_request("{\"request\":\"facets\",\"query\":\"*\","
                              "\"facets\":[\"source\",\"year\"],\"top\":5,"
                              "\"timeline\":\"day\"}"),
                 STATUS_OK, "%s", err.message);
    const struct facets_wanted *wanted = &request.settings.facets;
    cr_expect_eq(wanted->count, 2);
    cr_expect_eq(wanted->kinds[1], FACET_YEAR);
    cr_expect_eq(wanted->top, 5);
    cr_expect_eq(wanted->timeline, FACET_DAY);
    cr_assert_eq(read_request("{\"request\":\"facets\",\"query\":\"*\","
                              "\"facets\":\"section\"}"),
                 STATUS_OK, "%s", err.message);
    cr_expect_eq(wanted->kinds[0], FACET_SECTION);
}

Test(request, what_is_not_understood_is_refused)
{
    refused("", "not valid JSON at byte 0");
    refused("{\"request\":\"ping\"} x", "not valid JSON at byte 19");
    refused("{\"request\":\"ping\"", "not valid JSON at byte 17");
    refused("[]", "no JSON object");
    refused("\"ping\"", "no JSON object");
    refused("{}", "'request' must be");
    refused("{\"request\":1}", "'request' must be");
    refused("{\"request\":\"delete\"}", "'request' must be");
    refused("{\"request\":\"search\"}", "needs an option 'query'");
    refused("{\"request\":\"search\",\"query\":null}", "needs an option");
    refused("{\"request\":\"show\"}", "needs an option 'article'");
    refused("{\"request\":\"facets\",\"query\":\"*\"}",
            "needs an option 'facets'");
    refused("{\"request\":\"ping\",\"archive\":\"/etc\"}",
            "there is no option 'archive'");
    refused("{\"request\":\"ping\",\"\\u0000\":1}", "there is no option");
    refused("{\"request\":\"ping\",\"limit\":1}",
            "the request 'ping' has no option 'limit'");
}

Test(request, values_are_checked)
{
#define ASK(rest) "{\"request\":\"search\",\"query\":\"gas\"," rest "}"
    refused(ASK("\"query\":\"oil\""), "'query' is there twice");
    refused(ASK("\"limit\":-1"), "from 0 to 1000");
    refused(ASK("\"limit\":1001"), "from 0 to 1000");
    refused(ASK("\"limit\":1e2"), "from 0 to 1000");
    refused(ASK("\"limit\":99999999999999999999"), "from 0 to 1000");
    refused(ASK("\"limit\":\"3\""), "from 0 to 1000");
    refused(ASK("\"as_generation\":9223372036854775808"), "a whole number");
    refused(ASK("\"any\":1"), "needs true or false");
    refused(ASK("\"since\":2022"), "needs a string");
    refused(ASK("\"since\":\"2022\\u0000\""), "needs a string");
    refused(ASK("\"since\":\"soon\""), "option 'since' needs a date");
    refused(ASK("\"since\":\"2022\",\"until\":\"2021\""),
            "'since 2022' is after 'until 2021'");
    refused(ASK("\"timezone\":\"Nowhere/At_all\""), "option 'timezone'");
    refused(ASK("\"sort\":\"random\""),
            "'sort' needs one of relevance, newest, oldest");
    refused(ASK("\"timeout\":\"1\""), "needs a number of seconds");
    refused(ASK("\"timeout\":0"), "'timeout' needs seconds");
    refused(ASK("\"timeout\":10.5"), "'timeout' is at most 10 here");
    refused(ASK("\"expand\":true,\"sort\":\"newest\""), "without 'sort'");
#undef ASK
#define ASK(rest) "{\"request\":\"facets\",\"query\":\"gas\"," rest "}"
    refused(ASK("\"facets\":[\"colour\"]"), "no facet 'colour'");
    refused(ASK("\"facets\":[1]"), "needs a list of strings");
    refused(ASK("\"facets\":{}"), "needs a list of strings");
    refused(ASK("\"facets\":[\"year\"],\"top\":0"), "at least 1");
#undef ASK
}

Test(request, an_id_is_any_value)
{
    static const char *const ids[] = {
        "1", "-2.5e3", "\"a \\\" b\"", "null", "[1,{\"x\":[]}]", "{}", "true"};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        AUTO_DONE(strbuf) line = STRBUF_INIT(1000);
        strbuf_append_format(&line, "{\"id\":%s}", ids[i]);
        struct text id = request_id(strbuf_text(&line));
        cr_expect(text_is(id, ids[i]), "%s: %.*s", ids[i], TEXT_ARG(id));
    }
    cr_expect_eq(request_id(text_from("{}")).len, 0);
    cr_expect_eq(request_id(text_from("[1]")).len, 0);
    cr_expect_eq(request_id(text_from("{\"id\":1")).len, 0);
    cr_expect_eq(request_id(text_from("{\"id\":\"\xff\"}")).len, 0);
}
