#include "indexer/line_log.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/atomic_file.h"
#include "common/digest.h"
#include "common/mem.h"
#include "common/strbuf.h"
#include "indexer/archive_folder.h"
#include "indexer/tiers.h"

enum { PATH_SIZE_MAX = 1 << 16, READ_SIZE = 64 << 10 };

struct line_log {
    char *archive;
    const char *folder, *header;
    uint64_t generation;
    struct atomic_file *pending;   /* NULL until something is appended */
    char name[MANIFEST_NAME_SIZE]; /* of the pending file */
};

struct line_log *line_log_new(const char *archive, const char *folder,
                              const char *header, uint64_t generation)
{
    struct line_log *log = mem_zeroed(1, sizeof *log);
    log->archive = mem_copy_string(archive, strlen(archive));
    log->folder = folder;
    log->header = header;
    log->generation = generation;
    return log;
}

void line_log_free(struct line_log *log)
{
    if (!log)
        return;
    atomic_file_free(log->pending);
    free(log->archive);
    free(log);
}

static void set_path(struct strbuf *path, const struct line_log *log,
                     const char *name)
{
    strbuf_append_format(path, "%s/%s", log->archive, name);
}

/* --- writing ------------------------------------------------------------ */

static void write_line(struct line_log *log, struct text line)
{
    atomic_file_write(log->pending, line);
    atomic_file_write(log->pending, text_make("\n", 1));
}

static enum status start(struct line_log *log, struct error *err)
{
    char unique[ARCHIVE_FOLDER_NAME_SIZE];
    archive_folder_name(unique, log->generation);
    snprintf(log->name, sizeof log->name, "%s/%s", log->folder, unique);
    AUTO_DONE(strbuf) path = STRBUF_INIT(PATH_SIZE_MAX);
    set_path(&path, log, log->name);
    enum status status =
        atomic_file_new(&log->pending, strbuf_string(&path), err);
    if (status == STATUS_OK && log->header[0])
        write_line(log, text_from(log->header));
    return status;
}

enum status line_log_append(struct line_log *log, struct text line,
                            struct error *err)
{
    assert(line.len <= LINE_LOG_LINE_MAX);
    assert(line.len == 0 || !memchr(line.ptr, '\n', line.len));
    if (!log->pending) {
        enum status status = start(log, err);
        if (status != STATUS_OK)
            return status;
    }
    write_line(log, line);
    return STATUS_OK;
}

/* --- reading ------------------------------------------------------------ */

/* One file on its way through memory. */
struct passage {
    const struct manifest_file *file;
    const char *header; /* still expected; NULL once it is passed */
    const struct line_log_request *request;
    size_t index;       /* of the file */
    size_t line;        /* lines so far */
    struct strbuf left; /* bytes after the last whole line */
};

static enum status damaged(const struct passage *p, const char *how,
                           struct error *err)
{
    return error_set(err, STATUS_CORRUPT, "'%s' %s", p->file->name, how);
}

static enum status pass_line(struct passage *p, struct text line,
                             struct error *err)
{
    p->line++;
    if (p->header) {
        bool same = text_is(line, p->header);
        p->header = NULL;
        return same ? STATUS_OK
                    : damaged(p, "does not begin as it should", err);
    }
    if (p->request->on_line(p->request->context, p->index, line))
        return STATUS_OK;
    return error_set(err, STATUS_CORRUPT, "'%s' line %zu is damaged",
                     p->file->name, p->line);
}

/* Passes on the whole lines of `left` and keeps the rest. */
static enum status pass_lines(struct passage *p, struct error *err)
{
    struct text rest = strbuf_text(&p->left);
    const char *end;
    while (rest.len > 0 && (end = memchr(rest.ptr, '\n', rest.len))) {
        size_t len = (size_t)(end - rest.ptr);
        enum status status = pass_line(p, text_slice(rest, 0, len), err);
        if (status != STATUS_OK)
            return status;
        rest = text_slice(rest, len + 1, rest.len);
    }
    if (rest.len > LINE_LOG_LINE_MAX)
        return damaged(p, "has an endless line", err);
    if (rest.len > 0)
        memmove(p->left.ptr, rest.ptr, rest.len);
    strbuf_truncate(&p->left, rest.len);
    return STATUS_OK;
}

