#include "indexer/prefix.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static enum status add_block(struct digester *digester, int fd, uint64_t from,
                             uint64_t to)
{
    char block[PREFIX_BLOCK];
    while (from < to) {
        size_t wanted =
            to - from < sizeof block ? (size_t)(to - from) : sizeof block;
        ssize_t got = pread(fd, block, wanted, (off_t)from);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return STATUS_IO;
        if (got == 0)
            return STATUS_END;
        digester_add(digester, text_make(block, (size_t)got));
        from += (uint64_t)got;
    }
    return STATUS_OK;
}

enum status prefix_digest(struct digest *out, const char *path, uint64_t length,
                          struct error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return error_io(err, "open", path);
    AUTO(digester) digester = digester_new();
    uint64_t block = PREFIX_BLOCK;
    uint64_t head = length < block ? length : block;
    uint64_t tail = length - head < block ? head : length - block;
    enum status status = add_block(digester, fd, 0, head);
    if (status == STATUS_OK)
        status = add_block(digester, fd, tail, length);
    if (status == STATUS_IO)
        error_io(err, "read", path);
    if (status == STATUS_END)
        error_set(err, STATUS_END, "'%s' has become shorter", path);
    close(fd);
    if (status == STATUS_OK)
        *out = digester_value(digester);
    return status;
}
