#include "indexer/folder.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/tempdir.h"

static struct error err;
static char *dir;

static void begin(void)
{
    dir = tempdir_make();
}

static void end(void)
{
    tempdir_remove(dir);
}

TestSuite(folder, .init = begin, .fini = end);

Test(folder, is_made_once)
{
    const char *path = tempdir_file(dir, "new");
    struct stat info;
    cr_assert_eq(folder_make(path, &err), STATUS_OK);
    cr_assert_eq(stat(path, &info), 0);
    cr_assert(S_ISDIR(info.st_mode));
    cr_assert_eq(folder_make(path, &err), STATUS_EXISTS);
    tempdir_write(tempdir_file(dir, "file"), "x", 1);
    cr_assert_eq(folder_make(tempdir_file(dir, "file"), &err), STATUS_EXISTS);
}

Test(folder, is_not_made_where_there_is_nothing)
{
    cr_assert_eq(folder_make(tempdir_file(dir, "a/b"), &err), STATUS_IO);
    cr_assert_not_null(strstr(err.message, "No such file"));
}

Test(folder, goes_with_all_that_is_in_it)
{
    const char *path = tempdir_file(dir, "old");
    mkdir(path, 0777);
    mkdir(tempdir_file(dir, "old/deep"), 0777);
    tempdir_write(tempdir_file(dir, "old/deep/file"), "x", 1);
    tempdir_write(tempdir_file(dir, "old/.hidden"), "x", 1);
    cr_assert_eq(folder_remove(path, &err), STATUS_OK);
    cr_assert_neq(access(path, F_OK), 0);
}

Test(folder, that_there_is_none_is_fine)
{
    cr_assert_eq(folder_remove(tempdir_file(dir, "none"), &err), STATUS_OK);
}

Test(folder, what_a_link_leads_to_stays)
{
    mkdir(tempdir_file(dir, "kept"), 0777);
    tempdir_write(tempdir_file(dir, "kept/file"), "x", 1);
    mkdir(tempdir_file(dir, "old"), 0777);
    cr_assert_eq(symlink("../kept", tempdir_file(dir, "old/link")), 0);
    cr_assert_eq(folder_remove(tempdir_file(dir, "old"), &err), STATUS_OK);
    cr_assert_neq(access(tempdir_file(dir, "old"), F_OK), 0);
    cr_assert_eq(access(tempdir_file(dir, "kept/file"), F_OK), 0);
}