static enum status pass_file(struct passage *p, int fd, struct error *err)
{
    AUTO(digester) digester = digester_new();
    uint64_t size = 0;
    for (;;) {
        char *room = strbuf_reserve(&p->left, READ_SIZE);
        ssize_t got = read(fd, room, READ_SIZE);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error_io(err, "read", p->file->name);
        if (got == 0)
            break;
        digester_add(digester, text_make(room, (size_t)got));
        size += (uint64_t)got;
        p->left.len += (size_t)got;
        enum status status = pass_lines(p, err);
        if (status != STATUS_OK)
            return status;
    }
    struct digest digest = digester_value(digester);
    if (size != p->file->size || !digest_equal(&digest, &p->file->digest))
        return damaged(p, "is not as it was published", err);
    return p->left.len == 0 && !p->header
               ? STATUS_OK
               : damaged(p, "ends within a line", err);
}

static enum status read_file(const struct line_log *log,
                             const struct line_log_request *request,
                             size_t index, struct error *err)
{
    AUTO_DONE(strbuf) path = STRBUF_INIT(PATH_SIZE_MAX);
    struct passage p = {.file = &request->files[index],
                        .header = log->header[0] ? log->header : NULL,
                        .request = request,
                        .index = index,
                        .left = STRBUF_INIT(LINE_LOG_LINE_MAX + READ_SIZE)};
    set_path(&path, log, p.file->name);
    int fd = open(strbuf_string(&path), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0 && errno == ENOENT)
        return damaged(&p, "is missing", err);
    if (fd < 0)
        return error_io(err, "open", strbuf_string(&path));
    enum status status = pass_file(&p, fd, err);
    close(fd);
    strbuf_done(&p.left);
    return status;
}

enum status line_log_read(const struct line_log *log,
                          const struct line_log_request *request,
                          struct error *err)
{
    for (size_t i = 0; i < request->count; i++) {
        enum status status = read_file(log, request, i, err);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

/* --- saving ------------------------------------------------------------- */

struct copying {
    struct line_log *log;
    const struct line_log_request *request;
};

static bool copy_line(void *context, size_t file, struct text line)
{
    struct copying *c = context;
    if (c->request->on_line(c->request->context, file, line))
        write_line(c->log, line);
    return true;
}

static enum status take_in(struct line_log *log,
                           const struct line_log_request *request,
                           size_t replaced, struct error *err)
{
    struct copying copying = {log, request};
    struct line_log_request copy = {.files = request->files,
                                    .count = request->count,
                                    .on_line = copy_line,
                                    .context = &copying};
    for (size_t i = request->count - replaced; i < request->count; i++) {
        enum status status = read_file(log, &copy, i, err);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

/* `merged` of the files with what is pending. */
static enum status save(struct line_log *log,
                        const struct line_log_request *request, size_t merged,
                        struct manifest_file *file, struct error *err)
{
    AUTO(atomic_file) pending = log->pending;
    enum status status = take_in(log, request, merged, err);
    log->pending = NULL;
    if (status == STATUS_OK)
        status = atomic_file_commit(pending, err);
    if (status != STATUS_OK)
        return status;
    struct manifest_file made = {.size = atomic_file_size(pending),
                                 .digest = atomic_file_digest(pending)};
    memcpy(made.name, log->name, sizeof made.name);
    *file = made;
    return STATUS_OK;
}

enum status line_log_save(struct line_log *log,
                          const struct line_log_request *request,
                          struct manifest_file *file, size_t *replaced,
                          struct error *err)
{
    if (!log->pending) {
        *file = (struct manifest_file){.size = 0};
        *replaced = 0;
        return STATUS_OK;
    }
    size_t merged = tiers_merge_count(request->files, request->count,
                                      atomic_file_size(log->pending));
    enum status status = save(log, request, merged, file, err);
    if (status == STATUS_OK)
        *replaced = merged;
    return status;
}

enum status line_log_renew(struct line_log *log,
                           const struct line_log_request *request,
                           struct manifest_file *file, size_t *replaced,
                           struct error *err)
{
    enum status status = log->pending ? STATUS_OK : start(log, err);
    if (status == STATUS_OK)
        status = save(log, request, request->count, file, err);
    if (status == STATUS_OK)
        *replaced = request->count;
    return status;
}
