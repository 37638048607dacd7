#include "indexer/reader.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/strbuf.h"
#include "tests/support/gzip.h"
#include "tests/support/tempdir.h"

static struct error err;
static struct arena arena = ARENA_INIT;

static struct reader *open_text(struct text json)
{
    struct reader *reader = NULL;
    cr_assert_eq(reader_open_input(&reader, input_from_memory(json, "x.jsonl"),
                                   reader_format_by_name("jsonl"), &err),
                 STATUS_OK);
    reader->newest = 1700000000;
    return reader;
}

static struct article read_one(const char *json)
{
    AUTO(reader) reader = open_text(text_from(json));
    struct article a = {0};
    cr_assert_eq(reader_next(reader, &arena, &a, &err), STATUS_OK, "%s: %s",
                 json, err.message);
    cr_assert_eq(reader->warnings, 0, "%s", reader->warning);
    cr_assert_eq(reader_next(reader, &arena, &a, &err), STATUS_END);
    return a;
}

static void expect_reject(struct reader *reader, const char *reason,
                          uint64_t offset, const char *message)
{
    struct article a;
    cr_assert_eq(reader_next(reader, &arena, &a, &err), STATUS_SOURCE);
    cr_assert_str_eq(reader->reject_reason, reason);
    cr_assert_eq(reader->reject.offset, offset, "%llu",
                 (unsigned long long)reader->reject.offset);
    cr_assert(text_is(reader->reject.path, "x.jsonl"));
    cr_assert_str_eq(err.message, message);
}

static void expect_title(struct reader *reader, const char *title)
{
    struct article a;
    cr_assert_eq(reader_next(reader, &arena, &a, &err), STATUS_OK, "%s",
                 err.message);
    cr_assert(text_is(a.title, title), "%s", a.title.ptr);
}

static void expect_end(struct reader *reader)
{
    struct article a;
    cr_assert_eq(reader_next(reader, &arena, &a, &err), STATUS_END);
    cr_assert_eq(reader_next(reader, &arena, &a, &err), STATUS_END);
}

Test(reader_jsonl, reads_every_field)
{
    struct article a = read_one(
        "{\"id\":\"n1\",\"url\":\"https://x.org/1\",\"title\":\" Gas \","
        "\"date\":\"2022-02-07T18:45:00Z\",\"source\":\"Wire\","
        "\"author\":\"A. B\",\"section\":\"world\",\"lang\":\"en\","
        "\"tags\":\"gas, pipelines,,\",\"path\":\"elsewhere\","
        "\"body\":\"One.\\r\\n\\r\\nTwo.\"}");
    cr_assert(text_is(a.id, "n1"));
    cr_assert(text_is(a.url, "https://x.org/1"));
    cr_assert(text_is(a.title, "Gas"));
    cr_assert_eq(a.published, 1644259500);
    cr_assert(text_is(a.source, "Wire"));
    cr_assert(a.author_count == 1 && text_is(a.authors[0], "A. B"));
    cr_assert(text_is(a.section, "world"));
    cr_assert(text_is(a.language, "en"));
    cr_assert(a.tag_count == 2 && text_is(a.tags[1], "pipelines"));
    cr_assert(text_is(a.body, "One.\n\nTwo."));
    cr_assert(text_is(a.origin.path, "x.jsonl"));
    cr_assert(a.origin.offset == 0 && a.origin.line == 1);
}

