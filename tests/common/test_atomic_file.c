#include "common/atomic_file.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/support/tempdir.h"

/* The tests' own write() and fsync(), so that the system can be made to fail:
 * the nth call from now does, 0 never. The test framework writes too, so
 * write_at_most is set back after use. */
static int write_fails_at, write_errno, fsync_fails_at;
static size_t write_at_most = SIZE_MAX;

ssize_t write(int fd, const void *bytes, size_t len)
{
    if (write_fails_at > 0 && --write_fails_at == 0) {
        errno = write_errno;
        return -1;
    }
    size_t part = len < write_at_most ? len : write_at_most;
    return syscall(SYS_write, fd, bytes, part);
}

int fsync(int fd)
{
    if (fsync_fails_at > 0 && --fsync_fails_at == 0) {
        errno = EIO;
        return -1;
    }
    return (int)syscall(SYS_fsync, fd);
}

static struct error err;

static bool exists(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0;
}

static struct atomic_file *made(const char *path, const char *content)
{
    struct atomic_file *f = NULL;
    cr_assert_eq(atomic_file_new(&f, path, &err), STATUS_OK, "%s", err.message);
    atomic_file_write(f, text_from(content));
    return f;
}

Test(atomic_file, appears_whole_at_commit_and_not_before)
{
    char *folder = tempdir_make();
    const char *path = tempdir_file(folder, "f");
    tempdir_write(path, "old", 3);
    AUTO(atomic_file) f = made(path, "new ");
    atomic_file_write(f, text_from("content"));
    size_t len;
    char *content = tempdir_read(path, &len);
    cr_assert_str_eq(content, "old");
    free(content);
    cr_assert_eq(atomic_file_commit(f, &err), STATUS_OK);
    content = tempdir_read(path, &len);
    cr_assert_str_eq(content, "new content");
    free(content);
    cr_assert_not(exists(tempdir_file(folder, "f.tmp")));
    tempdir_remove(folder);
}

Test(atomic_file, free_without_commit_leaves_nothing)
{
    char *folder = tempdir_make();
    const char *path = tempdir_file(folder, "f");
    struct atomic_file *f = made(path, "x");
    cr_assert(exists(tempdir_file(folder, "f.tmp")));
    atomic_file_free(f);
    atomic_file_free(NULL);
    cr_assert_eq(rmdir(folder), 0, "the folder is not empty");
    free(folder);
}

Test(atomic_file, knows_size_and_digest_of_any_mixture_of_writes)
{
    char *folder = tempdir_make();
    const char *path = tempdir_file(folder, "f");
    static char bytes[400000];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * 31 >> 3);
    struct text all = text_make(bytes, sizeof bytes);
    AUTO(atomic_file) f = made(path, "");
    write_at_most = 7777;
    for (size_t from = 0, len = 1; from < all.len; from += len, len = len * 3)
        atomic_file_write(f, text_slice(all, from, len));
    struct digest expected = digest_of(all), actual = atomic_file_digest(f);
    enum status status = atomic_file_commit(f, &err);
    write_at_most = SIZE_MAX;
    cr_assert_eq(status, STATUS_OK);
    cr_assert_eq(atomic_file_size(f), sizeof bytes);
    cr_assert(digest_equal(&expected, &actual));
    actual = atomic_file_digest(f);
    cr_assert(digest_equal(&expected, &actual));
    size_t len;
    char *content = tempdir_read(path, &len);
    cr_assert_eq(len, sizeof bytes);
    cr_assert_eq(memcmp(content, bytes, len), 0);
    free(content);
    tempdir_remove(folder);
}

Test(atomic_file, an_interrupted_write_goes_on)
{
    char *folder = tempdir_make();
    const char *path = tempdir_file(folder, "f");
    AUTO(atomic_file) f = made(path, "content");
    write_fails_at = 1;
    write_errno = EINTR;
    write_at_most = 2;
    enum status status = atomic_file_commit(f, &err);
    write_at_most = SIZE_MAX;
    cr_assert_eq(status, STATUS_OK);
    cr_assert_eq(write_fails_at, 0);
    char *content = tempdir_read(path, NULL);
    cr_assert_str_eq(content, "content");
    free(content);
    tempdir_remove(folder);
}

