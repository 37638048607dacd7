#include <criterion/criterion.h>

#include "common/strbuf.h"
#include "indexer/reader.h"

static struct error err;
static struct arena arena = ARENA_INIT;

/* "title/body " of every article, "reason@line " of every rejection. */
static void read_all(struct strbuf *out, struct text table, const char *map)
{
    AUTO(reader) reader = NULL;
    struct article a;
    enum status status;
    cr_assert_eq(
        reader_open_input(&reader, input_from_memory(table, "x"), NULL, &err),
        STATUS_OK);
    cr_assert_str_eq(reader->format->name, "csv", "%.*s", TEXT_ARG(table));
    reader->map = map;
    strbuf_reset(out);
    while ((status = reader_next(reader, &arena, &a, &err)) != STATUS_END) {
        if (status == STATUS_OK)
            strbuf_append_format(out, "%.*s/%.*s@%d ", TEXT_ARG(a.title),
                                 TEXT_ARG(a.body), (int)a.origin.line);
        else
            strbuf_append_format(out, "%s@%d ", reader->reject_reason,
                                 (int)reader->reject.line);
    }
    if (reader->warnings > 0)
        strbuf_append_format(out, "! %s", reader->warning);
}

Test(reader_csv, tables_are_read_as_programs_write_them)
{
    static const struct {
        struct text table;
        const char *expected;
    } cases[] = {
        {TEXT("title,body\nA,b\n"), "A/b@2 "},
        {TEXT("sep=;\r\nTitel;Text\r\nA;b\r\n"), "A/b@3 "},
        {TEXT("\xef\xbb\xbfTitle;Body\r\n\r\nA;b"), "A/b@3 "},
        {TEXT("title|body\nA|b, c\n"), "A/b, c@2 "},
        {TEXT("title,body\rA,b\rC,d\r"), "A/b@2 C/d@3 "},
        {TEXT("\xff\xfet\0i\0t\0l\0e\0\t\0t\0e\0x\0t\0\n\0A\0\t\0\xe9\0\n\0"),
         "A/é@2 "},
        {TEXT("title,body\n\"A, \"\"B\"\"\",\"c\nd\"\nE,f\n"),
         "A, \"B\"/c\nd@2 E/f@4 "},
        {TEXT("title,body\nA,5'10\" tall\nC,d\n"), "A/5'10\" tall@2 C/d@3 "},
        {TEXT("title,body\nA,\"he said \"no\" to it\"\n"),
         "A/he said \"no\" to it@2 "},
        {TEXT("title,body\nA,\"b\\\"c, d\"\nE,f\n"), "A/b\"c, d@2 E/f@3 "},
        {TEXT("title,body\n\"A,b\nC,d\nE,f\n"), "\"A/b@2 C/d@3 E/f@4 "},
        {TEXT("title\tbody\tid\nA\t\"b\t1\nC\t\"d\"\t2\nE\tf\t3\n"),
         "A/\"b@2 C/d@3 E/f@4 "},
        {TEXT("title,body\n,\nA,b,,\n , \n"), "A/b@3 "},
        {TEXT("title,body\nA,b,c,d\n"),
         "A/b@2 ! 'x' line 2: 2 fields more than there are columns, left out"},
        {TEXT("title,date,body\nA,nan,b\n"), "A/b@2 "},
        {TEXT("title,body\nA,\n\"\",b\nid,\"\"\n"), "A/@2 /b@3 id/@4 "},
        {TEXT("one,two,three\n1,2,3\n4,5,6\n"), "no-body@2 no-body@3 "},
        {TEXT("id,title\n1,A\n"), "A/@2 "},
    };
    AUTO_DONE(strbuf) got = STRBUF_INIT(4096);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        read_all(&got, cases[i].table, NULL);
        cr_expect_str_eq(strbuf_string(&got), cases[i].expected, "%zu: %s", i,
                         got.ptr);
    }
    read_all(&got, text_from("one,two,three\n1,2,3\n4,5,6\n"),
             "title=two,body=three");
    cr_expect_str_eq(strbuf_string(&got), "2/3@2 5/6@3 ", "%s", got.ptr);
}

Test(reader_csv, places_are_those_in_the_file_also_of_lines_that_come_again)
{
    const struct text table = TEXT("title,body\n\"A,b\n\nC,d\nE,f\n");
    const char *const rows[] = {"\"A,b\n", "C,d\n", "E,f\n"};
    AUTO(reader) reader = NULL;
    struct article a;
    cr_assert_eq(
        reader_open_input(&reader, input_from_memory(table, "x"), NULL, &err),
        STATUS_OK);
    for (size_t i = 0; i < 3; i++) {
        cr_assert_eq(reader_next(reader, &arena, &a, &err), STATUS_OK);
        cr_expect(text_is(text_slice(table, a.origin.offset, a.origin.length),
                          rows[i]),
                  "%zu: %zu, %zu", i, (size_t)a.origin.offset,
                  (size_t)a.origin.length);
    }
}

Test(reader_csv, prose_with_commas_is_no_table)
{
    static const char *const texts[] = {
        "Say, or not\nand so on\n",
        "One, two, three\nfour, five, six\nseven, eight, nine\n",
        "a,b\nc,d\ne,f\ng,h\n",
        "Markets, Monday\nGold,silver,oil\nrose,fell,rose\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        AUTO(reader) reader = NULL;
        cr_assert_eq(reader_open_input(
                         &reader, input_from_memory(text_from(texts[i]), "x"),
                         NULL, &err),
                     STATUS_OK);
        cr_expect_str_eq(reader->format->name, "text", "%s", texts[i]);
    }
}
