#include "common/whole_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { READ_SIZE = 64 << 10 };

static enum status read_all(struct strbuf *out, int fd, const char *path,
                            struct error *err)
{
    struct stat info;
    if (fstat(fd, &info) != 0)
        return error_io(err, "look at", path);
    if (!S_ISREG(info.st_mode))
        return error_set(err, STATUS_IO, "'%s' is not a file", path);
    for (;;) {
        char buffer[READ_SIZE];
        ssize_t got = read(fd, buffer, sizeof buffer);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error_io(err, "read", path);
        if (got == 0)
            return STATUS_OK;
        strbuf_append(out, text_make(buffer, (size_t)got));
        if (out->overflowed)
            return error_set(err, STATUS_CORRUPT, "'%s' is over %zu bytes",
                             path, out->max);
    }
}

enum status whole_file_read(struct strbuf *out, const char *path,
                            struct error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        bool missing = errno == ENOENT || errno == ENOTDIR;
        error_io(err, "open", path);
        return err->status = missing ? STATUS_NOT_FOUND : STATUS_IO;
    }
    enum status status = read_all(out, fd, path, err);
    close(fd);
    return status;
}