Test(reader_jsonl, knows_the_usual_aliases)
{
    static const char *const titles[] = {"title", "headline", "name"};
    static const char *const bodies[] = {
        "body",    "text",         "content",     "maintext",
        "article", "article_body", "articleBody", "content_text"};
    static const char *const dates[] = {
        "date",         "date_publish", "published_at",  "publishedAt",
        "published",    "pubDate",      "datePublished", "date_published",
        "publish_date", "timestamp",    "created_at",    "publication_date"};
    static const char *const urls[] = {"url", "link", "canonical_url", "href"};
    static const char *const sources[] = {
        "source",    "source_domain", "publisher", "site",
        "site_name", "newspaper",     "outlet"};
    static const char *const sections[] = {"section", "category", "categories",
                                           "desk"};
    static const char *const languages[] = {"lang", "language", "lang_code"};
    static const char *const ids[] = {"id",  "_id",  "guid",
                                      "uid", "uuid", "article_id"};
    static const char *const authors[] = {"author", "authors", "byline",
                                          "creator"};
    static const char *const tags[] = {"tags", "keywords", "topics"};
    for (size_t i = 0; i < 12; i++) {
        AUTO_DONE(strbuf) json = STRBUF_INIT(4096);
        strbuf_append_format(
            &json,
            "{\"%s\":\"T\",\"%s\":\"B\",\"%s\":\"2022\",\"%s\":\"U\","
            "\"%s\":\"S\",\"%s\":\"C\",\"%s\":\"L\",\"%s\":\"I\","
            "\"%s\":\"A\",\"%s\":\"G\"}",
            titles[i % 3], bodies[i % 8], dates[i], urls[i % 4], sources[i % 7],
            sections[i % 4], languages[i % 3], ids[i % 6], authors[i % 4],
            tags[i % 3]);
        struct article a = read_one(json.ptr);
        cr_assert(text_is(a.title, "T") && text_is(a.body, "B"));
        cr_assert(a.published == 1640995200 && text_is(a.url, "U"));
        cr_assert(text_is(a.source, "S") && text_is(a.section, "C"));
        cr_assert(text_is(a.language, "L") && text_is(a.id, "I"));
        cr_assert(a.author_count == 1 && text_is(a.authors[0], "A"));
        cr_assert(a.tag_count == 1 && text_is(a.tags[0], "G"));
    }
}

Test(reader_jsonl, keys_are_the_same_however_their_words_are_parted)
{
    struct article a =
        read_one("{\"Headline\":\"T\",\"Full Text\":\"B\","
                 "\"Publication-Date\":\"2022\",\"webURL\":\"U\","
                 "\"Byline\":\"By A\",\"Publication\":\"S\"}");
    cr_assert(text_is(a.title, "T") && text_is(a.body, "B"));
    cr_assert(a.published == 1640995200 && text_is(a.url, "U"));
    cr_assert(text_is(a.authors[0], "A") && text_is(a.source, "S"));
    a = read_one("{\"title\":\"t\",\"titletitletitletitletitle\":\"long\","
                 "\"_\":\"none\"}");
    cr_assert(text_is(a.title, "t"));
}

Test(reader_jsonl, html_and_summaries_stand_in_for_a_body)
{
    struct article a = read_one("{\"title\":\"t\",\"summary\":\"S\","
                                "\"body_html\":\"<p>A &amp; B</p><p>C</p>\"}");
    cr_assert(text_is(a.body, "A & B\n\nC"));
    a = read_one("{\"title\":\"t\",\"html\":\"<p>H\",\"text\":\"T\"}");
    cr_assert(text_is(a.body, "T"));
    a = read_one("{\"title\":\"t\",\"description\":\"D\",\"body\":\" \"}");
    cr_assert(text_is(a.body, "D"));
    cr_assert(a.tag_count == 1 && text_is(a.tags[0], "form:summary"));
    a = read_one("{\"title\":\"A <i>B</i> &amp; C\",\"body\":\"D\"}");
    cr_assert(text_is(a.title, "A B & C") && a.tag_count == 0);
    a = read_one("{\"title\":{\"rendered\":\"A &amp; <i>B</i>\"},"
                 "\"content\":{\"rendered\":\"<p>C</p>\"}}");
    cr_assert(text_is(a.title, "A & B") && text_is(a.body, "C"));
}

Test(reader_jsonl, null_and_empty_count_as_absent_and_the_first_alias_wins)
{
    struct article a = read_one(
        "{\"name\":\"third\",\"headline\":\"second\",\"title\":null,"
        "\"text\":\"t\",\"body\":\" \\n\",\"authors\":[],\"byline\":\"B\"}");
    cr_assert(text_is(a.title, "second"));
    cr_assert(text_is(a.body, "t"));
    cr_assert(text_is(a.authors[0], "B"));
    cr_assert_eq(a.published, TIMESTAMP_UNKNOWN);
    cr_assert(a.id.len == 0 && a.tag_count == 0);
}

