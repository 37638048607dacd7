/* Reads what is packed: tar and zip, and anything compressed by zstd, xz or
 * bzip2. Every member is read as if it were a file, in whatever format its
 * content is; containers in containers, three deep.
 *
 * Nothing is written to disk, so that names such as "../x" do no harm. */
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"
#include "indexer/reader.h"

extern const struct reader_format reader_container;

/* What is unpacked may be so many times larger than what is packed, once it is
 * larger than RATIO_FREE bytes: more is a bomb. */
enum { DEPTH_MAX = 3, RATIO_MAX = 400, MEMBERS_MAX = 50000000 };
enum { RATIO_FREE = 64 << 20, TAR_MAGIC_AT = 257, NAME_BYTES = 4096 };

struct reader_container {
    struct reader base;
    struct input *in;
    struct archive *archive;
    struct reader *member; /* that is being read; or NULL */
    uint64_t unpacked, members, warnings;
    enum status failed; /* of `in` */
    struct error failure;
    bool ended;
};

static int container_recognise(struct text head)
{
    static const struct text magics[] = {TEXT("\x28\xb5\x2f\xfd"),
                                         TEXT("\xfd"
                                              "7zXZ\0"),
                                         TEXT("BZh"), TEXT("PK\3\4"),
                                         TEXT("PK\5\6")};
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
        if (text_starts_with(head, magics[i]))
            return 2;
    struct text tar = text_slice(head, TAR_MAGIC_AT, 5);
    return text_is(tar, "ustar") ? 2 : 0;
}

/* libarchive's: the next bytes of the container. */
static la_ssize_t read_packed(struct archive *archive, void *user,
                              const void **out)
{
    struct reader_container *r = user;
    struct text part = {NULL, 0};
    if (r->failed == STATUS_OK)
        r->failed = input_read(r->in, &part, &r->failure);
    if (r->failed != STATUS_OK) {
        archive_set_error(archive, EIO, "%s", r->failure.message);
        return -1;
    }
    *out = part.ptr;
    return (la_ssize_t)part.len;
}

static enum status fail(struct reader_container *r, struct error *err)
{
    const char *said = archive_error_string(r->archive);
    if (r->failed != STATUS_OK) {
        *err = r->failure;
        return r->failed;
    }
    return error_set(err, STATUS_SOURCE, "'%s': cannot unpack: %s",
                     input_path(r->in), said ? said : "damaged");
}

/* input.h's: the next bytes of a member. */
static enum status read_unpacked(void *context, char *to, size_t size,
                                 size_t *got, struct error *err)
{
    struct reader_container *r = context;
    la_ssize_t count = archive_read_data(r->archive, to, size);
    if (count < 0)
        return fail(r, err);
    *got = (size_t)count;
    r->unpacked += (uint64_t)count;
    if (r->unpacked > RATIO_FREE &&
        r->unpacked / RATIO_MAX > input_bytes(r->in)) {
        r->ended = true;
        return error_set(err, STATUS_SOURCE,
                         "'%s': unpacks to more than %d times its size",
                         input_path(r->in), RATIO_MAX);
    }
    return STATUS_OK;
}

static enum status container_open(struct reader **out, struct input *in,
                                  struct error *err)
{
    AUTO(input) taken = in;
    if (input_depth(taken) >= DEPTH_MAX)
        return error_set(err, STATUS_SOURCE,
                         "'%s': more than %d containers within each other",
                         input_path(taken), DEPTH_MAX);
    struct reader_container *r = mem_zeroed(1, sizeof *r);
    r->in = TAKE(taken);
    r->archive = archive_read_new();
    if (!r->archive)
        mem_exhausted(sizeof *r);
    archive_read_support_filter_bzip2(r->archive);
    archive_read_support_filter_xz(r->archive);
    archive_read_support_filter_zstd(r->archive);
    archive_read_support_format_tar(r->archive);
    archive_read_support_format_zip(r->archive);
    archive_read_support_format_raw(r->archive);
    *out = &r->base;
    return STATUS_OK;
}

static void container_free(struct reader *reader)
{
    struct reader_container *r = (struct reader_container *)reader;
    reader_free(r->member);
    archive_read_free(r->archive);
    input_free(r->in);
    free(r);
}

