#include "searcher/plan_checks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "tests/searcher/search_fixture.h"
#include "tests/support/tempdir.h"

static struct search_fixture f;

static void begin(void)
{
    search_fixture_init(&f, NULL);
}

static void end(void)
{
    search_fixture_done(&f);
}

TestSuite(plan_checks, .init = begin, .fini = end);

/* Makes nonsense of all articles' token streams; header, table and trailer
 * stay as they are. */
static void damage_streams(void)
{
    enum { HEADER = 16, TABLE_ROW = 5, TRAILER = 12 };
    char path[1000];
    size_t len;
    snprintf(path, sizeof path, "%s/segments/%s/tokens", f.path,
             archive_manifest(f.archive)->segments[0].name);
    uint32_t articles = tokens_articles(archive_tokens(f.archive, 0));
    char *bytes = tempdir_read(path, &len);
    memset(bytes + HEADER, 0xff,
           len - HEADER - TRAILER - TABLE_ROW * (articles + 1));
    archive_free(f.archive);
    f.archive = NULL;
    tempdir_write(path, bytes, len);
    free(bytes);
    struct error err = ERROR_NONE;
    cr_assert_eq(archive_open(&f.archive, f.path, &err), STATUS_OK, "%s",
                 err.message);
}

static enum status status_of(const char *query)
{
    AUTO_DONE(search_answer) a;
    search_fixture_answer(&a, &f, query, NULL);
    if (a.status != STATUS_OK)
        cr_expect(strstr(a.error.message, "damaged"), "%s", a.error.message);
    return a.status;
}

Test(plan_checks, a_damaged_stream_is_an_error_and_not_an_empty_answer)
{
    search_fixture_add_text(&f, "1", "", "the gas price");
    search_fixture_add_text(&f, "2", "", "gas price up");
    search_fixture_publish(&f);
    cr_expect_eq(status_of("\"gas price\""), STATUS_OK);
    damage_streams();
    cr_expect_eq(status_of("gas"), STATUS_CORRUPT, "second pass");
    cr_expect_eq(status_of("gas OR price"), STATUS_CORRUPT, "second pass");
    cr_expect_eq(status_of("\"gas price\""), STATUS_CORRUPT);
    cr_expect_eq(status_of("up OR \"gas price\""), STATUS_CORRUPT);
    cr_expect_eq(status_of("gas -\"gas price\""), STATUS_CORRUPT);
    cr_expect_eq(status_of("gas price"), STATUS_CORRUPT, "second pass");
}

Test(plan_checks, conditions_are_checked_in_every_segment)
{
    search_fixture_add_text(&f, "1", "", "price of gas");
    search_fixture_add_text(&f, "2", "", "gas price");
    search_fixture_publish(&f);
    search_fixture_add_text(&f, "3", "", "other words first, then gas price");
    search_fixture_add_text(&f, "4", "", "gas, or else price");
    search_fixture_publish(&f);
    cr_expect_str_eq(search_fixture_set(&f, "\"gas price\"", NULL), "2 3");
    cr_expect_str_eq(search_fixture_set(&f, "gas -\"gas price\"", NULL), "1 4");
}

Test(plan_checks, a_superseded_article_is_not_checked_any_more)
{
    search_fixture_add_text(&f, "1", "", "gas price");
    search_fixture_add_text(&f, "2", "", "gas price");
    search_fixture_publish(&f);
    search_fixture_add_text(&f, "1", "", "price of gas");
    search_fixture_publish(&f);
    cr_expect_str_eq(search_fixture_set(&f, "\"gas price\"", NULL), "2");
    cr_expect_str_eq(search_fixture_set(&f, "\"price of gas\"", NULL), "1");
    cr_expect_str_eq(search_fixture_set(&f, "gas", NULL), "1 2");
}