Test(reader_jsonl, takes_the_shapes_that_values_come_in)
{
    struct article a = read_one(
        "{\"id\":12345678901234567,\"title\":\"t\",\"timestamp\":1644259500,"
        "\"authors\":[\"A\",{\"name\":\"B\"},{\"title\":\"C\"},null,\"\"],"
        "\"source\":{\"id\":null,\"name\":\"Wire\"},"
        "\"categories\":[\"world\",\"gas\"],\"keywords\":[\"a,b\",\"c\"],"
        "\"body\":[\"One.\",\"Two.\"]}");
    cr_assert(text_is(a.id, "12345678901234567"));
    cr_assert_eq(a.published, 1644259500);
    cr_assert_eq(a.author_count, 3);
    cr_assert(text_is(a.authors[1], "B") && text_is(a.authors[2], "C"));
    cr_assert(text_is(a.source, "Wire"));
    cr_assert(text_is(a.section, "world, gas"));
    cr_assert(a.tag_count == 2 && text_is(a.tags[0], "a,b"));
    cr_assert(text_is(a.body, "One.\n\nTwo."));
    a = read_one("{\"_id\":{\"$oid\":\"5f\"},\"title\":\"t\","
                 "\"date\":{\"$date\":\"2022-02-07T18:45:00Z\"},"
                 "\"simhash\":18446744073709551615}");
    cr_assert(text_is(a.id, "5f"));
    cr_assert_eq(a.published, 1644259500);
    a = read_one("{\"title\":\"t\",\"date\":1644259500.75}");
    cr_assert_eq(a.published, 1644259500);
    a = read_one("{\"title\":\"t\",\"title\":\"last\"}");
    cr_assert(text_is(a.title, "last"));
}

