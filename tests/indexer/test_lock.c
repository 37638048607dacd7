#include "indexer/lock.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/tempdir.h"

enum { NOW = 1644259500 };

static struct error err;

static struct lock *take(const char *archive)
{
    struct lock *lock = NULL;
    cr_assert_eq(lock_take(&lock, archive, NOW, &err), STATUS_OK, "%s",
                 err.message);
    return lock;
}

Test(lock, is_held_by_one_and_says_by_whom)
{
    char *archive = tempdir_make();
    struct lock *lock = take(archive), *second = NULL;
    cr_assert_eq(lock_take(&second, archive, NOW + 5, &err), STATUS_BUSY);
    cr_assert_null(second);
    char host[200], expected[600];
    gethostname(host, sizeof host);
    snprintf(expected, sizeof expected,
             "archive '%s' is being written by process %d on host %s since "
             "2022-02-07T18:45:00Z",
             archive, (int)getpid(), host);
    cr_assert_str_eq(err.message, expected);
    lock_free(lock);
    lock_free(NULL);
    second = take(archive);
    lock_free(second);
    tempdir_remove(archive);
}

Test(lock, its_file_stays_and_is_empty_when_nobody_has_it)
{
    char *archive = tempdir_make();
    lock_free(take(archive));
    struct stat info;
    cr_assert_eq(stat(tempdir_file(archive, "lock"), &info), 0);
    cr_assert_eq(info.st_size, 0);
    tempdir_remove(archive);
}

/* A process that takes the lock, says so through the pipe and sleeps. */
static pid_t start_holder(const char *archive, int ready)
{
    pid_t pid = fork();
    if (pid != 0)
        return pid;
    struct lock *lock = NULL;
    if (lock_take(&lock, archive, NOW, &err) != STATUS_OK)
        _exit(1);
    if (write(ready, "x", 1) != 1)
        _exit(1);
    pause();
    _exit(0);
}

Test(lock, another_process_is_kept_out_until_the_holder_is_dead)
{
    char *archive = tempdir_make();
    int ready[2];
    char byte;
    cr_assert_eq(pipe(ready), 0);
    pid_t holder = start_holder(archive, ready[1]);
    close(ready[1]);
    cr_assert_eq(read(ready[0], &byte, 1), 1);
    struct lock *lock = NULL;
    cr_assert_eq(lock_take(&lock, archive, NOW, &err), STATUS_BUSY);
    char expected[40];
    snprintf(expected, sizeof expected, "process %d ", (int)holder);
    cr_assert(strstr(err.message, expected), "%s", err.message);
    kill(holder, SIGKILL);
    waitpid(holder, NULL, 0);
    lock = take(archive);
    lock_free(lock);
    close(ready[0]);
    tempdir_remove(archive);
}

static enum status busy_with(const char *archive, const char *content)
{
    struct lock *lock = take(archive), *second = NULL;
    tempdir_write(tempdir_file(archive, "lock"), content, strlen(content));
    enum status status = lock_take(&second, archive, NOW, &err);
    lock_free(lock);
    return status;
}

Test(lock, a_strange_content_is_not_repeated)
{
    char *archive = tempdir_make();
    static const char *const contents[] = {"", "pid",
                                           "pid 1\nhost \x1b[31m\nsince now\n",
                                           "\n\n\n", "since x\nhost y\n"};
    for (size_t i = 0; i < sizeof contents / sizeof *contents; i++) {
        cr_assert_eq(busy_with(archive, contents[i]), STATUS_BUSY);
        cr_assert(strstr(err.message, "by another process"), "%s", err.message);
    }
    cr_assert_eq(busy_with(archive, "pid 1\nhost a\x1b[31m\nsince now\n"),
                 STATUS_BUSY);
    cr_assert(strstr(err.message, "process 1 on host a since now"), "%s",
              err.message);
    tempdir_remove(archive);
}

/* The file system that the lock finds itself on; 0: the true one. */
static long disk;

int __real_fstatfs(int fd, struct statfs *out);

int __wrap_fstatfs(int fd, struct statfs *out)
{
    int result = __real_fstatfs(fd, out);
    if (disk != 0)
        out->f_type = disk;
    return result;
}

/* What comes of taking a lock whose file says this. */
static enum status take_left(const char *archive, const char *content)
{
    tempdir_write(tempdir_file(archive, "lock"), content, strlen(content));
    AUTO(lock) lock = NULL;
    return lock_take(&lock, archive, 0, &err);
}

Test(lock, what_a_dead_process_left_is_no_obstacle)
{
    char *archive = tempdir_make();
    const char left[] = "pid 1\nhost elsewhere\nsince 2022-02-07T18:45:00Z\n";
    cr_assert_eq(take_left(archive, left), STATUS_OK);
    tempdir_remove(archive);
}

Test(lock, of_another_host_on_a_shared_disk_is_respected)
{
    char *archive = tempdir_make();
    char host[256], ours[400];
    gethostname(host, sizeof host);
    snprintf(ours, sizeof ours, "pid 1\nhost %s\nsince 2022\n", host);
    disk = 0x6969;
    const char theirs[] = "pid 71\nhost elsewhere\nsince 2022\n";
    cr_assert_eq(take_left(archive, theirs), STATUS_BUSY);
    cr_assert_not_null(strstr(err.message, "by process 71 on host elsewhere "
                                           "since 2022; if it is not, remove"),
                       "%s", err.message);
    cr_assert_eq(take_left(archive, theirs), STATUS_BUSY, "it stays");
    cr_assert_eq(take_left(archive, ours), STATUS_OK);
    cr_assert_eq(take_left(archive, ""), STATUS_OK);
    tempdir_remove(archive);
}

Test(lock, needs_its_folder_and_follows_no_link)
{
    char *archive = tempdir_make();
    struct lock *lock = NULL;
    const char *none = tempdir_file(archive, "none");
    cr_assert_eq(lock_take(&lock, none, NOW, &err), STATUS_IO);
    const char *other = tempdir_file(archive, "other");
    tempdir_write(other, "precious", 8);
    cr_assert_eq(symlink(other, tempdir_file(archive, "lock")), 0);
    cr_assert_eq(lock_take(&lock, archive, NOW, &err), STATUS_IO);
    cr_assert_null(lock);
    tempdir_remove(archive);
}
