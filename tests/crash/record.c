#include "tests/crash/record.h"

#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;
static int record_fd = -1;

__attribute__((constructor)) static void open_record(void)
{
    const char *path = getenv("FAULT_RECORD");
    if (path)
        record_fd =
            (int)syscall(SYS_openat, AT_FDCWD, path,
                         O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
}

void record_begin(void)
{
    if (record_fd >= 0)
        pthread_mutex_lock(&order);
}

void record_end(void)
{
    if (record_fd >= 0)
        pthread_mutex_unlock(&order);
}

static void put(const char *call, ino_t inode, off_t number,
                const struct iovec *data)
{
    char line[128];
    int len =
        snprintf(line, sizeof line, "%s %llu %lld %zu\n", call,
                 (unsigned long long)inode, (long long)number, data->iov_len);
    const struct iovec parts[] = {{line, (size_t)len}, *data};
    ssize_t wanted = (ssize_t)(parts[0].iov_len + parts[1].iov_len);
    if (syscall(SYS_writev, record_fd, parts, 2) != wanted)
        abort(); /* half a record is worse than none */
}

static void put_fd(const char *call, int fd, off_t number,
                   const struct iovec *data)
{
    struct stat info;
    if (fstat(fd, &info) == 0)
        put(call, info.st_ino, number, data);
}

void record_pwrite(int fd, const void *bytes, ssize_t written, off_t offset)
{
    if (record_fd >= 0 && written > 0)
        put_fd("write", fd, offset,
               &(struct iovec){(void *)bytes, (size_t)written});
}

void record_write(int fd, const void *bytes, ssize_t written)
{
    /* A pipe has no place to tell, and no power to lose. */
    off_t end = record_fd >= 0 && written > 0 ? lseek(fd, 0, SEEK_CUR) : -1;
    if (end >= 0)
        record_pwrite(fd, bytes, written, end - written);
}

void record_truncate(int fd, int answer, off_t size)
{
    if (record_fd >= 0 && answer == 0)
        put_fd("truncate", fd, size, &(struct iovec){NULL, 0});
}

void record_fsync(int fd, int answer)
{
    if (record_fd >= 0 && answer == 0)
        put_fd("fsync", fd, 0, &(struct iovec){NULL, 0});
}

void record_made(const char *call, const char *path, int answer)
{
    struct stat info;
    if (record_fd >= 0 && answer >= 0 && lstat(path, &info) == 0)
        put(call, info.st_ino, 0, &(struct iovec){(void *)path, strlen(path)});
}

void record_rename(const char *from, const char *to, int answer)
{
    char both[2 * PATH_MAX];
    if (record_fd < 0 || answer != 0)
        return;
    int len = snprintf(both, sizeof both, "%s%c%s", from, '\0', to);
    put("rename", 0, 0, &(struct iovec){both, (size_t)len});
}

void record_unlink(const char *path, int answer)
{
    if (record_fd >= 0 && answer == 0)
        put("unlink", 0, 0, &(struct iovec){(void *)path, strlen(path)});
}
