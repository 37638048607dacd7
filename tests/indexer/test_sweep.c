#include "indexer/sweep.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/tempdir.h"

enum { PUBLISHED = 1644259500 };

#define KEPT "g2-0123456789ab"
#define OLD  "g1-ba9876543210"

static struct error err;
static struct sweep_result result;

static bool exists(const char *archive, const char *name)
{
    struct stat info;
    return lstat(tempdir_file(archive, name), &info) == 0;
}

static void make_file(const char *archive, const char *name)
{
    tempdir_write(tempdir_file(archive, name), "12345", 5);
}

static void make_segment(const char *archive, const char *name)
{
    char path[100];
    snprintf(path, sizeof path, "segments/%s", name);
    mkdir(tempdir_file(archive, path), 0777);
    snprintf(path, sizeof path, "segments/%s/tokens", name);
    make_file(archive, path);
}

/* Generation 2 with one of everything, beside leftovers of each kind. */
static char *make_archive(struct manifest *m)
{
    char *archive = tempdir_make();
    mkdir(tempdir_file(archive, "segments"), 0777);
    mkdir(tempdir_file(archive, "ledger"), 0777);
    mkdir(tempdir_file(archive, "rejects"), 0777);
    manifest_init(m, "english");
    m->generation = 2;
    m->published = PUBLISHED;
    struct manifest_segment *s = manifest_add_segment(m);
    snprintf(s->name, sizeof s->name, KEPT);
    snprintf(s->deleted_list.name, sizeof s->deleted_list.name,
             "segments/" KEPT ".deleted-2");
    snprintf(manifest_add_ledger(m)->name, MANIFEST_NAME_SIZE, "ledger/" KEPT);
    snprintf(manifest_add_reject(m)->name, MANIFEST_NAME_SIZE, "rejects/" KEPT);
    make_segment(archive, KEPT);
    make_segment(archive, OLD);
    static const char *const files[] = {"segments/" KEPT ".deleted-2",
                                        "segments/" KEPT ".deleted-1",
                                        "segments/" KEPT ".deleted-3.tmp",
                                        "ledger/" KEPT,
                                        "ledger/" OLD,
                                        "ledger/" OLD ".tmp",
                                        "rejects/" KEPT,
                                        "rejects/" OLD};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        make_file(archive, files[i]);
    return archive;
}

static void sweep_at(const char *archive, const struct manifest *m,
                     timestamp now)
{
    cr_assert_eq(sweep_run(&result, archive, m, now, &err), STATUS_OK, "%s",
                 err.message);
}

Test(sweep, what_the_manifest_does_not_name_goes_after_a_minute)
{
    AUTO_DONE(manifest) m;
    char *archive = make_archive(&m);
    sweep_at(archive, &m, PUBLISHED + SWEEP_DELAY_S - 1);
    cr_assert_eq(result.removed, 0);
    cr_assert(exists(archive, "segments/" OLD "/tokens"));
    sweep_at(archive, &m, PUBLISHED + SWEEP_DELAY_S);
    cr_assert_eq(result.removed, 6);
    cr_assert_eq(result.bytes, 30);
    cr_assert_not(exists(archive, "segments/" OLD));
    cr_assert_not(exists(archive, "segments/" KEPT ".deleted-1"));
    cr_assert_not(exists(archive, "segments/" KEPT ".deleted-3.tmp"));
    cr_assert_not(exists(archive, "ledger/" OLD));
    cr_assert_not(exists(archive, "ledger/" OLD ".tmp"));
    cr_assert_not(exists(archive, "rejects/" OLD));
    cr_assert(exists(archive, "segments/" KEPT "/tokens"));
    cr_assert(exists(archive, "segments/" KEPT ".deleted-2"));
    cr_assert(exists(archive, "ledger/" KEPT));
    cr_assert(exists(archive, "rejects/" KEPT));
    sweep_at(archive, &m, PUBLISHED + 2 * SWEEP_DELAY_S);
    cr_assert_eq(result.removed, 0);
    tempdir_remove(archive);
}