Test(reader_jsonl, bodies_come_in_many_ways)
{
    static const char *const cases[][2] = {
        {"\"<p>A &amp; B</p><p>C</p>\"", "A & B\n\nC"},
        {"\"One.<p>Two.\"", "One.\n\nTwo."},
        {"\"One.<br>Two.\"", "One.\nTwo."},
        {"\"if a < b then\\nprint <p>\"", "if a < b then\nprint <p>"},
        {"\"<GM.N> rose\"", "<GM.N> rose"},
        {"\"A &amp; B&#39;s\"", "A & B's"},
        {"\"write &amp; within <b>\"", "write &amp; within <b>"},
        {"\"AT&T; R&D\"", "AT&T; R&D"},
        {"[null,{\"type\":\"kicker\",\"content\":\"K\"},{\"type\":\"date\","
         "\"content\":1},{\"content\":\"A <a href='x'>b</a>.\",\"type\":"
         "\"sanitized_html\"},{\"type\":\"image\",\"content\":\"I\"},"
         "{\"content\":\"C\"}]",
         "A b.\n\nC"},
        {"{\"summary\":[\"S\"],\"sections\":[{\"headline\":[\"H\"],"
         "\"paragraphs\":[\"P\",\"Q\"]}]}",
         "S\n\nH\n\nP\n\nQ"},
        {"{\"blocks\":[{\"type\":\"paragraph\",\"data\":{\"text\":\"A\"}}]}",
         "A"},
        {"[{\"_type\":\"block\",\"children\":[{\"text\":\"A\"},{\"children\":["
         "{\"text\":\" b\"}]}]},{\"children\":[{\"text\":\"C\"}]}]",
         "A b\n\nC"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        AUTO_DONE(strbuf) json = STRBUF_INIT(4096);
        strbuf_append_format(&json, "{\"title\":\"t\",\"body\":%s}",
                             cases[i][0]);
        struct article a = read_one(json.ptr);
        cr_expect(text_is(a.body, cases[i][1]), "%s: %.*s", cases[i][0],
                  TEXT_ARG(a.body));
    }
}

static void append_joined(struct strbuf *out, const struct text *list,
                          size_t count)
{
    for (size_t i = 0; i < count; i++)
        strbuf_append_format(out, "%s%.*s", i > 0 ? "|" : "",
                             TEXT_ARG(list[i]));
    strbuf_append_char(out, ' ');
}

Test(reader_jsonl, lists_of_people_and_subjects_come_in_many_ways)
{
    static const char *const cases[][2] = {
        {"\"authors\":\"Ann Lee; Bo Ek\"", "Ann Lee|Bo Ek  "},
        {"\"author\":\"By Ann Lee, Cy Fox and Bo Ek\"",
         "Ann Lee|Cy Fox|Bo Ek  "},
        {"\"author\":\"Ann Lee, AP\"", "Ann Lee, AP  "},
        {"\"author\":\"Marks and Spencer\"", "Marks and Spencer  "},
        {"\"authors\":\"['Ann Lee', \\\"Bo Ek\\\"]\"", "Ann Lee|Bo Ek  "},
        {"\"byline\":{\"original\":\"By Ann Lee\",\"person\":[]}", "Ann Lee  "},
        {"\"author\":12,\"by\":\"annlee\"", "annlee  "},
        {"\"author\":\"NaN\"", "  "},
        {"\"tags\":\"gas;oil\"", " gas|oil "},
        {"\"tags\":\"['gas', 'oil']\"", " gas|oil "},
        {"\"keywords\":[{\"name\":\"subject\",\"value\":\"Gas\"}]", " Gas "},
        {"\"tags\":[7,8]", "  "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        AUTO_DONE(strbuf) json = STRBUF_INIT(4096);
        AUTO_DONE(strbuf) got = STRBUF_INIT(4096);
        strbuf_append_format(&json, "{\"title\":\"t\",%s}", cases[i][0]);
        struct article a = read_one(json.ptr);
        append_joined(&got, a.authors, a.author_count);
        append_joined(&got, a.tags, a.tag_count);
        cr_expect_str_eq(strbuf_string(&got), cases[i][1], "%s: %s",
                         cases[i][0], got.ptr);
    }
}

Test(reader_jsonl, articles_are_found_within_what_is_none)
{
    static const char *const cases[][2] = {
        {"{\"status\":\"ok\",\"articles\":[\n{\"title\":\"a\"},\n"
         "{\"title\":\"b\"}\n]}",
         "a@28:2 b@43:3 "},
        {"{\"response\":{\"docs\":[{\"headline\":{\"main\":\"a\"}}]}}",
         "a@21:1 "},
        {"{\"hits\":{\"hits\":[{\"_id\":\"7\",\"_source\":{\"title\":\"a\"}}"
         "]}}",
         "7=a@17:1 "},
        {"{\"_id\":7,\"_source\":{\"title\":\"a\",\"body\":\"b\"}}",
         "7=a@0:1 "},
        {"{\"title\":\"feed\",\"items\":[{\"title\":\"a\"}]}", "a@25:1 "},
        {"{\"articles\":[{\"title\":\"a\",\"n\":NaN},{\"title\":\"b\"}]}",
         "a@0:1 b@0:1 "},
        {"{\"k1\":{\"title\":\"a\"},\"k2\":{\"title\":\"b\"}}",
         "k1=a@6:1 k2=b@25:1 "},
        {"{\"title\":\"a\",\"body\":\"b\",\"items\":[{\"title\":\"c\"}]}",
         "a@0:1 "},
        {"{\"index\":{\"_id\":\"1\"}}\n{\"title\":\"a\"}\n"
         "{\"delete\":{\"_id\":2}}\n{\"create\":{}}\n{\"title\":\"b\"}\n",
         "1=a@22:2 b@71:5 "},
        {"{\"items\":[{\"x\":1},7,{\"title\":\"a\"}]}\n{\"title\":\"b\"}",
         "no-body@10:1 not-an-object@18:1 a@20:1 b@36:2 "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        AUTO_DONE(strbuf) got = STRBUF_INIT(4096);
        AUTO(reader) reader = open_text(text_from(cases[i][0]));
        struct article a;
        enum status status;
        while ((status = reader_next(reader, &arena, &a, &err)) != STATUS_END) {
            bool good = status == STATUS_OK;
            struct origin o = good ? a.origin : reader->reject;
            if (good && a.id.len > 0)
                strbuf_append_format(&got, "%.*s=", TEXT_ARG(a.id));
            strbuf_append_format(
                &got, "%.*s@%d:%d ",
                TEXT_ARG(good ? a.title : text_from(reader->reject_reason)),
                (int)o.offset, (int)o.line);
        }
        cr_expect_str_eq(strbuf_string(&got), cases[i][1], "%s: %s",
                         cases[i][0], got.ptr);
    }
}

Test(reader_jsonl, a_line_that_names_the_next_is_read_on_from)
{
    struct reader_place place = {0};
    AUTO(reader)
    reader = open_text(
        text_from("{\"title\":\"a\"}\n{\"index\":{\"_id\":\"1\"}}\n"));
    expect_title(reader, "a");
    expect_end(reader);
    cr_assert(reader_find_place(reader, &place));
    cr_assert_eq(place.input.content, 13, "%d", (int)place.input.content);
    cr_assert_eq(place.line, 1);
}

Test(reader_jsonl, rejects_with_reason_place_and_bytes_and_goes_on)
{
    static const struct {
        const char *line, *reason, *message;
    } cases[] = {
        {"{\"title\":\"x\"", "bad-json",
         "'x.jsonl' line 2: not valid JSON at byte 12 of it"},
        {"no", "bad-json", "'x.jsonl' line 2: not valid JSON at byte 1 of it"},
        {"{} {}", "bad-json",
         "'x.jsonl' line 2: not valid JSON at byte 3 of it"},
        {"{\"title\":\"t\",\"id\":1e999}", "wrong-type",
         "'x.jsonl' line 2: 'id' is of a wrong type"},
        {"[\"a\"]", "not-an-object", "'x.jsonl' line 2: not a JSON object"},
        {"\"a\"", "not-an-object", "'x.jsonl' line 2: not a JSON object"},
        {"12", "not-an-object", "'x.jsonl' line 2: not a JSON object"},
        {"null", "not-an-object", "'x.jsonl' line 2: not a JSON object"},
        {"{}", "no-body", "'x.jsonl' line 2: neither title nor body"},
        {"{\"id\":\"x\",\"body\":\"\"}", "no-body",
         "'x.jsonl' line 2: neither title nor body"},
        {"{\"body\":[]}", "no-body",
         "'x.jsonl' line 2: neither title nor body"},
        {"{\"title\":{},\"body\":\"b\"}", "wrong-type",
         "'x.jsonl' line 2: 'title' is of a wrong type"},
        {"{\"title\":7,\"body\":\"b\"}", "wrong-type",
         "'x.jsonl' line 2: 'title' is of a wrong type"},
        {"{\"title\":\"t\",\"text\":true}", "wrong-type",
         "'x.jsonl' line 2: 'body' is of a wrong type"},
        {"{\"title\":\"t\",\"body\":[\"a\",1]}", "wrong-type",
         "'x.jsonl' line 2: 'body' is of a wrong type"},
        {"{\"title\":\"t\",\"id\":[1]}", "wrong-type",
         "'x.jsonl' line 2: 'id' is of a wrong type"},
        {"{\"title\":\"t\",\"id\":1.5}", "wrong-type",
         "'x.jsonl' line 2: 'id' is of a wrong type"},
        {"{\"title\":\"t\",\"id\":18446744073709551615}", "wrong-type",
         "'x.jsonl' line 2: 'id' is of a wrong type"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        AUTO_DONE(strbuf) json = STRBUF_INIT(4096);
        strbuf_append_format(&json,
                             "{\"title\":\"one\"}\n%s\r\n{\"title\":\"two\"}\n",
                             cases[i].line);
        AUTO(reader) reader = open_text(strbuf_text(&json));
        expect_title(reader, "one");
        expect_reject(reader, cases[i].reason, 16, cases[i].message);
        cr_assert_eq(reader->reject.line, 2);
        cr_assert(text_is(reader->reject_bytes, cases[i].line));
        cr_assert_eq(err.offset, 16);
        expect_title(reader, "two");
        cr_assert_null(reader->reject_reason);
        expect_end(reader);
        arena_reset(&arena);
    }
}

Test(reader_jsonl, what_is_odd_and_not_fatal_is_warned_of)
{
    static const struct {
        struct text line;
        const char *title, *warning;
    } cases[] = {
        {TEXT("{\"title\":\"t\",\"date\":\"0000-01-01\"}"), "t",
         "'x.jsonl' line 1: date '0000-01-01' not understood, article kept "
         "undated"},
        {TEXT("{\"title\":\"t\",\"date\":\"1599-12-31\"}"), "t",
         "'x.jsonl' line 1: date '1599-12-31' not understood, article kept "
         "undated"},
        {TEXT("{\"title\":\"t\",\"date\":\"9999-12-31\"}"), "t",
         "'x.jsonl' line 1: date '9999-12-31' is in the future, article kept "
         "undated"},
        {TEXT("{\"title\":\"t\",\"timestamp\":1700000001}"), "t",
         "'x.jsonl' line 1: date '1700000001' is in the future, article kept "
         "undated"},
        {TEXT("{\"title\":\"t\",\"date\":[]}"), "t", ""},
        {TEXT("{\"title\":\"t\",\"date\":true}"), "t",
         "'x.jsonl' line 1: 'date' is of a wrong type, left out"},
        {TEXT("{\"title\":\"t\",\"authors\":[true,\"A\"]}"), "t",
         "'x.jsonl' line 1: 'author' is of a wrong type, left out"},
        {TEXT("{\"title\":\"t\",\"source\":{\"id\":1}}"), "t",
         "'x.jsonl' line 1: 'source' is of a wrong type, left out"},
        {TEXT("{\"title\":\"M\xfcnchen\"}"), "M\xc3\xbcnchen",
         "'x.jsonl' line 1: not valid UTF-8, read as Windows-1252"},
        {TEXT("{\"title\":\"\xc3\xbc\xc3\xbc\xfc\"}"),
         "\xc3\xbc\xc3\xbc\xef\xbf\xbd",
         "'x.jsonl' line 1: 1 bytes or characters that may not stand there "
         "replaced"},
        {TEXT("{\"title\":\"a\\ud83d\"}"), "a\xef\xbf\xbd",
         "'x.jsonl' line 1: 1 bytes or characters that may not stand there "
         "replaced"},
        {TEXT("{\"title\":\"a\0b\tc\"}"), "a b c",
         "'x.jsonl' line 1: 2 bytes or characters that may not stand there "
         "replaced"},
        {TEXT("{\"title\":\"a\\u0000b\"}"), "a b",
         "'x.jsonl' line 1: NUL characters replaced by blanks"},
        {TEXT("{\"title\":\"t\",\"a\\u0000\":1}"), "t", ""},
        {TEXT("{\"title\":\"a\\u001b[31m\\u009bb\\u007f\"}"), "a [31m b", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        AUTO(reader) reader = open_text(cases[i].line);
        struct article a;
        cr_assert_eq(reader_next(reader, &arena, &a, &err), STATUS_OK, "%zu %s",
                     i, err.message);
        cr_assert_eq(a.published, TIMESTAMP_UNKNOWN);
        cr_assert(text_is(a.title, cases[i].title), "%s", a.title.ptr);
        cr_assert_str_eq(reader->warning, cases[i].warning);
        cr_assert_eq(reader->warnings, cases[i].warning[0] != '\0');
    }
}

Test(reader_jsonl, long_dates_and_paths_in_warnings_are_cut_at_characters)
{
    AUTO_DONE(strbuf) json = STRBUF_INIT(4096);
    strbuf_append_string(&json, "{\"title\":\"t\",\"date\":\"x");
    for (int i = 0; i < 1000; i++)
        strbuf_append_string(&json, "ü");
    strbuf_append_string(&json, "\"}");
    AUTO(reader) reader = open_text(strbuf_text(&json));
    expect_title(reader, "t");
    cr_assert(strstr(reader->warning, "ü' not understood"));
    cr_assert_lt(strlen(reader->warning), 150);
}

Test(reader_jsonl, what_is_too_large_is_passed_over_to_its_end)
{
    AUTO_DONE(strbuf) json = STRBUF_INIT(8 << 20);
    strbuf_append_format(&json, "{\"title\":\"one\"}\n{\"body\":\"%0*d\"}\n",
                         4 << 20, 0);
    strbuf_append_format(&json, "{\"body\":\"%0*d\"}\n", 1500, 0);
    strbuf_append_string(&json, "{\"title\":\"two\"}\n");
    AUTO(reader) reader = open_text(strbuf_text(&json));
    reader->limits.article = 1000;
    expect_title(reader, "one");
    expect_reject(reader, "too-large", 16,
                  "'x.jsonl' line 2: larger than 2000 bytes");
    cr_assert_eq(reader->reject_bytes.len, 2000);
    expect_reject(reader, "too-large", 16 + (4 << 20) + 12,
                  "'x.jsonl' line 3: the article is larger than 1000 bytes");
    expect_title(reader, "two");
    expect_end(reader);
}

Test(reader_jsonl, a_large_line_is_read_and_a_bomb_of_values_is_not)
{
    AUTO_DONE(strbuf) json = STRBUF_INIT(64 << 20);
    strbuf_append_format(&json, "{\"body\":\"%0*d\"}\n{\"authors\":[0",
                         16 << 20, 0);
    size_t second = (16 << 20) + 12;
    for (int i = 0; i < 2000000; i++)
        strbuf_append_string(&json, ",0");
    strbuf_append_string(&json, "]}\n");
    size_t third = json.len;
    for (int i = 0; i < 100000; i++)
        strbuf_append_char(&json, '[');
    AUTO(reader) reader = open_text(strbuf_text(&json));
    struct article a;
    cr_assert_eq(reader_next(reader, &arena, &a, &err), STATUS_OK);
    cr_assert_eq(a.body.len, 16 << 20);
    expect_reject(reader, "too-large", second,
                  "'x.jsonl' line 2: too many values");
    expect_reject(reader, "bad-json", third,
                  "'x.jsonl' line 3: not valid JSON at byte 2048 of it");
    cr_assert_eq(reader->reject_bytes.len, 64 << 10);
    expect_end(reader);
}

Test(reader_jsonl, many_authors_and_a_long_id_are_fine)
{
    AUTO_DONE(strbuf) json = STRBUF_INIT(8 << 20);
    strbuf_append_format(&json,
                         "{\"id\":\"%05000d\",\"title\":\"t\","
                         "\"authors\":[\"A0\"",
                         7);
    for (int i = 1; i < 10000; i++)
        strbuf_append_format(&json, ",\"A%d\"", i);
    strbuf_append_string(&json, "]}");
    struct article a = read_one(json.ptr);
    cr_assert_eq(a.id.len, 5000);
    cr_assert_eq(a.author_count, 10000);
    cr_assert(text_is(a.authors[9999], "A9999"));
}

Test(reader_jsonl, json_cut_at_the_end_is_rejected_with_its_offset)
{
    static const struct {
        const char *json, *message;
        uint64_t offset;
    } cases[] = {
        {"{\"title\":\"one\"}\n{\"title\":\"tw",
         "'x.jsonl' line 2: not valid JSON at byte 12 of it", 16},
        {"[{\"title\":\"one\"},\n {\"title\":\"tw",
         "'x.jsonl' line 2: the array is not closed", 19},
        {"[{\"title\":\"one\"},\n", "'x.jsonl' line 2: the array is not closed",
         18},
        {"{\n\"title\":\"one\"\n}\n{\n\"title\":",
         "'x.jsonl' line 4: not valid JSON at byte 10 of it", 18},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        AUTO(reader) reader = open_text(text_from(cases[i].json));
        expect_title(reader, "one");
        expect_reject(reader, "bad-json", cases[i].offset, cases[i].message);
        expect_end(reader);
    }
}

Test(reader_jsonl, truncated_gzip_delivers_the_articles_before_the_cut)
{
    AUTO_DONE(strbuf) json = STRBUF_INIT(1 << 20);
    AUTO_DONE(strbuf) gz = STRBUF_INIT(1 << 20);
    for (int i = 0; i < 2000; i++)
        strbuf_append_format(&json, "{\"title\":\"title %d\"}\n", i * 7919);
    gzip_append(&gz, strbuf_text(&json));
    AUTO(reader) reader = open_text(text_make(gz.ptr, gz.len / 2));
    struct article a;
    enum status status;
    uint64_t count = 0, end = 0;
    while ((status = reader_next(reader, &arena, &a, &err)) == STATUS_OK) {
        count++;
        end = a.origin.offset;
    }
    cr_assert_eq(status, STATUS_SOURCE);
    cr_assert(count > 500 && count < 1500);
    cr_assert_str_eq(reader->reject_reason, "truncated-gzip");
    cr_assert_gt(reader->reject.offset, end);
    cr_assert(text_starts_with(reader->reject_bytes, text_from("{\"ti")));
    cr_assert(strstr(err.message, ": the gzip file is cut off"));
    cr_assert_eq(err.offset, gz.len / 2);
    expect_end(reader);
}

Test(reader_jsonl, after_whole_articles_a_gzip_fault_is_one_rejection)
{
    AUTO_DONE(strbuf) gz = STRBUF_INIT(1 << 20);
    gzip_append(&gz, text_from("{\"title\":\"one\"}"));
    size_t whole = gz.len;
    strbuf_append_string(&gz, "junk");
    for (size_t cut = 0; cut < 2; cut++) {
        AUTO(reader)
        reader = open_text(text_make(gz.ptr, cut ? whole - 4 : gz.len));
        expect_title(reader, "one");
        struct article a;
        cr_assert_eq(reader_next(reader, &arena, &a, &err), STATUS_SOURCE);
        cr_assert_str_eq(reader->reject_reason,
                         cut ? "truncated-gzip" : "junk-after-gzip");
        cr_assert_eq(reader->reject.offset, 15);
        expect_end(reader);
    }
}

Test(reader_jsonl, a_failing_read_ends_the_source)
{
    char *dir = tempdir_make();
    struct reader *reader = NULL;
    struct article a;
    cr_assert_eq(reader_open(&reader, dir, NULL, &err), STATUS_IO);
    cr_assert_eq(reader_open(&reader, "/proc/self/mem",
                             reader_format_by_name("jsonl"), &err),
                 STATUS_OK);
    cr_assert_eq(reader_next(reader, &arena, &a, &err), STATUS_IO);
    expect_end(reader);
    reader_free(reader);
    tempdir_remove(dir);
}

Test(reader_jsonl, arrays_and_pretty_printed_objects_tell_lines_and_offsets)
{
    AUTO(reader)
    reader = open_text(text_from("[\n  {\n    \"title\": \"one\"\n  },\n  "
                                 "{\"title\": \"two\"}, 7\n]\n"));
    struct article a;
    cr_assert_eq(reader_next(reader, &arena, &a, &err), STATUS_OK);
    cr_assert(a.origin.line == 2 && a.origin.offset == 4);
    cr_assert_eq(reader_next(reader, &arena, &a, &err), STATUS_OK);
    cr_assert(a.origin.line == 5 && text_is(a.title, "two"));
    expect_reject(reader, "not-an-object", 50,
                  "'x.jsonl' line 5: not a JSON object");
    expect_end(reader);
}

Test(reader_jsonl, texts_outlive_the_reader)
{
    AUTO(reader) reader = open_text(text_from("{\"title\":\"one\"}"));
    struct article a;
    cr_assert_eq(reader_next(reader, &arena, &a, &err), STATUS_OK);
    reader_free(TAKE(reader));
    cr_assert(text_is(a.title, "one") && text_is(a.origin.path, "x.jsonl"));
}

static const char *guess(const char *bytes, size_t len)
{
    AUTO(reader) reader = NULL;
    enum status status = reader_open_input(
        &reader, input_from_memory(text_make(bytes, len), "x"), NULL, &err);
    return status == STATUS_OK ? reader->format->name : NULL;
}

Test(reader, guesses_the_format_by_content)
{
    AUTO_DONE(strbuf) gz = STRBUF_INIT(1000);
    gzip_append(&gz, text_from("{\"title\":\"one\"}"));
    cr_assert_str_eq(guess(gz.ptr, gz.len), "jsonl");
    cr_assert_str_eq(guess(" {\"title\":\"", 11), "jsonl");
    cr_assert_str_eq(guess("A title\nand more", 16), "text");
    cr_assert_str_eq(guess("{draft} A title", 15), "text");
    cr_assert_str_eq(guess("Caf\xe9", 4), "text");
    cr_assert_str_eq(guess("\xff\xfe"
                           "A\0",
                           4),
                     "text");
    cr_assert_null(guess("\x7f"
                         "ELF\2\1\1\0\0",
                         9));
    cr_assert_null(guess("a\0b", 3));
    cr_assert_null(guess("\x01\x02\x03 abc", 7));
    cr_assert_str_eq(err.message, "'x' is of no known format");
    cr_assert_eq(err.status, STATUS_SOURCE);
}

Test(reader, an_empty_file_has_no_articles)
{
    char *dir = tempdir_make();
    const char *path = tempdir_file(dir, "empty");
    tempdir_write(path, "", 0);
    AUTO(reader) reader = NULL;
    cr_assert_eq(reader_open(&reader, path, NULL, &err), STATUS_OK);
    expect_end(reader);
    tempdir_remove(dir);
}

Test(reader, formats_are_found_by_name)
{
    cr_assert_str_eq(reader_format_by_name("jsonl")->name, "jsonl");
    cr_assert_str_eq(reader_format_by_name("text")->name, "text");
    cr_assert_null(reader_format_by_name("xml"));
    cr_assert_not(reader_format_by_name("jsonl")->one_article_per_file);
    cr_assert(reader_format_by_name("text")->one_article_per_file);
}
