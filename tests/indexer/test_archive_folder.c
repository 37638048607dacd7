#include "indexer/archive_folder.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/manifest.h"
#include "tests/support/tempdir.h"

static struct error err;

static bool is_folder(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static void assert_complete(const char *archive)
{
    cr_assert(is_folder(tempdir_file(archive, "segments")));
    cr_assert(is_folder(tempdir_file(archive, "ledger")));
    cr_assert(is_folder(tempdir_file(archive, "rejects")));
}

Test(archive_folder, is_made_where_there_is_nothing_or_an_empty_folder)
{
    char *parent = tempdir_make();
    const char *archive = tempdir_file(parent, "press");
    cr_assert_eq(archive_folder_prepare(archive, &err), STATUS_OK, "%s",
                 err.message);
    assert_complete(archive);
    cr_assert_eq(archive_folder_prepare(archive, &err), STATUS_OK,
                 "what a killed first run leaves is taken");
    archive = tempdir_file(parent, "empty");
    mkdir(archive, 0777);
    cr_assert_eq(archive_folder_prepare(archive, &err), STATUS_OK);
    assert_complete(archive);
    tempdir_remove(parent);
}

Test(archive_folder, an_archive_gets_back_the_folders_it_lost)
{
    char *archive = tempdir_make();
    AUTO_DONE(manifest) m;
    manifest_init(&m, "english");
    m.generation = 1;
    m.published = 0;
    cr_assert_eq(manifest_save(&m, archive, &err), STATUS_OK);
    tempdir_write(tempdir_file(archive, "README"), "notes", 5);
    cr_assert_eq(archive_folder_prepare(archive, &err), STATUS_OK, "%s",
                 err.message);
    assert_complete(archive);
    tempdir_remove(archive);
}

Test(archive_folder, what_is_somebody_elses_is_refused_and_left_alone)
{
    char *parent = tempdir_make();
    const char *file = tempdir_file(parent, "file");
    tempdir_write(file, "x", 1);
    cr_assert_eq(archive_folder_prepare(file, &err), STATUS_EXISTS);
    cr_assert(strstr(err.message, "but a file"), "%s", err.message);
    cr_assert_eq(archive_folder_prepare(parent, &err), STATUS_EXISTS);
    cr_assert(strstr(err.message, "is not a morgue archive, and not empty"),
              "%s", err.message);
    cr_assert_not(is_folder(tempdir_file(parent, "segments")));
    const char *below = tempdir_file(parent, "none/press");
    cr_assert_eq(archive_folder_prepare(below, &err), STATUS_IO);
    below = tempdir_file(parent, "file/press");
    cr_assert_eq(archive_folder_prepare(below, &err), STATUS_IO);
    tempdir_remove(parent);
}

Test(archive_folder, a_foreign_stub_is_refused_and_left_alone)
{
    char *archive = tempdir_make();
    tempdir_write(tempdir_file(archive, "XAPIANDB"), "auto db\n", 8);
    cr_assert_eq(archive_folder_prepare(archive, &err), STATUS_CORRUPT);
    cr_assert_not(is_folder(tempdir_file(archive, "segments")));
    tempdir_remove(archive);
}

Test(archive_folder, a_link_in_place_of_a_sub_folder_is_refused)
{
    char *parent = tempdir_make();
    char *elsewhere = tempdir_make();
    cr_assert_eq(symlink(elsewhere, tempdir_file(parent, "segments")), 0);
    cr_assert_eq(archive_folder_prepare(parent, &err), STATUS_EXISTS);
    cr_assert(strstr(err.message, "segments' is not a folder"), "%s",
              err.message);
    tempdir_remove(parent);
    tempdir_remove(elsewhere);
}

Test(archive_folder, names_are_new_and_recognised)
{
    char a[ARCHIVE_FOLDER_NAME_SIZE], b[ARCHIVE_FOLDER_NAME_SIZE];
    archive_folder_name(a, 12);
    archive_folder_name(b, 12);
    cr_assert_str_neq(a, b);
    cr_assert_eq(strncmp(a, "g12-", 4), 0);
    cr_assert_eq(archive_folder_name_length(text_from(a)), strlen(a));
    archive_folder_name(a, 999999999999);
    cr_assert_eq(archive_folder_name_length(text_from(a)), 26);
    cr_assert_lt(strlen("segments/.deleted-999999999999") + strlen(a),
                 MANIFEST_NAME_SIZE);
    cr_assert_lt(strlen("segments//postlist.glass") + strlen(a),
                 MANIFEST_NAME_SIZE);
    cr_assert_eq(
        archive_folder_name_length(text_from("g1-0123456789ab.deleted-2")), 15);
    static const char *const others[] = {"",
                                         "g",
                                         "g1",
                                         "g-0123456789ab",
                                         "G1-0123456789ab",
                                         "g1-0123456789a",
                                         "g1-0123456789aB",
                                         "1-0123456789ab",
                                         "gx-0123456789ab",
                                         "notes.txt",
                                         "g1234567890123-0123456789ab"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        cr_assert_eq(archive_folder_name_length(text_from(others[i])), 0, "%s",
                     others[i]);
    cr_assert_eq(archive_folder_name_length(text_make("g1-\0\0\0\0\0\0\0\0\0"
                                                      "\0\0\0",
                                                      15)),
                 0);
}
