#include "indexer/publish.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "indexer/verify.h"
#include "tests/support/archive_fixture.h"
#include "tests/support/tempdir.h"

static struct error err;

static struct article version(const char *id, const char *title)
{
    return archive_fixture_article(id, title, NULL);
}

static struct manifest load(const char *path)
{
    struct manifest m;
    cr_assert_eq(manifest_load(&m, path, &err), STATUS_OK, "%s", err.message);
    return m;
}

static void fail_on(void *context, const char *finding)
{
    (void)context;
    cr_assert_fail("%s", finding);
}

/* That the archive is sound and these are its articles. */
static void assert_history(const char *path, const char *expected)
{
    struct verify_result result;
    char *history = archive_fixture_history(path);
    cr_assert_str_eq(history, expected);
    cr_assert_eq(verify_archive(&result,
                                &(struct verify_request){path, VERIFY_FILES,
                                                         fail_on, NULL, NULL},
                                &err),
                 STATUS_OK);
    free(history);
}

Test(publish, the_first_run_makes_the_second_generation)
{
    const struct article news[] = {version("a", "A"), version("b", "B")};
    char *path = archive_fixture_with(news, 2);
    AUTO_DONE(manifest) m = load(path);
    cr_assert_eq(m.generation, 2);
    cr_assert_eq(m.next_sequence, 3);
    cr_assert_eq(m.segment_count, 1);
    assert_history(path, "a 1 v1 1000 1000 A\nb 2 v1 1000 1000 B\n");
    tempdir_remove(path);
}

Test(publish, a_run_that_brings_nothing_publishes_nothing)
{
    const struct article news[] = {version("a", "A")};
    char *path = archive_fixture_with(news, 1);
    archive_fixture_add(path, news, 1, 2000);
    archive_fixture_add(path, NULL, 0, 3000);
    AUTO_DONE(manifest) m = load(path);
    cr_assert_eq(m.generation, 2);
    tempdir_remove(path);
}

Test(publish, old_versions_go_when_new_ones_come)
{
    const struct article old[] = {version("a", "A"), version("b", "B"),
                                  version("c", "C")};
    const struct article new[] = {version("c", "C2"), version("d", "D"),
                                  version("a", "A2")};
    char *path = archive_fixture_with(old, 3);
    archive_fixture_add(path, new, 3, 2000);
    assert_history(path, "b 2 v1 1000 1000 B\nc 4 v2 1000 2000 C2\n"
                         "d 5 v1 2000 2000 D\na 6 v2 1000 2000 A2\n");
    AUTO_DONE(manifest) m = load(path);
    cr_assert_eq(m.segments[0].deleted, 2);
    cr_assert_eq(m.segments[1].deleted, 0);
    tempdir_remove(path);
}

Test(publish, what_was_hidden_stays_hidden)
{
    const struct article first[] = {version("a", "A"), version("b", "B"),
                                    version("c", "C")};
    const struct article second[] = {version("b", "B2")};
    const struct article third[] = {version("a", "A2")};
    char *path = archive_fixture_with(first, 3);
    archive_fixture_add(path, second, 1, 2000);
    archive_fixture_add(path, third, 1, 3000);
    assert_history(path, "c 3 v1 1000 1000 C\nb 4 v2 1000 2000 B2\n"
                         "a 5 v2 1000 3000 A2\n");
    tempdir_remove(path);
}

Test(publish, back_to_the_first_version_is_the_third)
{
    const struct article first[] = {version("a", "A"), version("b", "B")};
    const struct article second[] = {version("a", "A2")};
    char *path = archive_fixture_with(first, 2);
    archive_fixture_add(path, second, 1, 2000);
    archive_fixture_add(path, first, 2, 3000);
    assert_history(path, "b 2 v1 1000 1000 B\na 4 v3 1000 3000 A\n");
    tempdir_remove(path);
}

Test(publish, a_segment_of_which_all_is_superseded_is_named_no_more)
{
    const struct article old[] = {version("a", "A"), version("b", "B")};
    const struct article new[] = {version("b", "B2"), version("a", "A2")};
    char *path = archive_fixture_with(old, 2);
    AUTO_DONE(manifest) before = load(path);
    archive_fixture_add(path, new, 2, 2000);
    AUTO_DONE(manifest) m = load(path);
    cr_assert_eq(m.segment_count, 1);
    cr_assert_str_neq(m.segments[0].name, before.segments[0].name);
    assert_history(path, "b 3 v2 1000 2000 B2\na 4 v2 1000 2000 A2\n");
    tempdir_remove(path);
}

