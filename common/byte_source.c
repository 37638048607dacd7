#include "common/byte_source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/interrupt.h"
#include "common/mem.h"

static struct byte_source new_source(int fd, const char *path)
{
    return (struct byte_source){.path = mem_copy_string(path, strlen(path)),
                                .fd = fd,
                                .modified = TIMESTAMP_UNKNOWN};
}

enum status byte_source_open(struct byte_source *out, const char *path,
                             struct error *err)
{
    bool standard = strcmp(path, "-") == 0;
    int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return error_io(err, "open", path);
    struct stat info = {0};
    if (fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)) {
        errno = EISDIR;
        (void)error_io(err, "read", path);
        if (!standard)
            close(fd);
        return err->status;
    }
    *out = new_source(fd, path);
    if (S_ISREG(info.st_mode))
        out->modified = (timestamp)info.st_mtim.tv_sec;
    return STATUS_OK;
}

struct byte_source byte_source_of_memory(struct text bytes, const char *name)
{
    struct byte_source s = new_source(-1, name);
    s.memory = bytes;
    return s;
}

struct byte_source byte_source_of_stream(const struct input_stream *stream,
                                         const char *name)
{
    struct byte_source s = new_source(-1, name);
    s.stream = *stream;
    s.modified = stream->modified;
    return s;
}

void byte_source_done(struct byte_source *s)
{
    if (s->fd > STDIN_FILENO)
        close(s->fd);
    free(s->path);
    *s = (struct byte_source){.fd = -1};
}

enum status byte_source_seek(struct byte_source *s, uint64_t byte,
                             struct error *err)
{
    if (lseek(s->fd, (off_t)byte, SEEK_SET) < 0)
        return error_io(err, "seek in", s->path);
    return STATUS_OK;
}

static size_t take_memory(struct byte_source *s, char *to, size_t size)
{
    const struct text part = text_slice(s->memory, 0, size);
    if (part.len > 0)
        memcpy(to, part.ptr, part.len);
    s->memory = text_slice(s->memory, part.len, s->memory.len);
    return part.len;
}

static enum status read_file(struct byte_source *s, char *to, size_t size,
                             size_t *got, struct error *err)
{
    ssize_t count;
    do
        count = read(s->fd, to, size);
    while (count < 0 && errno == EINTR && !interrupt_signal());
    if (count < 0)
        return error_io(err, "read", s->path);
    *got = (size_t)count;
    return STATUS_OK;
}

enum status byte_source_read(struct byte_source *s, char *to, size_t size,
                             size_t *got, struct error *err)
{
    size_t count = 0;
    enum status status = STATUS_OK;
    if (s->stream.read)
        status = s->stream.read(s->stream.context, to, size, &count, err);
    else if (s->fd < 0)
        count = take_memory(s, to, size);
    else
        status = read_file(s, to, size, &count, err);
    if (status != STATUS_OK)
        return status;
    s->bytes += count;
    *got = count;
    return STATUS_OK;
}
