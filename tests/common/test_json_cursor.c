#include "common/json_cursor.h"
#include "tests/support/effort.h"

#include <criterion/criterion.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static bool is_valid(struct text json, size_t *at)
{
    struct json_cursor c;
    json_cursor_start(&c, json);
    json_cursor_enter(&c);
    bool valid = json_cursor_end(&c);
    *at = c.at;
    return valid;
}

Test(json_cursor, gives_the_members_of_an_object_in_their_order)
{
    struct json_cursor c;
    struct json_value key, value;
    json_cursor_start(
        &c, text_from(" {\"a\" : \"x\\n\", \"\":[1,{}],\"b\":-0.5e+7"
                      ",\"c\":null , \"d\":false,\"e\":{\"f\":[]}} "));
    static const struct {
        const char *key, *bytes;
        enum json_kind kind;
        bool escaped;
    } members[] = {
        {"a", "x\\n", JSON_IS_STRING, true},
        {"", "[1,{}]", JSON_IS_ARRAY, false},
        {"b", "-0.5e+7", JSON_IS_NUMBER, false},
        {"c", "null", JSON_IS_NULL, false},
        {"d", "false", JSON_IS_BOOLEAN, false},
        {"e", "{\"f\":[]}", JSON_IS_OBJECT, false},
    };
    cr_assert(json_cursor_enter(&c));
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        cr_assert(json_cursor_next(&c, &key, &value), "%zu", i);
        cr_assert(text_is(key.bytes, members[i].key));
        cr_assert(text_is(value.bytes, members[i].bytes), "%zu", i);
        cr_assert_eq(value.kind, members[i].kind);
        cr_assert_eq(value.escaped, members[i].escaped);
    }
    cr_assert(!json_cursor_next(&c, &key, &value));
    cr_assert(!json_cursor_next(&c, &key, &value));
    cr_assert(json_cursor_end(&c));
}

Test(json_cursor, gives_the_members_of_an_array_without_keys)
{
    struct json_cursor c;
    struct json_value key = {.kind = JSON_IS_STRING}, value;
    json_cursor_start(&c, text_from("[ 1 ,\"two\" ]"));
    cr_assert(json_cursor_enter(&c));
    cr_assert(json_cursor_next(&c, &key, &value));
    cr_assert(key.kind == JSON_IS_ABSENT && text_is(value.bytes, "1"));
    cr_assert(json_cursor_next(&c, &key, &value));
    cr_assert(text_is(value.bytes, "two"));
    cr_assert(!json_cursor_next(&c, &key, &value));
    cr_assert(json_cursor_end(&c));
}

Test(json_cursor, a_value_that_is_no_list_cannot_be_entered)
{
    static const char *const values[] = {"", " ", "1", "\"{\"", "null", "}"};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        struct json_cursor c;
        struct json_value key, value;
        json_cursor_start(&c, text_from(values[i]));
        cr_assert(!json_cursor_enter(&c));
        cr_assert(!json_cursor_next(&c, &key, &value));
    }
}

Test(json_cursor, tells_where_the_first_wrong_byte_is)
{
    static const struct {
        const char *json;
        size_t at;
    } cases[] = {
        {"", 0},
        {"  ", 2},
        {"{", 1},
        {"{\"a\"", 4},
        {"{\"a\":", 5},
        {"{\"a\":1", 6},
        {"{\"a\":1,", 7},
        {"{\"a\":1,}", 7},
        {"[1,]", 3},
        {"[,1]", 1},
        {"[1 2]", 3},
        {"{1:2}", 1},
        {"{} {}", 3},
        {"tru", 3},
        {"nul1", 3},
        {"01", 1},
        {"1.", 2},
        {"1.e5", 2},
        {"1e", 2},
        {"1e+", 3},
        {"-", 1},
        {"+1", 0},
        {".5", 0},
        {"\"\\x\"", 1},
        {"\"\\u12\"", 1},
        {"\"\t\"", 1},
        {"\"\xff\"", 1},
        {"\"\xc0\x80\"", 1},
        {"\"abcdefgh\xed\xa0\x80\"", 9},
        {"\"\\ud800\"", 1},
        {"\"\\udc00\"", 1},
        {"\"\\ud800\\u0041\"", 1},
        {"'a'", 0},
        {"[1}", 2},
        {"{\"a\":1]", 6},
        {"\"", 1},
        {"\"\\", 1},
        {"\"\\u", 1},
        {"NaN", 0},
        {"[\"a\"", 4},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t at;
        cr_assert(!is_valid(text_from(cases[i].json), &at), "%s",
                  cases[i].json);
        cr_assert_eq(at, cases[i].at, "%s: %zu", cases[i].json, at);
    }
}

