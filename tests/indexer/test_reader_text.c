#include "indexer/reader.h"

#include <criterion/criterion.h>

#include "common/strbuf.h"
#include "tests/support/gzip.h"

static struct error err;
static struct arena arena = ARENA_INIT;

static struct reader *open_text(struct text bytes)
{
    struct reader *reader = NULL;
    cr_assert_eq(reader_open_input(&reader, input_from_memory(bytes, "x.txt"),
                                   reader_format_by_name("text"), &err),
                 STATUS_OK);
    return reader;
}

Test(reader_text, the_first_line_is_the_title_and_the_rest_the_body)
{
    static const struct {
        struct text file;
        const char *title, *body, *warning;
    } cases[] = {
        {TEXT("Title"), "Title", "", ""},
        {TEXT("Title\n"), "Title", "", ""},
        {TEXT("Title\nBody."), "Title", "Body.", ""},
        {TEXT("\n \t\n  Title \n\n \n  One.\n\nTwo.\n\n"), "Title",
         "  One.\n\nTwo.", ""},
        {TEXT("ARTICLE AD BOX\r\nTitle\r\nOne.\r\nTwo.\r\n"), "Title",
         "One.\nTwo.", ""},
        {TEXT("Advertisement\n\nSHARE\nlisten to this article\nTitle\nShare\n"),
         "Title", "Share", ""},
        {TEXT("Shareholders gain\nBody"), "Shareholders gain", "Body", ""},
        {TEXT("Old Mac\rBody"), "Old Mac", "Body", ""},
        {TEXT("\xef\xbb\xbfM\xc3\xbcnchen\nB"), "München", "B", ""},
        {TEXT("M\xfcnchen\nB"), "München", "B",
         "'x.txt': not valid UTF-8, read as Windows-1252"},
        {TEXT("\xc3\xbc\xc3\xa4\nB\xff"), "üä", "B\xef\xbf\xbd",
         "'x.txt': bytes that are not UTF-8 replaced"},
        {TEXT("\xff\xfeT\0\n\0\xfc\0"), "T", "ü", ""},
        {TEXT("\xfe\xff\0T\0\n\0\xfc"), "T", "ü", ""},
        {TEXT("Ti\0tle\nB"), "Ti tle", "B",
         "'x.txt': NUL bytes replaced by blanks"},
        {TEXT("T\tt\x1b[0m\nB\x1b[31m\tb"), "T t [0m", "B [31m\tb", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        AUTO(reader) reader = open_text(cases[i].file);
        struct article a;
        cr_assert_eq(reader_next(reader, &arena, &a, &err), STATUS_OK);
        cr_assert(text_is(a.title, cases[i].title), "%zu: %s", i, a.title.ptr);
        cr_assert(text_is(a.body, cases[i].body), "%zu: %.*s", i,
                  TEXT_ARG(a.body));
        cr_assert_str_eq(reader->warning, cases[i].warning);
        cr_assert_eq(a.published, TIMESTAMP_UNKNOWN);
        cr_assert(a.id.len == 0 && text_is(a.origin.path, "x.txt"));
        cr_assert_eq(reader_next(reader, &arena, &a, &err), STATUS_END);
    }
}

Test(reader_text, a_file_of_white_space_has_no_article)
{
    static const char *const files[] = {"", "\n", " \r\n\t\n"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        AUTO(reader) reader = open_text(text_from(files[i]));
        struct article a;
        cr_assert_eq(reader_next(reader, &arena, &a, &err), STATUS_END);
        cr_assert_eq(reader_next(reader, &arena, &a, &err), STATUS_END);
    }
}

static void expect_reject(struct reader *reader, const char *reason,
                          const char *message)
{
    struct article a;
    cr_assert_eq(reader_next(reader, &arena, &a, &err), STATUS_SOURCE);
    cr_assert_str_eq(reader->reject_reason, reason);
    cr_assert_str_eq(err.message, message);
    cr_assert(text_is(reader->reject.path, "x.txt"));
    cr_assert_eq(reader_next(reader, &arena, &a, &err), STATUS_END);
}

Test(reader_text, furniture_alone_is_no_article)
{
    AUTO(reader) reader = open_text(text_from("Advertisement\nShare\n"));
    expect_reject(reader, "no-body", "'x.txt': neither title nor body");
}

Test(reader_text, the_limit_is_exact)
{
    AUTO_DONE(strbuf) file = STRBUF_INIT(2 << 20);
    strbuf_append_format(&file, "%0*d", 1 << 20, 0);
    AUTO(reader) fits = open_text(strbuf_text(&file));
    fits->limits.article = file.len;
    struct article a;
    cr_assert_eq(reader_next(fits, &arena, &a, &err), STATUS_OK);
    cr_assert_eq(a.title.len, file.len);
    AUTO(reader) not = open_text(strbuf_text(&file));
    not ->limits.article = file.len - 1;
    expect_reject(not, "too-large", "'x.txt': larger than 1048575 bytes");
    AUTO(reader) grows = open_text(text_from("Caf\xe9"));
    grows->limits.article = 4;
    expect_reject(grows, "too-large",
                  "'x.txt': the article is larger than 4 bytes");
}

Test(reader_text, a_cut_gzip_file_is_no_article)
{
    AUTO_DONE(strbuf) gz = STRBUF_INIT(1000);
    gzip_append(&gz, text_from("A title\nand a body"));
    AUTO(reader) reader = open_text(text_make(gz.ptr, gz.len - 1));
    expect_reject(reader, "truncated-gzip",
                  "'x.txt' byte 37: the gzip file is cut off");
    cr_assert_eq(err.offset, gz.len - 1);
}

Test(reader_text, a_page_that_was_pasted_begins_with_its_first_sentence)
{
    static const char path[] =
        "../shared/corpora/seed/000_5c418c5f16d6d594.txt";
    AUTO(reader) reader = NULL;
    if (reader_open(&reader, path, NULL, &err) != STATUS_OK)
        cr_skip("%s", err.message);
    struct article a;
    cr_assert_eq(reader_next(reader, &arena, &a, &err), STATUS_OK);
    cr_assert(text_is(a.title,
                      "World leaders are stepping up efforts to reduce "
                      "tensions over Ukraine as fears of a Russian invasion "
                      "grow."));
    cr_assert(text_starts_with(a.body, text_from("French President")));
}
