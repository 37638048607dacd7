#include "indexer/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/vfs.h>
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

/* What the file says. */
struct holder {
    char bytes[CONTENT_MAX];
    struct text pid, host, since; /* empty where it does not say */
};

static void read_holder(struct holder *out, int fd)
{
    ssize_t got = pread(fd, out->bytes, sizeof out->bytes, 0);
    struct text content = text_make(out->bytes, got > 0 ? (size_t)got : 0);
    out->pid = value_of(content, "pid ");
    out->host = value_of(content, "host ");
    out->since = value_of(content, "since ");
}

static enum status busy(int fd, const char *archive, struct error *err)
{
    struct holder h;
    read_holder(&h, fd);
    if (h.pid.len == 0 || h.host.len == 0 || h.since.len == 0)
        return error_set(err, STATUS_BUSY,
                         "archive '%s' is being written by another process",
                         archive);
    return error_set(err, STATUS_BUSY,
                     "archive '%s' is being written by process %.*s on host "
                     "%.*s since %.*s",
                     archive, TEXT_ARG(h.pid), TEXT_ARG(h.host),
                     TEXT_ARG(h.since));
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

static void host_name(char out[HOST_MAX])
{
    if (gethostname(out, HOST_MAX) != 0)
        snprintf(out, HOST_MAX, "unknown");
    out[HOST_MAX - 1] = '\0';
}

bool lock_is_shared_by_hosts(int64_t type)
{
    static const int64_t types[] = {
        0x6969,     /* NFS */
        0xff534d42, /* CIFS */
        0xfe534d42, /* SMB 2 */
        0x517b,     /* SMB */
        0x5346414f, /* AFS */
        0x6b414653, /* AFS of the kernel */
        0x00c36400, /* Ceph */
        0x01021997, /* 9P */
        0x65735546, /* FUSE: sshfs, GlusterFS and others */
        0x01161970, /* GFS2 */
        0x7461636f, /* OCFS2 */
        0x0bd00bd0, /* Lustre */
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (types[i] == type)
            return true;
    return false;
}

/* On a disk that several hosts share, their locks may not reach this one: then
 * what the file says counts, too. */
static enum status check_other_hosts(int fd, const char *archive,
                                     const char *path, struct error *err)
{
    struct holder h;
    struct statfs disk;
    char host[HOST_MAX];
    if (fstatfs(fd, &disk) != 0 ||
        !lock_is_shared_by_hosts((int64_t)(uint32_t)disk.f_type))
        return STATUS_OK;
    host_name(host);
    read_holder(&h, fd);
    if (h.host.len == 0 || text_is(h.host, host))
        return STATUS_OK;
    enum status status = busy(fd, archive, err);
    size_t len = strlen(err->message);
    snprintf(err->message + len, sizeof err->message - len,
             "; if it is not, remove '%s'", path);
    return status;
}

static enum status describe_holder(int fd, const char *path, timestamp now,
                                   struct error *err)
{
    char host[HOST_MAX], since[TIMESTAMP_SIZE];
    host_name(host);
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
    if (fcntl(fd, F_OFD_SETLK, &whole) == 0) {
        enum status status = check_other_hosts(fd, archive, path, err);
        return status == STATUS_OK ? describe_holder(fd, path, now, err)
                                   : status;
    }
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

enum status lock_look(const char *archive, struct error *err)
{
    AUTO_DONE(strbuf) path = STRBUF_INIT(PATH_SIZE_MAX);
    strbuf_append_format(&path, "%s/lock", archive);
    int fd = open(strbuf_string(&path), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return STATUS_OK;
    struct flock whole = {.l_type = F_RDLCK, .l_whence = SEEK_SET};
    enum status status = STATUS_OK;
    if (fcntl(fd, F_OFD_GETLK, &whole) == 0 && whole.l_type != F_UNLCK)
        status = busy(fd, archive, err);
    close(fd);
    return status;
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