Test(json_cursor, a_nul_byte_ends_nothing_and_is_valid_nowhere)
{
    size_t at;
    cr_assert(!is_valid(text_make("1\0", 2), &at) && at == 1);
    cr_assert(!is_valid(text_make("\"\0\"", 3), &at) && at == 1);
    cr_assert(!is_valid(text_make("\"\\\0\"", 4), &at) && at == 1);
    cr_assert(!is_valid(text_make("{\0}", 3), &at) && at == 1);
}

Test(json_cursor, goes_as_deep_as_its_limit_and_no_deeper)
{
    for (size_t depth = JSON_DEPTH_MAX; depth < JSON_DEPTH_MAX + 2; depth++) {
        AUTO_DONE(strbuf) json = STRBUF_INIT(1 << 16);
        for (size_t i = 0; i < depth; i++)
            strbuf_append_char(&json, '[');
        for (size_t i = 0; i < depth; i++)
            strbuf_append_char(&json, ']');
        size_t at;
        cr_assert_eq(is_valid(strbuf_text(&json), &at),
                     depth == JSON_DEPTH_MAX);
        cr_assert_eq(at, depth == JSON_DEPTH_MAX ? 2 * depth : JSON_DEPTH_MAX);
    }
}

Test(json_cursor, unescapes_what_a_string_stands_for)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(256);
    json_unescape(text_from("a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\u20AC"
                            "\\ud83d\\uDE00z\\u0000"),
                  &out);
    struct text expected = TEXT("a\"\\/\b\f\n\r\tA\xc3\xa9\xe2\x82\xac"
                                "\xf0\x9f\x98\x80z\0");
    cr_assert(text_equal(strbuf_text(&out), expected));
    strbuf_reset(&out);
    json_unescape(text_make(NULL, 0), &out);
    cr_assert_eq(out.len, 0);
}

/* --- against another parser ---------------------------------------------- */

static unsigned seed = 7;

static unsigned below(unsigned limit)
{
    seed = seed * 1103515245 + 12345;
    return (seed >> 8) % limit;
}

static const char *const pieces[] = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"a\"",
    "\"",
    "1",
    "-0.25",
    "1e5",
    "true",
    "false",
    "null",
    " ",
    "\n",
    "\\u00e9",
    "\\n",
    "\\",
    "\"b\\\\\"",
    "\xc3\xa9",
    "\xe2\x82\xac",
    "\xff",
    "\xed\xa0\x80",
    "\\ud83d\\ude00",
    "\\ud83d",
    "0",
    "\"plain text of some length\"",
    "\x01",
    "e",
    "-",
    ".",
    "\"k\":",
    "\"x\",",
};

static void make_value(struct strbuf *out, unsigned depth)
{
    unsigned kind = below(depth > 4 ? 4 : 6), count = below(4);
    if (kind < 4) {
        static const char *const values[] = {"\"a\\u00e9\xc3\xa9 and so on\"",
                                             "-12.5e3", "true", "\"\""};
        strbuf_append_string(out, values[kind]);
        return;
    }
    strbuf_append_char(out, kind == 4 ? '[' : '{');
    for (unsigned i = 0; i < count; i++) {
        if (i > 0)
            strbuf_append_string(out, below(2) ? "," : " , ");
        if (kind == 5)
            strbuf_append_format(out, "\"k%u\":", i);
        make_value(out, depth + 1);
    }
    strbuf_append_char(out, kind == 4 ? ']' : '}');
}

static void damage(struct strbuf *json)
{
    for (unsigned i = below(3); i > 0 && json->len > 0; i--) {
        size_t at = below((unsigned)json->len);
        struct text tail =
            text_slice(strbuf_text(json), at + below(2), json->len);
        char copy[8192];
        size_t len = tail.len < sizeof copy ? tail.len : sizeof copy;
        memcpy(copy, tail.ptr, len);
        strbuf_truncate(json, at);
        strbuf_append_string(json,
                             pieces[below(sizeof pieces / sizeof *pieces)]);
        strbuf_append(json, text_make(copy, len));
    }
}

