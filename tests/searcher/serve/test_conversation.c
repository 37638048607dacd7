/* What a client is answered: conversation, responder and line reader. */
#include "searcher/serve/conversation.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>
#include <jansson.h>

#include "common/message.h"
#include "searcher/serve/line_reader.h"
#include "searcher/serve/request.h"
#include "tests/searcher/search_fixture.h"

static struct search_fixture f;
static struct searcher_settings settings;
static struct messages messages;

static void begin(void)
{
    search_fixture_init(&f, NULL);
    search_fixture_add_text(&f, "p1", "Gas price", "The gas price rose.");
    search_fixture_publish(&f);
    settings = (struct searcher_settings)SETTINGS_USUAL;
    settings.archive = f.path;
    settings.timeout_s = 10;
    message_init(&messages, "t", stderr);
    messages.level = MESSAGE_QUIET;
}

static void end(void)
{
    search_fixture_done(&f);
}

TestSuite(conversation, .init = begin, .fini = end);

static char answers[1 << 20];

static int file_of(const char *name, struct text content)
{
    AUTO_DONE(strbuf) path = STRBUF_INIT(4096);
    strbuf_append_format(&path, "%s/%s", f.folder, name);
    int fd = open(strbuf_string(&path), O_RDWR | O_CREAT | O_TRUNC, 0600);
    cr_assert_geq(fd, 0);
    cr_assert_eq(write(fd, content.ptr, content.len), (ssize_t)content.len);
    cr_assert_eq(lseek(fd, 0, SEEK_SET), 0);
    return fd;
}

static enum status converse(struct text requests)
{
    struct error err = ERROR_NONE;
    AUTO(responder) responder = responder_new(&settings, &messages);
    const struct conversation c = {.responder = responder,
                                   .in = file_of("in", requests),
                                   .out = file_of("out", text_from("")),
                                   .patience_ms = -1};
    enum status status = conversation_hold(&c, &err);
    cr_assert_eq(lseek(c.out, 0, SEEK_SET), 0);
    ssize_t len = read(c.out, answers, sizeof answers - 1);
    cr_assert_geq(len, 0);
    answers[len] = '\0';
    close(c.in);
    close(c.out);
    return status;
}

/* The answer on line `number` (from 0), which is JSON. */
static json_t *answer(int number)
{
    const char *line = answers;
    for (; number > 0; number--) {
        line = strchr(line, '\n');
        cr_assert_not_null(line);
        line++;
    }
    json_error_t problem;
    json_t *json = json_loadb(line, strcspn(line, "\n"), 0, &problem);
    cr_assert_not_null(json, "%s: %s", line, problem.text);
    return json;
}

static const char *string_at(json_t *json, const char *key)
{
    const char *string = json_string_value(json_object_get(json, key));
    return string ? string : "";
}

Test(conversation, each_request_has_its_answer_whatever_goes_wrong)
{
    static const struct {
        const char *request, *schema, *status;
    } cases[] = {
        {"{\"request\":\"ping\"}", "morgue.ping/1", ""},
        {"{\"request\":\"search\",\"query\":\"gas\"}", "morgue.search/1", ""},
        {"{\"request\":\"search\",\"query\":\"(gas\"}", "morgue.serve/1",
         "query"},
        {"{\"request\":\"count\",\"query\":\"oil\"}", "morgue.count/1", ""},
        {"{\"request\":\"show\",\"article\":\"p1\"}", "morgue.show/1", ""},
        {"{\"request\":\"show\",\"article\":\"p2\"}", "morgue.serve/1",
         "not-found"},
        {"{\"request\":\"similar\",\"article\":\"p2\"}", "morgue.serve/1",
         "not-found"},
        {"\xff\xfe{", "morgue.serve/1", "usage"},
        {"{\"request\":\"timeline\",\"query\":\"gas\"}", "morgue.facets/1", ""},
        {"{\"request\":\"facets\",\"query\":\"\",\"facets\":[\"year\"]}",
         "morgue.serve/1", "query"},
        {"{\"request\":\"count\",\"query\":\"gas\",\"as_generation\":1}",
         "morgue.serve/1", "stale"},
        {"{\"request\":\"suggest\",\"query\":\"gas prize\"}", "morgue.search/1",
         ""},
    };
    enum { CASES = sizeof cases / sizeof *cases };
    AUTO_DONE(strbuf) requests = STRBUF_INIT(1 << 16);
    for (int i = 0; i < CASES; i++)
        strbuf_append_format(&requests, " \r\n%s\n\n", cases[i].request);
    cr_assert_eq(converse(strbuf_text(&requests)), STATUS_OK);
    for (int i = 0; i < CASES; i++) {
        json_t *json = answer(i);
        cr_expect_str_eq(string_at(json, "schema"), cases[i].schema, "%s: %s",
                         cases[i].request, answers);
        cr_expect_str_eq(string_at(json_object_get(json, "error"), "status"),
                         cases[i].status, "%s", cases[i].request);
        json_decref(json);
    }
}

