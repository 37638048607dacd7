#include "indexer/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/mem.h"
#include "common/strbuf.h"
#include "common/text.h"

enum { PATH_SIZE_MAX = 1 << 16, CONTENT_MAX = 512, HOST_MAX = 256 };

struct lock {
    int fd;
};

/* The rest of the line after "KEY ", as far as it is printable; else "". */
static struct text value_of(struct text content, const char *key)
{
    struct text line, wanted = text_from(key);
    while (text_split(&content, '\n', &line)) {
        if (!text_starts_with(line, wanted))
            continue;
        struct text value = text_slice(line, wanted.len, line.len);
        for (size_t i = 0; i < value.len; i++)
            if (value.ptr[i] <= ' ' || value.ptr[i] > '~')
                value.len = i;
        return value;
    }
    return text_make("", 0);
}

static enum status busy(int fd, const char *archive, struct error *err)
{
    char bytes[CONTENT_MAX];
    ssize_t got = pread(fd, bytes, sizeof bytes, 0);
    struct text content = text_make(bytes, got > 0 ? (size_t)got : 0);
    struct text pid = value_of(content, "pid ");
    struct text host = value_of(content, "host ");
    struct text since = value_of(content, "since ");
    if (pid.len == 0 || host.len == 0 || since.len == 0)
        return error_set(err, STATUS_BUSY,
                         "archive '%s' is being written by another process",
                         archive);
    return error_set(err, STATUS_BUSY,
                     "archive '%s' is being written by process %.*s on host "
                     "%.*s since %.*s",
                     archive, TEXT_ARG(pid), TEXT_ARG(host), TEXT_ARG(since));
}

static bool write_at_start(int fd, struct text t)
{
    for (off_t at = 0; t.len > 0;) {
        ssize_t written = pwrite(fd, t.ptr, t.len, at);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        at += written;
        t = text_slice(t, (size_t)written, t.len);
    }
    return true;
}

static enum status describe_holder(int fd, const char *path, timestamp now,
                                   struct error *err)
{
    char host[HOST_MAX] = "unknown", since[TIMESTAMP_SIZE];
    if (gethostname(host, sizeof host) != 0)
        snprintf(host, sizeof host, "unknown");
    host[sizeof host - 1] = '\0';
    timestamp_format(now, since, sizeof since);
    char content[CONTENT_MAX];
    int len = snprintf(content, sizeof content, "pid %ld\nhost %s\nsince %s\n",
                       (long)getpid(), host, since);
    if (ftruncate(fd, 0) != 0 ||
        !write_at_start(fd, text_make(content, (size_t)len)))
        return error_io(err, "write", path);
    return STATUS_OK;
}

static enum status take_fd(int fd, const char *archive, const char *path,
                           timestamp now, struct error *err)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(fd, F_OFD_SETLK, &whole) == 0)
        return describe_holder(fd, path, now, err);
    if (errno == EAGAIN || errno == EACCES)
        return busy(fd, archive, err);
    return error_io(err, "lock", path);
}

enum status lock_take(struct lock **out, const char *archive, timestamp now,
                      struct error *err)
{
    AUTO_DONE(strbuf) path = STRBUF_INIT(PATH_SIZE_MAX);
    strbuf_append_format(&path, "%s/lock", archive);
    const char *string = strbuf_string(&path);
    int fd = open(string, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (fd < 0)
        return error_io(err, "open", string);
    enum status status = take_fd(fd, archive, string, now, err);
    if (status != STATUS_OK) {
        close(fd);
        return status;
    }
    struct lock *lock = mem_alloc(sizeof *lock);
    lock->fd = fd;
    *out = lock;
    return STATUS_OK;
}

void lock_free(struct lock *lock)
{
    if (!lock)
        return;
    /* If this fails, it stays until the next holder writes its own name. */
    int ignored = ftruncate(lock->fd, 0);
    (void)ignored;
    close(lock->fd);
    free(lock);
}
