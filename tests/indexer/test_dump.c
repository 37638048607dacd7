#include "indexer/dump.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/strbuf.h"
#include "indexer/tables.h"
#include "tests/support/archive_fixture.h"
#include "tests/support/tempdir.h"

static struct error err;

static struct article version(const char *id, const char *title)
{
    return archive_fixture_article(id, title, NULL);
}

static void assert_dump(const char *path, const char *expected)
{
    char *bytes = NULL;
    size_t size;
    FILE *out = open_memstream(&bytes, &size);
    cr_assert_eq(dump_articles(path, out, &err), STATUS_OK, "%s", err.message);
    fclose(out);
    cr_assert_eq(strcmp(bytes, expected), 0, "%.2000s", bytes);
    free(bytes);
}

Test(dump, of_an_empty_archive_is_nothing)
{
    char *path = archive_fixture_make();
    assert_dump(path, "");
    tempdir_remove(path);
}

Test(dump, is_a_record_a_line)
{
    static const struct text authors[] = {TEXT("Ann Lee")};
    const struct article news[] = {{.id = TEXT("a"),
                                    .title = TEXT("A \"quoted\" title"),
                                    .authors = authors,
                                    .author_count = 1,
                                    .published = 1644259500,
                                    .body = TEXT("One\nTwo\\")},
                                   archive_fixture_article("b", NULL, NULL)};
    char *path = archive_fixture_with(news, 2);
    assert_dump(path,
                "{\"id\":\"a\",\"title\":\"A \\\"quoted\\\" title\","
                "\"date\":\"2022-02-07T18:45:00Z\",\"authors\":[\"Ann Lee\"],"
                "\"body\":\"One\\nTwo\\\\\"}\n{\"id\":\"b\"}\n");
    tempdir_remove(path);
}

Test(dump, is_in_order_of_ingest_over_all_segments_without_what_is_hidden)
{
    const struct article one[] = {version("a", "A"), version("b", "B")};
    const struct article two[] = {version("c", "C"), version("a", "A2")};
    const struct article three[] = {version("d", "D"), version("c", "C2")};
    char *path = archive_fixture_with(one, 2);
    archive_fixture_add(path, two, 2, 2000);
    archive_fixture_add(path, three, 2, 3000);
    assert_dump(path, "{\"id\":\"b\",\"title\":\"B\"}\n"
                      "{\"id\":\"a\",\"title\":\"A2\"}\n"
                      "{\"id\":\"d\",\"title\":\"D\"}\n"
                      "{\"id\":\"c\",\"title\":\"C2\"}\n");
    tempdir_remove(path);
}

/* Over 8 KiB that deflate well: some the engine's own writer pads with blanks.
 */
static void check_long_articles(const struct tables_format *tables)
{
    enum { COUNT = 80, LEAST = 8150 };
    static char bodies[COUNT][LEAST + COUNT];
    static char ids[COUNT][8];
    struct article news[COUNT];
    AUTO_DONE(strbuf) expected = STRBUF_INIT(1 << 20);
    for (int i = 0; i < COUNT; i++) {
        memset(bodies[i], 'a', (size_t)(LEAST + i));
        snprintf(ids[i], sizeof ids[i], "%d", i);
        news[i] = archive_fixture_article(ids[i], NULL, bodies[i]);
        strbuf_append_format(&expected, "{\"id\":\"%s\",\"body\":\"%s\"}\n",
                             ids[i], bodies[i]);
    }
    char *path = archive_fixture_make();
    const struct fixture_run run = {
        .articles = news, .count = COUNT, .now = FIXTURE_NOW, .tables = tables};
    archive_fixture_run(path, &run);
    assert_dump(path, strbuf_string(&expected));
    tempdir_remove(path);
}

Test(dump, long_and_monotonous_articles_are_whole)
{
    check_long_articles(&tables_glass);
    check_long_articles(&tables_api);
}

Test(dump, a_folder_that_is_no_archive_is_refused)
{
    char *folder = tempdir_make();
    cr_assert_eq(dump_articles(folder, stdout, &err), STATUS_NOT_FOUND);
    tempdir_remove(folder);
}

Test(dump, a_full_disk_is_told)
{
    const struct article news[] = {version("a", "A")};
    char *path = archive_fixture_with(news, 1);
    FILE *full = fopen("/dev/full", "w");
    cr_assert_not_null(full);
    cr_assert_eq(dump_articles(path, full, &err), STATUS_IO);
    cr_assert_str_eq(err.message,
                     "cannot write 'stdout': No space left on device");
    fclose(full);
    tempdir_remove(path);
}
