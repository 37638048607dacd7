#include "common/atomic_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/mem.h"
#include "common/strbuf.h"

enum { BUFFER_SIZE = 64 << 10 };

struct atomic_file {
    char *path, *temp;
    int fd;     /* -1 when closed */
    int failed; /* errno of the first write that failed, or 0 */
    uint64_t size;
    struct digester *digester;
    struct strbuf buffer; /* digested, not written yet */
};

static char *with_suffix(const char *path, const char *suffix)
{
    size_t len = strlen(path), extra = strlen(suffix);
    char *joined = mem_alloc(len + extra + 1);
    memcpy(joined, path, len);
    memcpy(joined + len, suffix, extra + 1);
    return joined;
}

static enum status write_error(struct error *err, int why, const char *path)
{
    if (why == ENOSPC || why == EDQUOT)
        return error_set(err, STATUS_IO, "cannot write '%s': no space left",
                         path);
    errno = why;
    return error_io(err, "write", path);
}

enum status atomic_file_new(struct atomic_file **out, const char *path,
                            struct error *err)
{
    char *temp = with_suffix(path, ".tmp");
    /* Made anew, so that a link of that name is never followed. */
    unlink(temp);
    int fd = open(temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0) {
        enum status status = errno == ENOSPC || errno == EDQUOT
                                 ? write_error(err, errno, path)
                                 : error_io(err, "create", temp);
        free(temp);
        return status;
    }
    struct atomic_file *f = mem_zeroed(1, sizeof *f);
    f->path = mem_copy_string(path, strlen(path));
    f->temp = temp;
    f->fd = fd;
    f->digester = digester_new();
    strbuf_init(&f->buffer, BUFFER_SIZE);
    *out = f;
    return STATUS_OK;
}

static void write_through(struct atomic_file *f, struct text t)
{
    while (t.len > 0 && !f->failed) {
        ssize_t written = write(f->fd, t.ptr, t.len);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            f->failed = errno;
        else
            t = text_slice(t, (size_t)written, t.len);
    }
}

static void flush(struct atomic_file *f)
{
    write_through(f, strbuf_text(&f->buffer));
    strbuf_reset(&f->buffer);
}

void atomic_file_write(struct atomic_file *f, struct text t)
{
    f->size += t.len;
    digester_add(f->digester, t);
    if (t.len > BUFFER_SIZE - f->buffer.len)
        flush(f);
    if (t.len > BUFFER_SIZE)
        write_through(f, t);
    else
        strbuf_append(&f->buffer, t);
}

static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return mem_copy_string(".", 1);
    return mem_copy_string(path, slash == path ? 1 : (size_t)(slash - path));
}

static enum status close_durably(struct atomic_file *f, struct error *err)
{
    flush(f);
    if (!f->failed && fsync(f->fd) != 0)
        f->failed = errno;
    if (close(f->fd) != 0 && !f->failed)
        f->failed = errno;
    f->fd = -1;
    return f->failed ? write_error(err, f->failed, f->path) : STATUS_OK;
}

static void drop_temp(struct atomic_file *f)
{
    if (!f->temp)
        return;
    unlink(f->temp);
    free(f->temp);
    f->temp = NULL;
}

enum status atomic_file_commit(struct atomic_file *f, struct error *err)
{
    enum status status = close_durably(f, err);
    if (status == STATUS_OK && rename(f->temp, f->path) != 0)
        status = error_io(err, "replace", f->path);
    if (status != STATUS_OK) {
        drop_temp(f);
        return status;
    }
    free(f->temp);
    f->temp = NULL;
    char *folder = folder_of(f->path);
    status = atomic_file_sync_folder(folder, err);
    free(folder);
    return status;
}

void atomic_file_free(struct atomic_file *f)
{
    if (!f)
        return;
    if (f->fd >= 0)
        close(f->fd);
    drop_temp(f);
    digester_free(f->digester);
    strbuf_done(&f->buffer);
    free(f->path);
    free(f);
}

uint64_t atomic_file_size(const struct atomic_file *f)
{
    return f->size;
}

struct digest atomic_file_digest(const struct atomic_file *f)
{
    return digester_value(f->digester);
}

static enum status sync_path(const char *path, int flags, struct error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | flags);
    if (fd < 0)
        return error_io(err, "open", path);
    int failed = fsync(fd) != 0 ? errno : 0;
    close(fd);
    /* A file system that cannot sync folders has no need to. */
    if (failed == 0 || (failed == EINVAL && flags))
        return STATUS_OK;
    return write_error(err, failed, path);
}

enum status atomic_file_sync_folder(const char *path, struct error *err)
{
    return sync_path(path, O_DIRECTORY, err);
}

enum status atomic_file_sync(const char *path, struct error *err)
{
    return sync_path(path, 0, err);
}
