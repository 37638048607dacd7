#include "indexer/json_repair.h"

#include <criterion/criterion.h>

Test(json_repair, mends_what_a_strict_parser_refuses)
{
    static const struct {
        struct text broken;
        const char *mended;
        size_t count;
    } cases[] = {
        {TEXT(""), "", 0},
        {TEXT("{\"a\": \"b\"}"), "{\"a\": \"b\"}", 0},
        {TEXT("\"M\xfcnchen\""), "\"M\xc3\xbcnchen\"", 0},
        {TEXT("\"\xc3\xbc\xc3\xbc\xfc\""), "\"\xc3\xbc\xc3\xbc\xef\xbf\xbd\"",
         1},
        {TEXT("[NaN, -Infinity,None , Nano]"), "[null, null,null , Nano]", 0},
        {TEXT("{\"a\": True /* \" */,}"), "{\"a\": true }", 0},
        {TEXT("// x\n[1,\n] // y"), "\n[1\n] ", 0},
        {TEXT("[ObjectId(\"5f\"), NumberLong(7)]"), "[\"5f\", 7]", 0},
        {TEXT("[\"NaN, ] // None\"]"), "[\"NaN, ] // None\"]", 0},
        {TEXT("/* open"), "", 0},
        {TEXT("\"\xe2\x82\""), "\"\xc3\xa2\xe2\x80\x9a\"", 0},
        {TEXT("\"a\nb\tc\rd\""), "\"a\\nb\\tc d\"", 3},
        {TEXT("{\n\t\"a\" : 1\r\n}"), "{\n\t\"a\" : 1\r\n}", 0},
        {TEXT("\"a\0b\"\0"), "\"a b\" ", 2},
        {TEXT("\"\\u0000\""), "\" \"", 1},
        {TEXT("\"\\ud83d\\ude00\""), "\"\\ud83d\\ude00\"", 0},
        {TEXT("\"\\ud83d\""), "\"\\ufffd\"", 1},
        {TEXT("\"\\ud83d\\n\""), "\"\\ufffd\\n\"", 1},
        {TEXT("\"\\ud83d\\ud83d\\ude00\""), "\"\\ufffd\\ud83d\\ude00\"", 1},
        {TEXT("\"\\ude00x\""), "\"\\ufffdx\"", 1},
        {TEXT("\"\\\\ud83d\""), "\"\\\\ud83d\"", 0},
        {TEXT("\"\\\"\x01\""), "\"\\\" \"", 1},
        {TEXT("\"\\"), "\"\\", 0},
        {TEXT("\"üü\\\xff"), "\"üü\\\xef\xbf\xbd", 1},
        {TEXT("\"\\u12"), "\"\\u12", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        AUTO_DONE(strbuf) out = STRBUF_INIT(1000);
        struct json_repairs repairs;
        (void)json_repair(cases[i].broken, &out, &repairs);
        cr_assert_eq(repairs.replaced, cases[i].count, "%zu", i);
        cr_assert_str_eq(strbuf_string(&out), cases[i].mended);
    }
}
