/* Every call that touches the disk while a segment is built, failing in turn.
 * The linker sends them here (--wrap, see tests/CMakeLists.txt); of stdio it is
 * the calls themselves that fail, not what they do inside. */
#include <criterion/criterion.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/record.h"
#include "indexer/segment_writer.h"
#include "indexer/tables.h"
#include "tests/support/tempdir.h"

enum { ARTICLES = 33, CALLS_MAX = 5000, READS_A_POINT = 101 };

static struct {
    int point;          /* the call that fails, from 1; 0: none */
    int error;          /* its errno */
    bool onward;        /* and all calls that write, after it */
    int calls;          /* so far */
    int reads;          /* of which not all are worth a try */
    const char *failed; /* which did first */
} fault;

static bool fails(const char *call, bool writes)
{
    if (fault.point == 0)
        return false;
    fault.calls++;
    if (fault.calls != fault.point && !(fault.onward && fault.failed && writes))
        return false;
    if (!fault.failed)
        fault.failed = call;
    errno = fault.error;
    return true;
}

/* --- what the linker sends here ------------------------------------------ */

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
    va_end(args);
    return fails("open", flags & O_CREAT) ? -1 : __real_open(path, flags, mode);
}

ssize_t __real_write(int fd, const void *bytes, size_t len);
ssize_t __wrap_write(int fd, const void *bytes, size_t len);
ssize_t __wrap_write(int fd, const void *bytes, size_t len)
{
    return fails("write", true) ? -1 : __real_write(fd, bytes, len);
}

int __wrap_fsync(int fd);
int __wrap_fsync(int fd)
{
    (void)fd; /* what is tested needs not last */
    return fails("fsync", true) ? -1 : 0;
}

int __real_mkdir(const char *path, mode_t mode);
int __wrap_mkdir(const char *path, mode_t mode);
int __wrap_mkdir(const char *path, mode_t mode)
{
    return fails("mkdir", true) ? -1 : __real_mkdir(path, mode);
}

int __real_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to)
{
    return fails("rename", false) ? -1 : __real_rename(from, to);
}

FILE *__real_fopen(const char *path, const char *mode);
FILE *__wrap_fopen(const char *path, const char *mode);
FILE *__wrap_fopen(const char *path, const char *mode)
{
    return fails("fopen", mode[0] == 'w') ? NULL : __real_fopen(path, mode);
}

size_t __real_fwrite(const void *bytes, size_t size, size_t count, FILE *f);
size_t __wrap_fwrite(const void *bytes, size_t size, size_t count, FILE *f);
size_t __wrap_fwrite(const void *bytes, size_t size, size_t count, FILE *f)
{
    return fails("fwrite", true) ? 0 : __real_fwrite(bytes, size, count, f);
}

size_t __real_fread(void *bytes, size_t size, size_t count, FILE *f);
size_t __wrap_fread(void *bytes, size_t size, size_t count, FILE *f);
size_t __wrap_fread(void *bytes, size_t size, size_t count, FILE *f)
{
    if (count == 0 || fault.reads++ % READS_A_POINT != 0)
        return __real_fread(bytes, size, count, f);
    return fails("fread", false) ? 0 : __real_fread(bytes, size, count, f);
}

int __real_fflush(FILE *f);
int __wrap_fflush(FILE *f);
int __wrap_fflush(FILE *f)
{
    return fails("fflush", true) ? EOF : __real_fflush(f);
}

int __real_fseeko(FILE *f, off_t offset, int whence);
int __wrap_fseeko(FILE *f, off_t offset, int whence);
int __wrap_fseeko(FILE *f, off_t offset, int whence)
{
    return fails("fseeko", false) ? -1 : __real_fseeko(f, offset, whence);
}

/* Closing matters only where something was written that is yet to be read. */
int __real_fclose(FILE *f);
int __wrap_fclose(FILE *f);
int __wrap_fclose(FILE *f)
{
    bool written = (fcntl(fileno(f), F_GETFL) & O_ACCMODE) == O_WRONLY;
    bool fail = written && fails("fclose", true);
    int result = __real_fclose(f);
    if (fail)
        errno = fault.error;
    return fail ? EOF : result;
}

