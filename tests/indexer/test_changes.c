/* Commands that change an archive without reading sources: delete, prune,
 * optimize, upgrade, snapshot. */
#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/analyzer.h"
#include "common/manifest.h"
#include "indexer/delete.h"
#include "indexer/optimize.h"
#include "indexer/prune.h"
#include "indexer/snapshot.h"
#include "indexer/verify.h"
#include "tests/support/archive_fixture.h"
#include "tests/support/tempdir.h"

static struct error err;
static struct summary summary;
static char *archive, *said;

static void begin(void)
{
    const struct article first[] = {archive_fixture_article("a", "A1", NULL),
                                    archive_fixture_article("b", "B1", NULL)};
    const struct article second[] = {archive_fixture_article("a", "A2", NULL),
                                     archive_fixture_article("c", "C1", NULL)};
    archive = archive_fixture_with(first, 2);
    archive_fixture_add(archive, second, 2, 2000);
    mkdir(tempdir_file(archive, "ledger"), 0777);
    mkdir(tempdir_file(archive, "rejects"), 0777);
}

static void end(void)
{
    free(said);
    tempdir_remove(archive);
}

TestSuite(changes, .init = begin, .fini = end);

typedef enum status change_fn(struct summary *out,
                              const struct indexer_settings *settings,
                              struct messages *messages, struct error *err);

static enum status change(change_fn *how, struct indexer_settings settings,
                          const char *const *operands)
{
    struct messages messages;
    size_t size;
    free(said);
    FILE *stream = open_memstream(&said, &size);
    message_init(&messages, "test", stream);
    settings.archive = archive;
    settings.sources = (char *const *)operands;
    settings.memory = 1 << 20;
    enum status status = how(&summary, &settings, &messages, &err);
    fclose(stream);
    return status;
}

#define SETTINGS(...) ((struct indexer_settings){__VA_ARGS__})

#define CHANGE(how, settings, ...)                                             \
    cr_assert_eq(                                                              \
        change(how, settings, (const char *const[]){__VA_ARGS__, NULL}),       \
        STATUS_OK, "%s", err.message)

static void fail_on(void *context, const char *finding)
{
    (void)context;
    cr_assert_fail("%s", finding);
}

static void assert_history(const char *expected)
{
    struct verify_result result;
    char *history = archive_fixture_history(archive);
    cr_assert_str_eq(history, expected, "%s", history);
    free(history);
    cr_assert_eq(verify_archive(&result,
                                &(struct verify_request){archive, VERIFY_FILES,
                                                         fail_on, NULL, NULL},
                                &err),
                 STATUS_OK);
}

static struct manifest load(void)
{
    struct manifest m;
    cr_assert_eq(manifest_load(&m, archive, &err), STATUS_OK);
    return m;
}

static size_t count_in(const char *folder)
{
    size_t count = 0;
    DIR *d = opendir(tempdir_file(archive, folder));
    for (struct dirent *e; (e = readdir(d));)
        count += e->d_name[0] != '.';
    closedir(d);
    return count;
}

/* --- delete ----------------------------------------------------------------
 */

Test(changes, deletes_what_is_named_and_tells_what_is_not_there)
{
    CHANGE(delete_run, SETTINGS(.purge = 0), "b", "nosuch", "b");
    cr_assert_eq(summary.deleted, 1);
    cr_assert_eq(summary.missing, 1);
    cr_assert_str_eq(said, "test: there is no article 'nosuch'\n");
    assert_history("a 3 v2 1000 2000 A2\nc 4 v1 2000 2000 C1\n");
    CHANGE(delete_run, SETTINGS(.purge = 0), "b");
    cr_assert_eq(summary.deleted, 0);
    cr_assert_eq(summary.missing, 1);
}

Test(changes, a_deleted_article_is_new_when_it_comes_again)
{
    CHANGE(delete_run, SETTINGS(.purge = 0), "a");
    const struct article again = archive_fixture_article("a", "A2", NULL);
    archive_fixture_add(archive, &again, 1, 3000);
    assert_history("b 2 v1 1000 1000 B1\nc 4 v1 2000 2000 C1\n"
                   "a 5 v1 3000 3000 A2\n");
}

Test(changes, all_may_go)
{
    CHANGE(delete_run, SETTINGS(.purge = 1), "a", "b", "c");
    cr_assert_eq(summary.deleted, 3);
    cr_assert_eq(summary.articles, 0);
    assert_history("");
    cr_assert_eq(count_in("segments"), 0);
}

Test(changes, a_purge_leaves_no_deleted_article_and_no_old_file)
{
    CHANGE(delete_run, SETTINGS(.purge = 1), "c");
    assert_history("b 2 v1 1000 1000 B1\na 3 v2 1000 2000 A2\n");
    AUTO_DONE(manifest) m = load();
    cr_assert_eq(m.segment_count, 2);
    for (size_t i = 0; i < m.segment_count; i++)
        cr_assert_eq(m.segments[i].deleted, 0, "the old A1 is gone, too");
    cr_assert_eq(count_in("segments"), 2);
}

Test(changes, a_dry_run_deletes_nothing)
{
    CHANGE(delete_run, SETTINGS(.dry_run = 1, .purge = 1), "b");
    cr_assert(summary.dry);
    cr_assert_eq(summary.deleted, 1);
    assert_history("b 2 v1 1000 1000 B1\na 3 v2 1000 2000 A2\n"
                   "c 4 v1 2000 2000 C1\n");
    cr_assert_neq(access(tempdir_file(archive, "runs.jsonl"), F_OK), 0);
}