Test(sweep, a_clock_that_went_back_removes_nothing)
{
    AUTO_DONE(manifest) m;
    char *archive = make_archive(&m);
    sweep_at(archive, &m, PUBLISHED - 1000000);
    cr_assert_eq(result.removed, 0);
    tempdir_remove(archive);
}

Test(sweep, leftovers_of_a_first_run_go_at_once)
{
    AUTO_DONE(manifest) m;
    char *archive = make_archive(&m);
    AUTO_DONE(manifest) none;
    manifest_init(&none, "english");
    sweep_at(archive, &none, PUBLISHED);
    cr_assert_eq(result.removed, 10);
    cr_assert_not(exists(archive, "segments/" KEPT));
    cr_assert(exists(archive, "segments"));
    tempdir_remove(archive);
}

Test(sweep, what_is_not_ours_stays)
{
    AUTO_DONE(manifest) m;
    char *archive = make_archive(&m);
    char *other = tempdir_make();
    make_file(other, "precious");
    mkdir(tempdir_file(archive, "segments/mine"), 0777);
    mkdir(tempdir_file(archive, "ledger/" OLD "-x"), 0777);
    mkdir(tempdir_file(archive, "ledger/" OLD ".d"), 0777);
    static const char *const files[] = {"notes",
                                        "segments/notes",
                                        "segments/g1",
                                        "segments/mine/x",
                                        "ledger/" OLD "x",
                                        OLD,
                                        "lock",
                                        "runs.jsonl"};
    enum { COUNT = sizeof files / sizeof *files };
    for (size_t i = 0; i < COUNT; i++)
        make_file(archive, files[i]);
    cr_assert_eq(symlink(other, tempdir_file(archive, "segments/" OLD ".x")),
                 0);
    cr_assert_eq(symlink(other, tempdir_file(archive, "segments/" OLD "/link")),
                 0);
    sweep_at(archive, &m, PUBLISHED + SWEEP_DELAY_S);
    for (size_t i = 0; i < COUNT; i++)
        cr_assert(exists(archive, files[i]), "%s", files[i]);
    cr_assert(exists(archive, "segments/" OLD ".x"));
    cr_assert(exists(archive, "ledger/" OLD ".d"));
    cr_assert_not(exists(archive, "segments/" OLD));
    cr_assert(exists(other, "precious"));
    tempdir_remove(archive);
    tempdir_remove(other);
}

Test(sweep, a_linked_folder_is_not_entered)
{
    AUTO_DONE(manifest) m;
    char *archive = make_archive(&m);
    char *other = tempdir_make();
    make_file(other, OLD);
    tempdir_remove(strdup(tempdir_file(archive, "rejects")));
    cr_assert_eq(symlink(other, tempdir_file(archive, "rejects")), 0);
    cr_assert_eq(sweep_run(&result, archive, &m, PUBLISHED + 60, &err),
                 STATUS_IO);
    cr_assert(exists(other, OLD));
    tempdir_remove(archive);
    tempdir_remove(other);
}

Test(sweep, unfinished_segments_go_with_their_parts)
{
    AUTO_DONE(manifest) m;
    char *archive = make_archive(&m);
    make_segment(archive, OLD ".parts");
    mkdir(tempdir_file(archive, "segments/" OLD ".parts/a"), 0777);
    mkdir(tempdir_file(archive, "segments/" OLD ".parts/a/b"), 0777);
    make_file(archive, "segments/" OLD ".parts/a/b/iamglass");
    sweep_at(archive, &m, PUBLISHED + 60);
    cr_assert_not(exists(archive, "segments/" OLD ".parts"));
    tempdir_remove(archive);
}

Test(sweep, missing_folders_are_no_error)
{
    AUTO_DONE(manifest) m;
    char *archive = tempdir_make();
    manifest_init(&m, "english");
    sweep_at(archive, &m, 0);
    const char *none = tempdir_file(archive, "none");
    cr_assert_eq(sweep_run(&result, none, &m, 0, &err), STATUS_IO);
    manifest_done(&m);
    tempdir_remove(archive);
}