/* --- a segment ----------------------------------------------------------- */

static enum status add(struct segment_writer *w, unsigned number,
                       struct error *err)
{
    char id[32], source[240], body[400];
    size_t len = 0;
    struct digest content;
    snprintf(id, sizeof id, "%u", number);
    memset(source, 'a' + (int)(number % 20), sizeof source);
    for (unsigned i = 0; i < 30; i++)
        len +=
            (size_t)snprintf(body + len, sizeof body - len, "w%u ", number * i);
    const struct article article = {
        .id = text_from(id),
        .title = text_from("Title"),
        .source = text_make(source, sizeof source),
        .section = text_make(source, sizeof source),
        .body = text_make(body, len),
        .published = number,
    };
    const struct ingest ingest = {number, 1, 1, 1};
    record_digest(&article, &content);
    return segment_writer_add(w, &article, &ingest, &content, err);
}

/* All of it: with sorted runs, their merge, and a spool of values. */
static enum status build(const struct tables_format *tables, const char *path,
                         struct error *err)
{
    AUTO(segment_writer) w = NULL;
    struct manifest_segment made;
    const struct segment_settings settings = {.tables = tables,
                                              .path = path,
                                              .name = "segment",
                                              .language = "english",
                                              .memory = 1};
    enum status status = segment_writer_new(&w, &settings, err);
    for (unsigned i = 1; i <= ARTICLES && status == STATUS_OK; i++)
        status = add(w, i, err);
    if (status == STATUS_OK)
        status = segment_writer_finish(w, &made, err);
    return status;
}

static int open_descriptors(void)
{
    int count = 0;
    DIR *folder = opendir("/proc/self/fd");
    while (readdir(folder))
        count++;
    closedir(folder);
    return count;
}

/* Whether the call number `point` was made, and failed. */
static bool build_failing(const struct tables_format *tables, int point)
{
    struct error err = ERROR_NONE;
    struct stat info;
    char *folder = tempdir_make();
    const char *path = tempdir_file(folder, "segment");
    int descriptors = open_descriptors();
    fault.calls = fault.reads = 0;
    fault.failed = NULL;
    fault.point = point;
    enum status status = build(tables, path, &err);
    fault.point = 0;
    /* What our reader of the engine's files cannot open, the engine reads. */
    bool recovered = tables == &tables_api && status == STATUS_OK;
    if (fault.failed && !recovered) {
        cr_assert_eq(status, STATUS_IO, "%s, call %d: %s", fault.failed, point,
                     err.message);
        cr_assert(strstr(err.message, path), "%s, call %d: %s", fault.failed,
                  point, err.message);
        cr_assert_neq(stat(path, &info), 0, "%s, call %d left the folder",
                      fault.failed, point);
    } else {
        cr_assert_eq(status, STATUS_OK, "%s", err.message);
        cr_assert_eq(stat(path, &info), 0);
    }
    cr_assert_eq(open_descriptors(), descriptors, "call %d", point);
    tempdir_remove(folder);
    return fault.failed != NULL;
}

static void fail_everywhere(const struct tables_format *tables, int calls_min)
{
    int point = 1;
    while (point < CALLS_MAX && build_failing(tables, point))
        point++;
    cr_assert_gt(point, calls_min, "only %d calls", point);
    cr_assert_lt(point, CALLS_MAX);
}

Test(segment_faults, one_failing_call_fails_the_segment)
{
    fault.error = EIO;
    fail_everywhere(&tables_glass, 200);
}

Test(segment_faults, a_full_disk_fails_the_segment)
{
    fault.error = ENOSPC;
    fault.onward = true;
    fail_everywhere(&tables_glass, 200);
}

/* The engine's own calls are not ours to fail. */
Test(segment_faults, a_segment_built_through_the_engine)
{
    fault.error = EIO;
    fail_everywhere(&tables_api, 10);
}