Test(publish, of_versions_in_one_run_only_the_last_is_shown)
{
    const struct article news[] = {version("a", "A"), version("b", "B"),
                                   version("a", "A2"), version("a", "A3")};
    char *path = archive_fixture_with(news, 4);
    assert_history(path, "b 2 v1 1000 1000 B\na 4 v3 1000 1000 A3\n");
    AUTO_DONE(manifest) m = load(path);
    cr_assert_eq(m.segments[0].documents, 4);
    cr_assert_eq(m.segments[0].deleted, 2);
    tempdir_remove(path);
}

Test(publish, losers_are_hidden_in_whatever_segment_they_are)
{
    enum { ROUNDS = 40, IDS = 5 };
    struct article news[ROUNDS * IDS];
    static char titles[ROUNDS * IDS][8];
    static const char *const ids[IDS] = {"a", "b", "c", "d", "e"};
    for (int i = 0; i < ROUNDS * IDS; i++) {
        snprintf(titles[i], sizeof titles[i], "T%d", i);
        news[i] = version(ids[i % IDS], titles[i]);
    }
    char *path = archive_fixture_make();
    archive_fixture_run(path, &(struct fixture_run){.articles = news,
                                                    .count = ROUNDS * IDS,
                                                    .now = FIXTURE_NOW,
                                                    .workers = 4,
                                                    .batch = 3});
    assert_history(path, "a 196 v40 1000 1000 T195\nb 197 v40 1000 1000 T196\n"
                         "c 198 v40 1000 1000 T197\nd 199 v40 1000 1000 T198\n"
                         "e 200 v40 1000 1000 T199\n");
    tempdir_remove(path);
}

/* A run without articles: only what its ledger and rejects brought. */
static void run_without_articles(const char *path, bool note, bool reject)
{
    AUTO(archive) archive = NULL;
    cr_assert_eq(archive_open(&archive, path, &err), STATUS_OK);
    const struct manifest *m = archive_manifest(archive);
    AUTO(ledger) ledger = NULL;
    AUTO(rejects) rejects = rejects_new(m, path);
    AUTO(catalog) catalog = catalog_new(archive, m->next_sequence, 2000);
    cr_assert_eq(ledger_load(&ledger, m, path, &err), STATUS_OK);
    const struct stat info = {.st_size = 5};
    if (note)
        cr_assert_eq(ledger_note(ledger, "/x",
                                 &(struct ledger_reading){.info = &info}, &err),
                     STATUS_OK);
    const struct reject bad = {.reason = "bad-json", .message = "no"};
    if (reject)
        cr_assert_eq(rejects_add(rejects, &bad, &err), STATUS_OK);
    const struct publication p = {.archive = archive,
                                  .catalog = catalog,
                                  .ledger = ledger,
                                  .rejects = rejects};
    cr_assert_eq(publish_run(&p, &err), STATUS_OK, "%s", err.message);
}

Test(publish, what_was_read_or_rejected_is_worth_a_generation)
{
    const struct article news[] = {version("a", "A")};
    char *path = archive_fixture_with(news, 1);
    run_without_articles(path, true, false);
    run_without_articles(path, false, true);
    run_without_articles(path, false, true); /* the same again: known */
    run_without_articles(path, false, false);
    AUTO_DONE(manifest) m = load(path);
    cr_assert_eq(m.generation, 4);
    cr_assert_eq(m.ledger_count, 1);
    cr_assert_eq(m.reject_count, 1);
    assert_history(path, "a 1 v1 1000 1000 A\n");
    tempdir_remove(path);
}

Test(publish, an_archive_that_went_away_is_told)
{
    const struct article news[] = {version("a", "A")};
    char *path = archive_fixture_with(news, 1);
    AUTO(archive) archive = NULL;
    cr_assert_eq(archive_open(&archive, path, &err), STATUS_OK);
    AUTO(catalog) catalog = catalog_new(archive, 2, 2000);
    cr_assert_eq(remove(tempdir_file(path, "XAPIANDB")), 0);
    const struct publication p = {.archive = archive, .catalog = catalog};
    cr_assert_eq(publish_run(&p, &err), STATUS_NOT_FOUND);
    tempdir_remove(path);
}
