#include "indexer/snapshot.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "common/atomic_file.h"
#include "common/manifest.h"
#include "indexer/folder.h"
#include "indexer/session.h"

enum { PATH_SIZE = 4096, BLOCK = 64 << 10 };

struct snapshot {
    const char *archive, *folder;
    struct snapshot_result *result;
};

static enum status make_path(char out[PATH_SIZE], const char *folder,
                             const char *name, struct error *err)
{
    int len = snprintf(out, PATH_SIZE, "%s/%s", folder, name);
    if (len > 0 && len < PATH_SIZE)
        return STATUS_OK;
    return error_set(err, STATUS_IO, "the path of '%.100s' is too long",
                     folder);
}

/* --- one file ------------------------------------------------------------- */

static enum status copy_bytes(struct atomic_file *to, int from,
                              const char *path, struct error *err)
{
    char block[BLOCK];
    for (;;) {
        ssize_t got = read(from, block, sizeof block);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error_io(err, "read", path);
        if (got == 0)
            return atomic_file_commit(to, err);
        atomic_file_write(to, text_make(block, (size_t)got));
    }
}

static enum status copy_file(const char *from, const char *to,
                             struct error *err)
{
    int fd = open(from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return error_io(err, "open", from);
    AUTO(atomic_file) copy = NULL;
    enum status status = atomic_file_new(&copy, to, err);
    if (status == STATUS_OK)
        status = copy_bytes(copy, fd, from, err);
    close(fd);
    return status;
}

/* Other disks, and some file systems, have no links. */
static bool cannot_link(int why)
{
    return why == EXDEV || why == EPERM || why == EMLINK || why == EOPNOTSUPP;
}

static enum status take_file(struct snapshot *s, const char *name,
                             struct error *err)
{
    char from[PATH_SIZE], to[PATH_SIZE];
    enum status status = make_path(from, s->archive, name, err);
    if (status == STATUS_OK)
        status = make_path(to, s->folder, name, err);
    if (status != STATUS_OK)
        return status;
    if (link(from, to) == 0) {
        s->result->linked++;
        return STATUS_OK;
    }
    if (!cannot_link(errno))
        return error_io(err, "link", from);
    s->result->copied++;
    return copy_file(from, to, err);
}

/* --- all of them ---------------------------------------------------------- */

static enum status make_folder(const struct snapshot *s, const char *name,
                               struct error *err)
{
    char path[PATH_SIZE];
    enum status status = make_path(path, s->folder, name, err);
    return status == STATUS_OK ? folder_make(path, err) : status;
}

static enum status sync_folder(const struct snapshot *s, const char *name,
                               struct error *err)
{
    char path[PATH_SIZE];
    enum status status = make_path(path, s->folder, name, err);
    return status == STATUS_OK ? atomic_file_sync_folder(path, err) : status;
}

static enum status take_segment(struct snapshot *s,
                                const struct manifest_segment *segment,
                                struct error *err)
{
    char name[2 * MANIFEST_NAME_SIZE];
    snprintf(name, sizeof name, "segments/%s", segment->name);
    enum status status = make_folder(s, name, err);
    for (size_t i = 0; i < segment->file_count && status == STATUS_OK; i++)
        status = take_file(s, segment->files[i].name, err);
    if (status == STATUS_OK && segment->deleted_list.name[0])
        status = take_file(s, segment->deleted_list.name, err);
    return status == STATUS_OK ? sync_folder(s, name, err) : status;
}

static enum status take_list(struct snapshot *s, const char *folder,
                             const struct manifest_file *files, size_t count,
                             struct error *err)
{
    enum status status = make_folder(s, folder, err);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = take_file(s, files[i].name, err);
    return status == STATUS_OK ? sync_folder(s, folder, err) : status;
}

static enum status take_log(const struct snapshot *s, struct error *err)
{
    char from[PATH_SIZE], to[PATH_SIZE];
    enum status status = make_path(from, s->archive, "runs.jsonl", err);
    if (status == STATUS_OK)
        status = make_path(to, s->folder, "runs.jsonl", err);
    if (status != STATUS_OK || access(from, F_OK) != 0)
        return status;
    return copy_file(from, to, err);
}

static enum status take_all(struct snapshot *s, const struct manifest *m,
                            struct error *err)
{
    enum status status = make_folder(s, "segments", err);
    for (size_t i = 0; i < m->segment_count && status == STATUS_OK; i++)
        status = take_segment(s, &m->segments[i], err);
    if (status == STATUS_OK)
        status = sync_folder(s, "segments", err);
    if (status == STATUS_OK)
        status = take_list(s, "ledger", m->ledgers, m->ledger_count, err);
    if (status == STATUS_OK)
        status = take_list(s, "rejects", m->rejects, m->reject_count, err);
    if (status == STATUS_OK)
        status = take_log(s, err);
    return status == STATUS_OK ? manifest_save(m, s->folder, err) : status;
}

enum status snapshot_run(struct snapshot_result *out,
                         const struct indexer_settings *settings,
                         struct messages *messages, struct error *err)
{
    AUTO_DONE(session) session;
    struct snapshot s = {settings->archive, settings->sources[0], out};
    *out = (struct snapshot_result){0};
    enum status status = session_begin(&session, settings, messages, err);
    if (status == STATUS_OK)
        status = folder_make(s.folder, err);
    if (status != STATUS_OK)
        return status;
    const struct manifest *m = archive_manifest(session.archive);
    status = take_all(&s, m, err);
    out->articles = manifest_articles(m);
    out->generation = m->generation;
    if (status != STATUS_OK) {
        struct error ignored = ERROR_NONE;
        enum status removed = folder_remove(s.folder, &ignored);
        (void)removed;
    }
    return status;
}
