#include "indexer/json_splitter.h"

#include <criterion/criterion.h>

#include "common/mem.h"

static struct error err;

/* The records of `json` with a bar behind each, and "!" where the splitter
 * reports a fault. */
static void split(struct text json, size_t limit, struct strbuf *out)
{
    AUTO(input) in = input_from_memory(json, "x.json");
    AUTO_DONE(json_splitter) s;
    json_splitter_init(&s, in, limit);
    struct json_record r;
    enum status status;
    while ((status = json_splitter_next(&s, &r, &err)) != STATUS_END) {
        if (status != STATUS_OK) {
            strbuf_append_char(out, '!');
            continue;
        }
        strbuf_append(out, r.bytes);
        strbuf_append_string(out, r.extent == JSON_TOO_LARGE ? "#|" : "|");
        if (r.bytes.len > 0)
            cr_assert_eq(json.ptr[r.offset], r.bytes.ptr[0]);
    }
}

Test(json_splitter, cuts_lines_and_objects)
{
    static const struct {
        const char *json, *expected;
    } cases[] = {
        {"", ""},
        {" \r\n\n", ""},
        {"{\"a\":1}", "{\"a\":1}|"},
        {"{\"a\":1}\n\n\r\n{\"b\":2}\r\n", "{\"a\":1}|{\"b\":2}|"},
        {"\xef\xbb\xbf{}\n{}\n", "{}|{}|"},
        {"{}\nnot json\n{}\n", "{}|not json|{}|"},
        {"{\"a\":\"b\n{\"c\":1}\n", "{\"a\":\"b|{\"c\":1}|"},
        {"{\"a\":1,\n{\"c\":1}\n", "{\"a\":1,|{\"c\":1}|"},
        {"[1,2]\n{}\n", "[1,2]|{}|"},
        {"[[[[\n{}\n", "[[[[|{}|"},
        {"[]", ""},
        {"[{\"a\":1},{\"b\":[{}]}]", "{\"a\":1}|{\"b\":[{}]}|"},
        {"[\n  {\"a\": 1},\n  {\"b\": 2}\n]\n", "{\"a\": 1}|{\"b\": 2}|"},
        {"{\n \"a\": 1\n}", "{\n \"a\": 1\n}|"},
        {"{\n \"a\": 1\n}\n{\n \"b\": \"}{\\\"\"\n}",
         "{\n \"a\": 1\n}|{\n \"b\": \"}{\\\"\"\n}|"},
        {"{\"a\":1}{\"b\":2} {}", "{\"a\":1}|{\"b\":2}|{}|"},
        {"{\"a\":1},\n{\"b\":2},\n", "{\"a\":1}|{\"b\":2}|"},
        {"{\"a\":[\n{\"b\":2}\n]}", "{\"a\":[\n{\"b\":2}\n]}|"},
        {"[{\"a\":1}, 7, \"x{,]\", null, {}]", "{\"a\":1}|7|\"x{,]\"|null|{}|"},
        {"[{\"a\":1},\n{\"b\":", "{\"a\":1}|{\"b\":|!"},
        {"[{\"a\":1}", "{\"a\":1}|!"},
        {"[{}]]\n", "{}|"},
        {"[{}]\n[{}", "{}|{}|!"},
        /* a quote is missing, or a line end stands within a string */
        {"[\n {\"a\":\"x},\n {\"b\":2}\n]", "{\"a\":\"x}|{\"b\":2}|"},
        {"[\n {\"a\":\"x\ny\"},\n {\"b\":2}\n]", "{\"a\":\"x\ny\"}|{\"b\":2}|"},
        {"[\n {\"b\":2},\n {\"a\":\"x\ny\"}\n]", "{\"b\":2}|{\"a\":\"x\ny\"}|"},
        {"[\n  {\"b\":2},\n  {\"a\":\"x\n    {\n\"},\n  {\"c\":3}\n]",
         "{\"b\":2}|{\"a\":\"x\n    {\n\"}|{\"c\":3}|"},
        {"[\n{\"a\":\"x\n  {\n\"},\n{\"b\":2}\n]",
         "{\"a\":\"x\n  {\n\"}|{\"b\":2}|"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        AUTO_DONE(strbuf) got = STRBUF_INIT(10000);
        split(text_from(cases[i].json), 1000, &got);
        cr_assert_str_eq(strbuf_string(&got), cases[i].expected, "%zu: %s", i,
                         strbuf_string(&got));
    }
}

Test(json_splitter, keeps_the_beginning_of_what_is_too_large)
{
    static const struct {
        const char *json, *expected;
    } cases[] = {
        {"{\"a\":\"123\"}\n{}\n", "{\"a\":\"123\"#|{}|"},
        {"{\"a\":\"12\"}\n{}\n", "{\"a\":\"12\"}|{}|"},
        {"[{\"a\":\"123\"}, {}]", "{\"a\":\"123\"#|{}|"},
        {"{}\n{\"a\":\"123456789\"}", "{}|{\"a\":\"1234#|"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        AUTO_DONE(strbuf) got = STRBUF_INIT(10000);
        split(text_from(cases[i].json), 10, &got);
        cr_assert_str_eq(strbuf_string(&got), cases[i].expected, "%s",
                         strbuf_string(&got));
    }
}

Test(json_splitter, at_most_64_kib_are_kept_of_what_is_too_large)
{
    static const size_t sizes[] = {200000, 300000, 700000};
    for (size_t i = 0; i < 3; i++) {
        AUTO_DONE(strbuf) json = STRBUF_INIT(1 << 20);
        strbuf_append_format(&json, "{\"a\":\"%0*d\"}\n{}", (int)sizes[i], 0);
        AUTO(input) in = input_from_memory(strbuf_text(&json), "x.json");
        AUTO_DONE(json_splitter) s;
        json_splitter_init(&s, in, sizes[i] * 4 / 7);
        struct json_record r;
        cr_assert_eq(json_splitter_next(&s, &r, &err), STATUS_OK);
        cr_assert_eq(r.extent, JSON_TOO_LARGE);
        cr_assert_eq(r.bytes.len, 64 << 10);
        cr_assert_eq(json_splitter_next(&s, &r, &err), STATUS_OK);
        cr_assert(text_is(r.bytes, "{}"));
    }
}

/* Records of every size around the chunks of the input, which are 256 KiB. */
Test(json_splitter, records_may_span_chunks)
{
    static const char *const layouts[] = {"{}\n", "[{},\n"};
    for (size_t layout = 0; layout < 2; layout++)
        for (size_t size = 262100; size < 262160; size += 3) {
            AUTO_DONE(strbuf) json = STRBUF_INIT(4 << 20);
            strbuf_append_string(&json, layouts[layout]);
            for (int i = 0; i < 3; i++) {
                strbuf_append_format(&json, "{\"a\":\"%0*d\\\"\"}%s", (int)size,
                                     i, layout ? ",\n" : "\n");
            }
            strbuf_append_string(&json, layout ? "]" : "{}");
            AUTO(input) in = input_from_memory(strbuf_text(&json), "x.json");
            AUTO_DONE(json_splitter) s;
            json_splitter_init(&s, in, 1 << 20);
            struct json_record r;
            cr_assert_eq(json_splitter_next(&s, &r, &err), STATUS_OK);
            for (uint64_t i = 0; i < 3; i++) {
                cr_assert_eq(json_splitter_next(&s, &r, &err), STATUS_OK);
                cr_assert_eq(r.bytes.len, size + 10);
                cr_assert_eq(r.line, i + 2);
                cr_assert_eq(
                    memcmp(r.bytes.ptr, json.ptr + r.offset, r.bytes.len), 0);
            }
            if (layout == 0)
                cr_assert_eq(json_splitter_next(&s, &r, &err), STATUS_OK);
            cr_assert_eq(json_splitter_next(&s, &r, &err), STATUS_END);
            cr_assert_eq(json_splitter_next(&s, &r, &err), STATUS_END);
        }
}

Test(json_splitter, recognises_objects_and_arrays_of_them)
{
    static const struct {
        const char *head;
        int sure;
    } cases[] = {{"", 0},
                 {"{", 1},
                 {"{\"", 2},
                 {"{ }", 2},
                 {"[", 1},
                 {"[{", 1},
                 {"[ {\"a\"", 2},
                 {"[]", 2},
                 {"[] done", 0},
                 {"[ ] todo", 0},
                 {"[1", 0},
                 {"[draft] x", 0},
                 {"{draft} x", 0},
                 {"title", 0},
                 {"\"a\"", 0},
                 {"\n\n {\"a\"", 2},
                 {"\xef\xbb\xbf{\"a\"", 2}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        cr_assert_eq(json_splitter_recognise(text_from(cases[i].head)),
                     cases[i].sure, "%s", cases[i].head);
}
