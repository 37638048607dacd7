#include "common/container.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"
#include "common/shared_library.h"
#include "common/utf8.h"

#define LIBRARY "libarchive.so.13"

enum { TAR_MAGIC_AT = 257, NAME_BYTES = 4096 };

#define FUNCTIONS(X)                                                           \
    X(archive_entry_filetype)                                                  \
    X(archive_entry_mtime)                                                     \
    X(archive_entry_mtime_is_set)                                              \
    X(archive_entry_pathname)                                                  \
    X(archive_entry_pathname_utf8)                                             \
    X(archive_error_string)                                                    \
    X(archive_format)                                                          \
    X(archive_read_data)                                                       \
    X(archive_read_free)                                                       \
    X(archive_read_new)                                                        \
    X(archive_read_next_header)                                                \
    X(archive_read_open)                                                       \
    X(archive_read_support_filter_bzip2)                                       \
    X(archive_read_support_filter_xz)                                          \
    X(archive_read_support_filter_zstd)                                        \
    X(archive_read_support_format_raw)                                         \
    X(archive_read_support_format_tar)                                         \
    X(archive_read_support_format_zip)                                         \
    X(archive_set_error)

SHARED_LIBRARY(LIBRARY, FUNCTIONS)

struct container {
    struct input *in;
    struct archive *archive;
    struct container_limits limits;
    uint64_t unpacked, members;
    enum status failed; /* of `in` */
    struct error failure;
    bool lost;
    char member[NAME_BYTES]; /* the path of the one that is being read */
};

bool container_recognise(struct text head)
{
    static const struct text magics[] = {TEXT("\x28\xb5\x2f\xfd"),
                                         TEXT("\xfd"
                                              "7zXZ\0"),
                                         TEXT("BZh"), TEXT("PK\3\4"),
                                         TEXT("PK\5\6")};
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
        if (text_starts_with(head, magics[i]))
            return true;
    return text_is(text_slice(head, TAR_MAGIC_AT, 5), "ustar");
}

/* libarchive's: the next bytes of the container. */
static la_ssize_t read_packed(struct archive *archive, void *user,
                              const void **out)
{
    struct container *c = user;
    struct text part = {NULL, 0};
    if (c->failed == STATUS_OK)
        c->failed = input_read(c->in, &part, &c->failure);
    if (c->failed != STATUS_OK) {
        library.archive_set_error(archive, EIO, "%s", c->failure.message);
        return -1;
    }
    *out = part.ptr;
    return (la_ssize_t)part.len;
}

static enum status fail(struct container *c, const char *path,
                        struct error *err)
{
    const char *said = library.archive_error_string(c->archive);
    if (c->failed != STATUS_OK) {
        *err = c->failure;
        return c->failed;
    }
    return error_set(err, STATUS_SOURCE, "'%s': cannot unpack: %s", path,
                     said ? said : "damaged");
}

/* input.h's: the next bytes of a member. */
static enum status read_unpacked(void *context, char *to, size_t size,
                                 size_t *got, struct error *err)
{
    struct container *c = context;
    la_ssize_t count = library.archive_read_data(c->archive, to, size);
    if (count < 0)
        return fail(c, c->member, err);
    *got = (size_t)count;
    c->unpacked += (uint64_t)count;
    if (c->unpacked > c->limits.free_bytes &&
        c->unpacked / c->limits.ratio > input_bytes(c->in)) {
        c->lost = true;
        return error_set(err, STATUS_SOURCE,
                         "'%s': unpacks to more than %llu times its size",
                         input_path(c->in),
                         (unsigned long long)c->limits.ratio);
    }
    return STATUS_OK;
}

static struct archive *new_archive(void)
{
    struct archive *a = library.archive_read_new();
    if (!a)
        mem_exhausted(NAME_BYTES);
    library.archive_read_support_filter_bzip2(a);
    library.archive_read_support_filter_xz(a);
    library.archive_read_support_filter_zstd(a);
    library.archive_read_support_format_tar(a);
    library.archive_read_support_format_zip(a);
    library.archive_read_support_format_raw(a);
    return a;
}

