#include "indexer/run_log.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/atomic_file.h"
#include "common/strbuf.h"

enum { PATH_SIZE_MAX = 1 << 16, LINE_MAX_BYTES = 1 << 20 };

static bool ends_within_line(int fd, off_t size)
{
    char last;
    return size > 0 && pread(fd, &last, 1, size - 1) == 1 && last != '\n';
}

static bool write_all(int fd, struct text t)
{
    while (t.len > 0) {
        ssize_t written = write(fd, t.ptr, t.len);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        t = text_slice(t, (size_t)written, t.len);
    }
    return true;
}

static enum status append(int fd, struct text line, const char *path,
                          struct error *err)
{
    AUTO_DONE(strbuf) bytes = STRBUF_INIT(LINE_MAX_BYTES);
    struct stat info;
    if (fstat(fd, &info) != 0)
        return error_io(err, "look at", path);
    if (ends_within_line(fd, info.st_size))
        strbuf_append_char(&bytes, '\n');
    strbuf_append(&bytes, line);
    strbuf_append_char(&bytes, '\n');
    if (bytes.overflowed)
        return error_set(err, STATUS_INTERNAL, "a line of '%s' is too long",
                         path);
    if (write_all(fd, strbuf_text(&bytes)) && fsync(fd) == 0)
        return STATUS_OK;
    error_io(err, "write", path);
    if (ftruncate(fd, info.st_size) != 0)
        return error_prefix(err, "half a line is left");
    return err->status;
}

enum status run_log_append(const char *archive, struct text line,
                           struct error *err)
{
    assert(line.len == 0 || !memchr(line.ptr, '\n', line.len));
    AUTO_DONE(strbuf) path = STRBUF_INIT(PATH_SIZE_MAX);
    strbuf_append_format(&path, "%s/runs.jsonl", archive);
    const char *string = strbuf_string(&path);
    int fd = open(string, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW,
                  0666);
    if (fd < 0)
        return error_io(err, "open", string);
    struct stat before;
    bool made = fstat(fd, &before) == 0 && before.st_size == 0;
    enum status status = append(fd, line, string, err);
    close(fd);
    if (status == STATUS_OK && made)
        status = atomic_file_sync_folder(archive, err);
    return status;
}