Test(conversation, the_id_comes_back_first)
{
    cr_assert_eq(
        converse(text_from("{\"request\":\"ping\",\"id\":{\"a\":[1]}}\n"
                           "{\"request\":\"search\",\"id\":\"x\","
                           "\"query\":\")\"}\n{\"id\":3}")),
        STATUS_OK);
    cr_expect(strstr(answers, "{\"id\":{\"a\":[1]},\"schema\":"
                              "\"morgue.ping/1\"") == answers,
              "%s", answers);
    cr_expect(strstr(answers, "\n{\"id\":\"x\",\"schema\":\"morgue.serve/1\","
                              "\"error\":{\"message\":"));
    cr_expect(strstr(answers, "\n{\"id\":3,\"schema\""),
              "the last line has no end: %s", answers);
}

Test(conversation, a_long_line_is_refused_and_the_next_one_answered)
{
    static const char ping[] = "{\"request\":\"ping\",\"id\":8}\n";
    AUTO_DONE(strbuf) requests = STRBUF_INIT(4 << 20);
    for (int i = 0; i < REQUEST_SIZE_MAX; i++)
        strbuf_append_char(&requests, i == 0 ? '{' : ' ');
    strbuf_append_string(&requests, " }\n");
    strbuf_append_string(&requests, ping);
    cr_assert_eq(converse(strbuf_text(&requests)), STATUS_OK);
    json_t *json = answer(0);
    cr_expect(strstr(string_at(json_object_get(json, "error"), "message"),
                     "longer than"));
    json_decref(json);
    cr_expect(strstr(answers, "{\"id\":8,"), "%s", answers);
    /* As long as one may be. */
    strbuf_reset(&requests);
    strbuf_append_string(&requests, ping);
    strbuf_truncate(&requests, requests.len - 1);
    while (requests.len < REQUEST_SIZE_MAX)
        strbuf_append_char(&requests, ' ');
    cr_assert_eq(converse(strbuf_text(&requests)), STATUS_OK);
    cr_expect(strstr(answers, "{\"id\":8,"), "%s", answers);
}

Test(conversation, each_request_takes_up_the_generation_that_is_there)
{
    static const char request[] = "{\"request\":\"count\",\"query\":\"gas\"}";
    AUTO(responder) r = responder_new(&settings, &messages);
    cr_assert(strstr(responder_answer(r, text_from(request)).ptr,
                     "\"total\":{\"value\":1,"));
    search_fixture_add_text(&f, "p2", "Gas", "more");
    search_fixture_publish(&f);
    cr_assert(strstr(responder_answer(r, text_from(request)).ptr,
                     "\"total\":{\"value\":2,"));
}

Test(conversation, an_archive_that_is_gone_is_an_answer)
{
    AUTO(responder) r = responder_new(&settings, &messages);
    settings.archive = "/nowhere/at/all";
    const char *said =
        responder_answer(r, text_from("{\"request\":\"ping\",\"id\":1}")).ptr;
    cr_expect(
        strstr(said, "{\"id\":1,\"schema\":\"morgue.serve/1\",\"error\":"),
        "%s", said);
    settings.archive = f.path;
    cr_expect(
        strstr(responder_answer(r, text_from("{\"request\":\"ping\"}")).ptr,
               "morgue.ping/1"));
}

Test(conversation, what_cannot_be_written_ends_it)
{
    struct error err = ERROR_NONE;
    AUTO(responder) responder = responder_new(&settings, &messages);
    const struct conversation c = {
        .responder = responder,
        .in = file_of("in", text_from("{\"request\":\"ping\"}\n")),
        .out = open("/dev/full", O_WRONLY),
        .patience_ms = -1};
    cr_expect_eq(conversation_hold(&c, &err), STATUS_IO);
    cr_expect_str_eq(err.message,
                     "cannot write an answer: No space left on device");
    close(c.in);
    close(c.out);
}

Test(conversation, half_a_line_and_then_nothing_is_silence)
{
    int ends[2];
    struct error err = ERROR_NONE;
    struct line_reader r;
    enum line_kind kind = LINE_END;
    struct text line;
    cr_assert_eq(pipe(ends), 0);
    cr_assert_eq(write(ends[1], "one\ntw", 6), 6);
    line_reader_init(&r, ends[0], 100);
    r.patience_ms = 1;
    cr_assert_eq(line_reader_next(&r, &kind, &line, &err), STATUS_OK);
    cr_expect_eq(kind, LINE_WHOLE);
    cr_expect(text_is(line, "one"));
    cr_assert_eq(line_reader_next(&r, &kind, &line, &err), STATUS_OK);
    cr_expect_eq(kind, LINE_SILENCE);
    line_reader_done(&r);
    close(ends[0]);
    close(ends[1]);
    line_reader_init(&r, 1000, 100); /* not open */
    cr_expect_eq(line_reader_next(&r, &kind, &line, &err), STATUS_IO);
    line_reader_done(&r);
}
