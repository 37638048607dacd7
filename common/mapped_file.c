#include "common/mapped_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Up to so many bytes all pages are mapped at once, which takes as long as
 * touching a few of them for the first time. */
enum { MAPPED_AT_ONCE = 1 << 20 };

static enum status map(struct mapped_file *out, int fd, const char *path,
                       struct error *err)
{
    struct stat info;
    if (fstat(fd, &info) != 0)
        return error_io(err, "examine", path);
    if (!S_ISREG(info.st_mode))
        return error_set(err, STATUS_CORRUPT, "'%s' is not a file", path);
    if (info.st_size == 0) {
        *out = (struct mapped_file){NULL, 0};
        return STATUS_OK;
    }
    size_t size = (size_t)info.st_size;
    const int at_once = size <= MAPPED_AT_ONCE ? MAP_POPULATE : 0;
    void *data = mmap(NULL, size, PROT_READ, MAP_PRIVATE | at_once, fd, 0);
    if (data == MAP_FAILED)
        return error_io(err, "map", path);
    *out = (struct mapped_file){data, size};
    return STATUS_OK;
}

enum status mapped_file_open_kept(struct mapped_file *out, int *fd,
                                  const char *path, struct error *err)
{
    int opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (opened < 0 && errno == ENOENT)
        return error_set(err, STATUS_STALE, "'%s' is missing", path);
    if (opened < 0)
        return error_io(err, "open", path);
    enum status status = map(out, opened, path, err);
    if (status == STATUS_OK)
        *fd = opened;
    else
        close(opened);
    return status;
}

enum status mapped_file_open(struct mapped_file *out, const char *path,
                             struct error *err)
{
    int fd;
    enum status status = mapped_file_open_kept(out, &fd, path, err);
    if (status == STATUS_OK)
        close(fd);
    return status;
}

void mapped_file_done(struct mapped_file *f)
{
    if (f->data)
        munmap((void *)(uintptr_t)f->data, f->size);
    *f = (struct mapped_file){NULL, 0};
}