enum status container_new(struct container **out, struct input *in,
                          const struct container_limits *limits,
                          struct error *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    if (input_depth(in) >= limits->depth)
        return error_set(err, STATUS_SOURCE,
                         "'%s': more than %llu containers within each other",
                         input_path(in), (unsigned long long)limits->depth);
    (void)pthread_once(&once, load);
    if (!library.loaded)
        return error_set(err, STATUS_IO, "cannot unpack '%s': no " LIBRARY,
                         input_path(in));
    struct container *c = mem_zeroed(1, sizeof *c);
    c->in = in;
    c->limits = *limits;
    c->archive = new_archive();
    *out = c;
    return STATUS_OK;
}

void container_free(struct container *c)
{
    if (!c)
        return;
    library.archive_read_free(c->archive);
    free(c);
}

/* What a folder's walk passes over, too. */
static bool is_hidden(const char *name)
{
    const char *slash = strrchr(name, '/');
    const char *base = slash ? slash + 1 : name;
    return base[0] == '.' || strncmp(name, "__MACOSX/", 9) == 0;
}

static bool is_raw(const struct container *c)
{
    return library.archive_format(c->archive) == ARCHIVE_FORMAT_RAW;
}

static const char *name_of(struct archive_entry *entry)
{
    const char *name = library.archive_entry_pathname_utf8(entry);
    if (!name)
        name = library.archive_entry_pathname(entry);
    return name ? name : "?";
}

/* Bytes that are not UTF-8 become '?'. */
static void make_path(const struct container *c, const char *name, char *out,
                      size_t size)
{
    bool raw = is_raw(c);
    snprintf(out, size, "%s%s%s", input_path(c->in), raw ? "" : "/",
             raw ? "" : name);
    size_t start = strlen(input_path(c->in));
    for (size_t len = strlen(out); start < len;) {
        start += utf8_valid_length(text_make(out + start, len - start));
        if (start < len)
            out[start++] = '?';
    }
}

static enum status next_entry(struct container *c, struct archive_entry **entry,
                              struct error *err)
{
    int result = ARCHIVE_OK;
    if (c->members == 0)
        result =
            library.archive_read_open(c->archive, c, NULL, read_packed, NULL);
    if (result == ARCHIVE_OK)
        result = library.archive_read_next_header(c->archive, entry);
    if (result == ARCHIVE_EOF)
        return STATUS_END;
    const bool many = ++c->members > c->limits.members;
    c->lost = many || result < ARCHIVE_WARN;
    if (many)
        return error_set(err, STATUS_SOURCE, "'%s': more than %llu members",
                         input_path(c->in),
                         (unsigned long long)c->limits.members);
    return c->lost ? fail(c, input_path(c->in), err) : STATUS_OK;
}

enum status container_next(struct container *c, struct input **out,
                           struct error *err)
{
    struct archive_entry *entry;
    while (!c->lost) {
        enum status status = next_entry(c, &entry, err);
        if (status != STATUS_OK)
            return status;
        bool file = library.archive_entry_filetype(entry) == AE_IFREG;
        if ((!file && !is_raw(c)) || is_hidden(name_of(entry)))
            continue;
        make_path(c, name_of(entry), c->member, sizeof c->member);
        const struct input_stream stream = {
            .read = read_unpacked,
            .context = c,
            .modified = library.archive_entry_mtime_is_set(entry)
                            ? (timestamp)library.archive_entry_mtime(entry)
                            : input_modified(c->in)};
        *out = input_from_stream(&stream, c->member, input_depth(c->in) + 1);
        return STATUS_OK;
    }
    return STATUS_END;
}

bool container_is_lost(const struct container *c)
{
    return c->lost;
}