Test(changes, without_an_archive_none_is_made)
{
    static const char *const none[] = {"a", NULL};
    struct indexer_settings settings = {.archive = "/nowhere",
                                        .sources = (char *const *)none};
    struct messages messages;
    message_init(&messages, "test", stderr);
    change_fn *const all[] = {delete_run, prune_run, optimize_run, upgrade_run};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        cr_assert_eq(all[i](&summary, &settings, &messages, &err),
                     STATUS_NOT_FOUND);
}

/* --- prune -----------------------------------------------------------------
 */

Test(changes, a_file_is_gone_if_the_folder_it_was_in_is_not_empty)
{
    char *dir = tempdir_make();
    size_t folder = 0;
    mkdir(tempdir_file(dir, "in"), 0777);
    tempdir_write(tempdir_file(dir, "in/x"), "x", 1);
    cr_assert_eq(prune_look(tempdir_file(dir, "in/x"), &folder), PRUNE_THERE);
    cr_assert_eq(prune_look(tempdir_file(dir, "in"), &folder), PRUNE_THERE);
    cr_assert_eq(prune_look(tempdir_file(dir, "in/y"), &folder), PRUNE_GONE);
    cr_assert_eq(prune_look(tempdir_file(dir, "in/y/z"), &folder), PRUNE_GONE);
    cr_assert_eq(prune_look(tempdir_file(dir, "in/x/z"), &folder), PRUNE_GONE);
    unlink(tempdir_file(dir, "in/x"));
    cr_assert_eq(prune_look(tempdir_file(dir, "in/y/z"), &folder),
                 PRUNE_DOUBTFUL);
    cr_assert_eq(folder, strlen(dir) + 3);
    cr_assert_eq(prune_look("/nosuch/folder/x", &folder), PRUNE_GONE);
    cr_assert_eq(symlink("nowhere", tempdir_file(dir, "in/link")), 0);
    cr_assert_eq(prune_look(tempdir_file(dir, "in/link"), &folder), PRUNE_THERE,
                 "a link that leads nowhere is a name");
    tempdir_remove(dir);
}

Test(changes, articles_without_a_file_are_not_pruned)
{
    CHANGE(prune_run, SETTINGS(.purge = 0), NULL);
    cr_assert_eq(summary.deleted, 0);
    cr_assert_eq(summary.articles, 3);
}

/* --- optimize and upgrade --------------------------------------------------
 */

Test(changes, all_segments_become_one_and_nothing_else_changes)
{
    CHANGE(optimize_run, SETTINGS(.purge = 0), NULL);
    cr_assert_eq(summary.segments, 1);
    cr_assert_eq(summary.merges, 1);
    assert_history("b 2 v1 1000 1000 B1\na 3 v2 1000 2000 A2\n"
                   "c 4 v1 2000 2000 C1\n");
    AUTO_DONE(manifest) m = load();
    cr_assert_eq(m.segments[0].documents, 3);
    CHANGE(optimize_run, SETTINGS(.purge = 0), NULL);
    cr_assert_eq(summary.merges, 0);
    cr_assert_eq(summary.generation, m.generation);
}

static void set_version(unsigned analyzer)
{
    AUTO_DONE(manifest) m = load();
    m.generation++;
    m.analyzer_version = analyzer;
    cr_assert_eq(manifest_save(&m, archive, &err), STATUS_OK);
}

Test(changes, an_upgrade_brings_all_to_the_present_version)
{
    static const char *const none[] = {NULL};
    CHANGE(upgrade_run, SETTINGS(.purge = 0), NULL);
    cr_assert_eq(summary.merges, 0, "there is nothing to do");
    set_version(ANALYZER_VERSION + 1);
    cr_assert_eq(change(upgrade_run, SETTINGS(.purge = 0), none),
                 STATUS_VERSION);
    cr_assert_eq(change(optimize_run, SETTINGS(.purge = 0), none),
                 STATUS_VERSION);
}

/* --- snapshot --------------------------------------------------------------
 */

static enum status snapshot(const char *folder, struct snapshot_result *out)
{
    const char *const operands[] = {folder, NULL};
    struct messages messages;
    message_init(&messages, "test", stderr);
    const struct indexer_settings settings = {
        .archive = archive, .sources = (char *const *)operands};
    return snapshot_run(out, &settings, &messages, &err);
}

Test(changes, a_snapshot_stays_as_it_was)
{
    struct snapshot_result result;
    char *dir = tempdir_make();
    const char *copy = tempdir_file(dir, "copy");
    cr_assert_eq(snapshot(copy, &result), STATUS_OK, "%s", err.message);
    cr_assert_eq(result.articles, 3);
    cr_assert_eq(result.linked + result.copied, 13,
                 "two segments of six files, and a deleted list");
    CHANGE(delete_run, SETTINGS(.purge = 1), "a", "b", "c");
    char *history = archive_fixture_history(copy);
    cr_assert_str_eq(history, "b 2 v1 1000 1000 B1\na 3 v2 1000 2000 A2\n"
                              "c 4 v1 2000 2000 C1\n");
    free(history);
    tempdir_remove(dir);
}

Test(changes, a_snapshot_that_fails_leaves_nothing)
{
    struct snapshot_result result;
    char *dir = tempdir_make();
    const char *copy = tempdir_file(dir, "copy");
    AUTO_DONE(manifest) m = load();
    mkdir(copy, 0777);
    cr_assert_eq(snapshot(copy, &result), STATUS_EXISTS);
    cr_assert_eq(access(copy, F_OK), 0, "what was there is not touched");
    rmdir(copy);
    m.generation++;
    snprintf(manifest_add_ledger(&m)->name, MANIFEST_NAME_SIZE, "ledger/gone");
    cr_assert_eq(manifest_save(&m, archive, &err), STATUS_OK);
    cr_assert_neq(snapshot(copy, &result), STATUS_OK);
    cr_assert_neq(access(copy, F_OK), 0);
    tempdir_remove(dir);
}
