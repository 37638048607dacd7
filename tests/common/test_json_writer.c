#include "common/json_writer.h"

#include <criterion/criterion.h>
#include <jansson.h>
#include <math.h>
#include <string.h>

static void expect_text(struct text value, const char *json)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(1000);
    struct json_writer w;
    json_writer_init(&w, &out);
    json_writer_text(&w, value);
    cr_assert_str_eq(strbuf_string(&out), json);
}

Test(json_writer, separates_members_and_elements)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(1000);
    struct json_writer w;
    json_writer_init(&w, &out);
    json_writer_object(&w);
    json_writer_key(&w, "a");
    json_writer_array(&w);
    json_writer_number(&w, 1);
    json_writer_array(&w);
    json_writer_end_array(&w);
    json_writer_object(&w);
    json_writer_end_object(&w);
    json_writer_null(&w);
    json_writer_end_array(&w);
    json_writer_key(&w, "b");
    json_writer_bool(&w, false);
    json_writer_key(&w, "c");
    json_writer_string(&w, "x");
    json_writer_end_object(&w);
    cr_assert_str_eq(strbuf_string(&out),
                     "{\"a\":[1,[],{},null],\"b\":false,\"c\":\"x\"}");
}

Test(json_writer, one_text_may_follow_another)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(1000);
    struct json_writer w;
    json_writer_init(&w, &out);
    for (int i = 0; i < 2; i++) {
        json_writer_object(&w);
        json_writer_end_object(&w);
        strbuf_append_char(&out, '\n');
    }
    cr_assert_str_eq(strbuf_string(&out), "{}\n{}\n");
}

Test(json_writer, numbers_keep_their_whole_range)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(1000);
    struct json_writer w;
    json_writer_init(&w, &out);
    json_writer_array(&w);
    json_writer_number(&w, INT64_MIN);
    json_writer_number(&w, INT64_MAX);
    json_writer_double(&w, 2.0 / 3, 3);
    json_writer_double(&w, -0.5, 0);
    json_writer_double(&w, NAN, 3);
    json_writer_double(&w, INFINITY, 3);
    json_writer_end_array(&w);
    cr_assert_str_eq(strbuf_string(&out),
                     "[-9223372036854775808,9223372036854775807,0.667,-0,"
                     "null,null]");
}

Test(json_writer, escapes_what_json_and_terminals_cannot_bear)
{
    expect_text(text_from(""), "\"\"");
    expect_text(text_make(NULL, 0), "\"\"");
    expect_text(text_from("a\"b\\c/d"), "\"a\\\"b\\\\c/d\"");
    expect_text(text_from("\b\t\n\f\r"), "\"\\b\\t\\n\\f\\r\"");
    expect_text(text_from("\x1b[31m\x7f"), "\"\\u001b[31m\\u007f\"");
    expect_text(text_make("a\0b", 3), "\"a\\u0000b\"");
    expect_text(text_from("\xc2\x9b"), "\"\\u009b\"");
    expect_text(text_from("\xe2\x80\xae \xef\xbb\xbf"), "\"\\u202e \\ufeff\"");
    expect_text(text_from("Erdo\xc4\x9f"
                          "an \xe6\x96\xb0\xe9\x97\xbb \xf0\x9f\x93\xb0"),
                "\"Erdo\xc4\x9f"
                "an \xe6\x96\xb0\xe9\x97\xbb \xf0\x9f\x93\xb0\"");
}

Test(json_writer, invalid_utf8_becomes_the_replacement_character)
{
    expect_text(text_from("a\xff"
                          "b"),
                "\"a\xef\xbf\xbd"
                "b\"");
    expect_text(text_from("\xe2\x82"),
                "\"\xef\xbf\xbd\xef\xbf\xbd\""); /* cut in the middle */
    expect_text(text_from("\xc0\xaf"),
                "\"\xef\xbf\xbd\xef\xbf\xbd\""); /* overlong */
    expect_text(text_from("\xed\xa0\x80"),
                "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""); /* a surrogate */
}

Test(json_writer, every_byte_in_every_place_is_read_back_by_a_parser)
{
    for (int first = 0; first < 256; first++) {
        for (int second = 0; second < 256; second++) {
            const char bytes[] = {'x', (char)first, (char)second, 'y'};
            AUTO_DONE(strbuf) out = STRBUF_INIT(1000);
            struct json_writer w;
            json_writer_init(&w, &out);
            json_writer_object(&w);
            json_writer_key(&w, "k");
            json_writer_text(&w, text_make(bytes, 4));
            json_writer_end_object(&w);
            json_t *json = json_loadb(out.ptr, out.len, JSON_ALLOW_NUL, NULL);
            cr_assert(json, "%02x %02x: %s", first, second, out.ptr);
            if (first < 0x80 && second < 0x80) {
                json_t *k = json_object_get(json, "k");
                cr_assert_eq(json_string_length(k), 4);
                cr_assert_arr_eq(json_string_value(k), bytes, 4);
            }
            json_decref(json);
        }
    }
}

Test(json_writer, what_is_not_known_leaves_no_key)
{
    static const struct text names[] = {TEXT("a"), TEXT("")};
    AUTO_DONE(strbuf) out = STRBUF_INIT(1000);
    struct json_writer w;
    json_writer_init(&w, &out);
    json_writer_object(&w);
    json_writer_known_text(&w, "x", text_make(NULL, 0));
    json_writer_known_texts(&w, "y", NULL, 0);
    json_writer_known_text(&w, "z", names[0]);
    json_writer_known_texts(&w, "l", names, 2);
    json_writer_end_object(&w);
    cr_assert_str_eq(strbuf_string(&out), "{\"z\":\"a\",\"l\":[\"a\",\"\"]}");
}