static size_t count_members(struct text json)
{
    struct json_cursor c;
    struct json_value key, value;
    size_t count = 0;
    json_cursor_start(&c, json);
    json_cursor_enter(&c);
    while (json_cursor_next(&c, &key, &value))
        count++;
    cr_assert(json_cursor_end(&c));
    return count;
}

static struct text unescaped(struct text bytes, struct strbuf *out)
{
    strbuf_reset(out);
    json_unescape(bytes, out);
    return strbuf_text(out);
}

/* All members again, each by a cursor of its own. */
static void compare(struct text json, const json_t *twin)
{
    struct json_cursor c;
    struct json_value key, value;
    AUTO_DONE(strbuf) name = STRBUF_INIT(1 << 16);
    AUTO_DONE(strbuf) string = STRBUF_INIT(1 << 16);
    size_t count = count_members(json), at = 0;
    bool array = json_is_array(twin);
    json_cursor_start(&c, json);
    cr_assert_eq(json_cursor_enter(&c), array || json_is_object(twin));
    if (!array && json_object_size(twin) < count)
        return; /* a key that stands twice */
    cr_assert_eq(count, array ? json_array_size(twin) : json_object_size(twin));
    while (json_cursor_next(&c, &key, &value)) {
        struct text k = unescaped(key.bytes, &name);
        const json_t *member =
            array ? json_array_get(twin, at++)
                  : json_object_getn(twin, k.ptr ? k.ptr : "", k.len);
        cr_assert(member, "%.*s", TEXT_ARG(json));
        cr_assert_eq(value.kind == JSON_IS_STRING, json_is_string(member));
        if (json_is_string(member))
            cr_assert(text_equal(unescaped(value.bytes, &string),
                                 text_make(json_string_value(member),
                                           json_string_length(member))));
        else
            compare(value.bytes, member);
    }
}

Test(json_cursor, takes_and_refuses_what_jansson_does)
{
    unsigned valid = 0, rounds = effort(100000);
    for (unsigned i = 0; i < rounds; i++) {
        AUTO_DONE(strbuf) json = STRBUF_INIT(1 << 16);
        if (i % 4 == 0)
            for (unsigned n = below(8); n > 0; n--)
                strbuf_append_string(
                    &json, pieces[below(sizeof pieces / sizeof *pieces)]);
        else
            make_value(&json, 0);
        damage(&json);
        if (json.len > 4096)
            continue;
        json_error_t ignored;
        json_t *twin = json_loadb(json.ptr ? json.ptr : "", json.len,
                                  JSON_ALLOW_NUL | JSON_DECODE_ANY |
                                      JSON_DECODE_INT_AS_REAL,
                                  &ignored);
        size_t at;
        bool mine = is_valid(strbuf_text(&json), &at);
        bool overflow =
            !twin && json_error_code(&ignored) == json_error_numeric_overflow;
        cr_assert(mine == (twin != NULL) || overflow, "%s: %d at %zu",
                  strbuf_string(&json), mine, at);
        cr_assert_leq(at, json.len);
        valid += mine;
        if (twin)
            compare(strbuf_text(&json), twin);
        json_decref(twin);
    }
    cr_assert(valid > rounds / 8 && valid < rounds - rounds / 8, "%u", valid);
}

Test(json_cursor, finds_a_member_by_its_name)
{
    struct text object = text_from("{\"a\":{\"b\":1},\"b\":\"x\\n\",\"b\":2}");
    struct json_value b = json_cursor_member(object, "b");
    cr_assert_eq(b.kind, JSON_IS_STRING);
    cr_assert(text_is(b.bytes, "x\\n"));
    cr_assert(b.escaped);
    cr_assert_eq(json_cursor_member(object, "c").kind, JSON_IS_ABSENT);
    cr_assert_eq(json_cursor_member(text_from("[\"b\"]"), "b").kind,
                 JSON_IS_ABSENT);
    cr_assert_eq(json_cursor_member(text_from("{\"b"), "b").kind,
                 JSON_IS_ABSENT);
    cr_assert_eq(json_cursor_member(text_from(""), "b").kind, JSON_IS_ABSENT);
}