/* What a folder's walk passes over, too. */
static bool is_hidden(const char *name)
{
    const char *slash = strrchr(name, '/');
    const char *base = slash ? slash + 1 : name;
    return base[0] == '.' || strncmp(name, "__MACOSX/", 9) == 0;
}

static void name_member(const struct reader_container *r, const char *name,
                        char *out, size_t size)
{
    bool raw = archive_format(r->archive) == ARCHIVE_FORMAT_RAW;
    const char *path = input_path(r->in);
    snprintf(out, size, "%s%s%s", path, raw ? "" : "/", raw ? "" : name);
}

/* A reader for the next member that is a file. STATUS_END if there is none. */
static enum status next_member(struct reader_container *r, struct error *err)
{
    struct archive_entry *entry;
    char path[NAME_BYTES];
    for (;;) {
        int result = archive_read_next_header(r->archive, &entry);
        if (result == ARCHIVE_EOF || ++r->members > MEMBERS_MAX)
            return STATUS_END;
        if (result < ARCHIVE_WARN) {
            r->ended = true;
            return fail(r, err);
        }
        const char *name = archive_entry_pathname_utf8(entry);
        if (!name)
            name = archive_entry_pathname(entry);
        if (!name)
            name = "?";
        bool file = archive_entry_filetype(entry) == AE_IFREG ||
                    archive_format(r->archive) == ARCHIVE_FORMAT_RAW;
        if (!file || is_hidden(name))
            continue;
        name_member(r, name, path, sizeof path);
        const struct input_stream stream = {
            .read = read_unpacked,
            .context = r,
            .modified = archive_entry_mtime_is_set(entry)
                            ? (timestamp)archive_entry_mtime(entry)
                            : input_modified(r->in)};
        struct input *in =
            input_from_stream(&stream, path, input_depth(r->in) + 1);
        enum status status = reader_open_input(&r->member, in, NULL, err);
        if (status == STATUS_OK) {
            r->member->article_max = r->base.article_max;
            r->member->newest = r->base.newest;
            r->member->map = r->base.map;
            r->warnings = 0;
        }
        return status;
    }
}

static enum status start(struct reader_container *r, struct error *err)
{
    if (archive_read_open(r->archive, r, NULL, read_packed, NULL) == ARCHIVE_OK)
        return STATUS_OK;
    r->ended = true;
    return fail(r, err);
}

/* What the member's reader said is said again as the container's. */
static void take_over(struct reader_container *r)
{
    const struct reader *m = r->member;
    if (m->warnings > r->warnings) {
        r->base.warnings += m->warnings - r->warnings;
        memcpy(r->base.warning, m->warning, sizeof m->warning);
    }
    r->warnings = m->warnings;
    r->base.reject = m->reject;
    r->base.reject_bytes = m->reject_bytes;
    r->base.reject_reason = m->reject_reason;
}

static enum status reject_member(struct reader_container *r, const char *reason)
{
    return reader_reject(
        &r->base,
        &(struct rejection){.reason = reason,
                            .origin = {text_from(input_path(r->in)), 0, 0}});
}

static enum status container_next(struct reader *reader, struct arena *arena,
                                  struct article *out, struct error *err)
{
    struct reader_container *r = (struct reader_container *)reader;
    enum status status = STATUS_OK;
    if (!r->ended && r->members == 0)
        status = start(r, err);
    while (status == STATUS_OK) {
        if (r->member) {
            status = reader_next(r->member, arena, out, err);
            take_over(r);
            if (status != STATUS_END)
                return status;
            reader_free(r->member);
            r->member = NULL;
        }
        status = r->ended ? STATUS_END : next_member(r, err);
    }
    if (status == STATUS_SOURCE)
        return reject_member(r,
                             r->ended ? "damaged-archive" : "unknown-format");
    return status;
}

const struct reader_format reader_container = {
    .name = "container",
    .summary = "tar, zip, zstd, xz or bzip2 around any of them",
    .recognise = container_recognise,
    .open = container_open,
    .next = container_next,
    .free = container_free,
};
