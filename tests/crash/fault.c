/* Preloaded into a program, counts its calls that change files and breaks one
 * of them. Told by the environment:
 *
 *     FAULT_UNDER   only calls on paths that begin so count; absent: all
 *     FAULT_LOG     gets a line a call: number, call, path
 *     FAULT_POINT   which call to break, counted from 1; absent: none
 *     FAULT_KIND    kill   ends the process instead of the call
 *                   torn   writes half of it, then ends the process
 *                   short  writes half of it and says so
 *                   full   no space left, at this call and all later ones
 *                   pause  waits for a third of a second, and goes on
 *                   EIO, ENOSPC, EMFILE   the call fails with this error
 *     FAULT_CLOCK   seconds that time() is ahead
 *     FAULT_RECORD  gets all that is done to files (record.h)
 *
 * Opening for reading counts too, as `look`, because it can fail. What stdio
 * writes is not seen. All are raw system calls, so that it does not matter
 * whether a sanitizer's library or this one is loaded first. */
#include "tests/crash/record.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* What arrive() answers besides an errno. */
enum { GO_ON = 0, HALF = -1 };

enum { PAUSE_NS = 333000000 };

static atomic_long calls;
static long point;
static const char *kind = "", *under = "";
static int log_fd = -1;

__attribute__((constructor)) static void read_environment(void)
{
    const char *number = getenv("FAULT_POINT"), *log = getenv("FAULT_LOG");
    if (getenv("FAULT_KIND"))
        kind = getenv("FAULT_KIND");
    if (getenv("FAULT_UNDER"))
        under = getenv("FAULT_UNDER");
    if (number)
        point = strtol(number, NULL, 10);
    if (log)
        log_fd = (int)syscall(SYS_openat, AT_FDCWD, log,
                              O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
}

static bool is_kind(const char *name)
{
    return strcmp(kind, name) == 0;
}

static void note(long number, const char *call, const char *path)
{
    char line[PATH_MAX + 64];
    int len = snprintf(line, sizeof line, "%ld %s %s\n", number, call, path);
    if (len > 0 && log_fd >= 0)
        syscall(SYS_write, log_fd, line, (size_t)len);
}

static void die(void)
{
    syscall(SYS_kill, getpid(), SIGKILL);
    for (;;)
        pause();
}

static bool needs_room(const char *call)
{
    return strcmp(call, "write") == 0 || strcmp(call, "open") == 0 ||
           strcmp(call, "mkdir") == 0;
}

static int verdict(long number, const char *call)
{
    if (point == 0 || number < point)
        return GO_ON;
    if (is_kind("full"))
        return needs_room(call) ? ENOSPC : GO_ON;
    if (number > point)
        return GO_ON;
    if (is_kind("kill"))
        die();
    if (is_kind("torn") || is_kind("short"))
        return HALF;
    if (is_kind("pause")) {
        nanosleep(&(struct timespec){.tv_nsec = PAUSE_NS}, NULL);
        return GO_ON;
    }
    return is_kind("EMFILE") ? EMFILE : is_kind("ENOSPC") ? ENOSPC : EIO;
}

static int arrive(const char *call, const char *path)
{
    if (strncmp(path, under, strlen(under)) != 0)
        return GO_ON;
    long number = atomic_fetch_add(&calls, 1) + 1;
    if (log_fd >= 0)
        note(number, call, path);
    return verdict(number, call);
}

static int arrive_at(const char *call, int fd)
{
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t len = readlink(link, path, sizeof path - 1);
    path[len > 0 ? len : 0] = '\0';
    return arrive(call, path);
}

/* The path of a name that may be relative to an open folder; "" if it cannot
 * be told. */
static const char *path_in(int folder, const char *name, char out[PATH_MAX])
{
    char link[64];
    if (folder == AT_FDCWD || name[0] == '/')
        return name;
    snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    ssize_t len = readlink(link, out, PATH_MAX);
    if (len < 0 || (size_t)len + strlen(name) + 2 > PATH_MAX)
        return "";
    snprintf(out + len, PATH_MAX - (size_t)len, "/%s", name);
    return out;
}

static int failed(int error)
{
    errno = error;
    return -1;
}

/* --- the calls ------------------------------------------------------------ */

static size_t half(size_t size)
{
    return size > 1 ? size / 2 : size;
}

ssize_t write(int fd, const void *bytes, size_t size)
{
    int answer = fd > STDERR_FILENO ? arrive_at("write", fd) : GO_ON;
    if (answer > 0)
        return failed(answer);
    record_begin();
    ssize_t written =
        syscall(SYS_write, fd, bytes, answer == HALF ? half(size) : size);
    record_write(fd, bytes, written);
    record_end();
    if (answer == HALF && is_kind("torn"))
        die();
    return written;
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t offset)
{
    int answer = arrive_at("write", fd);
    if (answer > 0)
        return failed(answer);
    record_begin();
    ssize_t written = syscall(SYS_pwrite64, fd, bytes,
                              answer == HALF ? half(size) : size, offset);
    record_pwrite(fd, bytes, written, offset);
    record_end();
    if (answer == HALF && is_kind("torn"))
        die();
    return written;
}

static int sync_by(long call, int fd)
{
    int error = arrive_at("fsync", fd);
    if (error > 0)
        return failed(error);
    record_begin();
    int answer = (int)syscall(call, fd);
    record_fsync(fd, answer);
    record_end();
    return answer;
}

int fsync(int fd)
{
    return sync_by(SYS_fsync, fd);
}

int fdatasync(int fd)
{
    return sync_by(SYS_fdatasync, fd);
}

int ftruncate(int fd, off_t size)
{
    int error = arrive_at("truncate", fd);
    if (error > 0)
        return failed(error);
    record_begin();
    int answer = (int)syscall(SYS_ftruncate, fd, size);
    record_truncate(fd, answer, size);
    record_end();
    return answer;
}

int rename(const char *from, const char *to)
{
    int error = arrive("rename", to);
    if (error > 0)
        return failed(error);
    record_begin();
    int answer = (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
    record_rename(from, to, answer);
    record_end();
    return answer;
}

int unlinkat(int folder, const char *name, int flags)
{
    char buffer[PATH_MAX];
    const char *path = path_in(folder, name, buffer);
    int error = arrive("unlink", path);
    if (error > 0)
        return failed(error);
    record_begin();
    int answer = (int)syscall(SYS_unlinkat, folder, name, flags);
    record_unlink(path, answer);
    record_end();
    return answer;
}

int unlink(const char *path)
{
    return unlinkat(AT_FDCWD, path, 0);
}

int remove(const char *path)
{
    struct stat info;
    bool folder = lstat(path, &info) == 0 && S_ISDIR(info.st_mode);
    return unlinkat(AT_FDCWD, path, folder ? AT_REMOVEDIR : 0);
}

int mkdir(const char *path, mode_t mode)
{
    int error = arrive("mkdir", path);
    if (error > 0)
        return failed(error);
    record_begin();
    int answer = (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
    record_made("mkdir", path, answer);
    record_end();
    return answer;
}

static int open_any(int folder, const char *name, int flags, mode_t mode)
{
    char buffer[PATH_MAX];
    const char *path = path_in(folder, name, buffer);
    int error = arrive(flags & O_CREAT ? "open" : "look", path);
    if (error > 0)
        return failed(error);
    record_begin();
    int answer = (int)syscall(SYS_openat, folder, name, flags, mode);
    if (flags & O_CREAT)
        record_made("open", path, answer);
    if (flags & O_TRUNC)
        record_truncate(answer, answer >= 0 ? 0 : -1, 0);
    record_end();
    return answer;
}

static mode_t mode_of(int flags, va_list args)
{
    return flags & O_CREAT ? va_arg(args, mode_t) : 0;
}

int open(const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    mode_t mode = mode_of(flags, args);
    va_end(args);
    return open_any(AT_FDCWD, path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    mode_t mode = mode_of(flags, args);
    va_end(args);
    return open_any(folder, path, flags, mode);
}

/* The same functions under the names that Xapian's library calls. */
int open64(const char *path, int flags, ...) __attribute__((alias("open")));
int openat64(int folder, const char *path, int flags, ...)
    __attribute__((alias("openat")));

time_t time(time_t *out)
{
    const char *ahead = getenv("FAULT_CLOCK");
    struct timespec now;
    syscall(SYS_clock_gettime, CLOCK_REALTIME, &now);
    time_t shown = now.tv_sec + (ahead ? strtol(ahead, NULL, 10) : 0);
    if (out)
        *out = shown;
    return shown;
}