Test(atomic_file, a_write_that_failed_is_reported_at_commit)
{
    char *folder = tempdir_make();
    const char *path = tempdir_file(folder, "f");
    tempdir_write(path, "old", 3);
    static char bytes[200000];
    AUTO(atomic_file) f = made(path, "x");
    write_fails_at = 2;
    write_errno = ENOSPC;
    atomic_file_write(f, text_make(bytes, sizeof bytes));
    atomic_file_write(f, text_from("more"));
    cr_assert_eq(atomic_file_commit(f, &err), STATUS_IO);
    cr_assert(strstr(err.message, "f': no space left"), "%s", err.message);
    char *content = tempdir_read(path, NULL);
    cr_assert_str_eq(content, "old");
    free(content);
    cr_assert_not(exists(tempdir_file(folder, "f.tmp")));
    tempdir_remove(folder);
}

Test(atomic_file, a_failed_fsync_publishes_nothing)
{
    char *folder = tempdir_make();
    const char *path = tempdir_file(folder, "f");
    struct atomic_file *f = made(path, "content");
    fsync_fails_at = 1;
    cr_assert_eq(atomic_file_commit(f, &err), STATUS_IO);
    atomic_file_free(f);
    cr_assert_not(exists(path));
    cr_assert_not(exists(tempdir_file(folder, "f.tmp")));
    f = made(path, "content");
    fsync_fails_at = 2;
    cr_assert_eq(atomic_file_commit(f, &err), STATUS_IO,
                 "the folder's fsync failed");
    atomic_file_free(f);
    tempdir_remove(folder);
}

Test(atomic_file, cannot_be_made_where_there_is_no_folder)
{
    char *folder = tempdir_make();
    struct atomic_file *f = NULL;
    const char *path = tempdir_file(folder, "none/f");
    cr_assert_eq(atomic_file_new(&f, path, &err), STATUS_IO);
    cr_assert_null(f);
    cr_assert(strstr(err.message, "none/f.tmp': No such file"), "%s",
              err.message);
    tempdir_remove(folder);
}

Test(atomic_file, a_folder_of_its_name_is_not_replaced)
{
    char *folder = tempdir_make();
    const char *path = tempdir_file(folder, "f");
    mkdir(path, 0777);
    AUTO(atomic_file) f = made(path, "content");
    cr_assert_eq(atomic_file_commit(f, &err), STATUS_IO);
    cr_assert_not(exists(tempdir_file(folder, "f.tmp")));
    tempdir_remove(folder);
}

Test(atomic_file, a_link_left_under_the_temporary_name_is_not_followed)
{
    char *folder = tempdir_make();
    const char *path = tempdir_file(folder, "f");
    const char *other = tempdir_file(folder, "other");
    tempdir_write(other, "precious", 8);
    cr_assert_eq(symlink(other, tempdir_file(folder, "f.tmp")), 0);
    AUTO(atomic_file) f = made(path, "content");
    cr_assert_eq(atomic_file_commit(f, &err), STATUS_OK);
    char *content = tempdir_read(other, NULL);
    cr_assert_str_eq(content, "precious");
    free(content);
    tempdir_remove(folder);
}

Test(atomic_file, syncs_what_is_there_already)
{
    char *folder = tempdir_make();
    const char *path = tempdir_file(folder, "f");
    tempdir_write(path, "x", 1);
    cr_assert_eq(atomic_file_sync(path, &err), STATUS_OK);
    cr_assert_eq(atomic_file_sync_folder(folder, &err), STATUS_OK);
    cr_assert_eq(atomic_file_sync_folder(path, &err), STATUS_IO);
    cr_assert_eq(atomic_file_sync(tempdir_file(folder, "none"), &err),
                 STATUS_IO);
    tempdir_remove(folder);
}
