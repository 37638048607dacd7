#include "indexer/sweep.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "indexer/archive_folder.h"

enum { DEPTH_MAX = 8 }; /* of folders below a segment's */

struct sweep {
    const struct manifest *m;
    struct sweep_result *result;
    struct error *err;
};

/* --- removing ----------------------------------------------------------- */

static enum status failed(struct sweep *s, const char *name)
{
    /* Somebody was faster: the aim is reached. */
    return errno == ENOENT ? STATUS_OK : error_io(s->err, "remove", name);
}

static enum status remove_file(struct sweep *s, int parent, const char *name,
                               const struct stat *info)
{
    if (unlinkat(parent, name, 0) != 0)
        return failed(s, name);
    s->result->bytes += (uint64_t)info->st_size;
    return STATUS_OK;
}

/* The folder `name` in `parent`, or NULL with errno; never through a link. */
static DIR *open_folder(int parent, const char *name)
{
    int fd =
        openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    DIR *folder = fdopendir(fd);
    if (!folder)
        close(fd);
    return folder;
}

static bool is_dot(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static enum status remove_tree(struct sweep *s, int parent, const char *name,
                               int depth)
{
    DIR *folder = open_folder(parent, name);
    if (!folder)
        return failed(s, name);
    enum status status = STATUS_OK;
    struct dirent *entry;
    while (status == STATUS_OK && (entry = readdir(folder))) {
        struct stat info;
        if (is_dot(entry->d_name) || fstatat(dirfd(folder), entry->d_name,
                                             &info, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        if (!S_ISDIR(info.st_mode))
            status = remove_file(s, dirfd(folder), entry->d_name, &info);
        else if (depth < DEPTH_MAX)
            status = remove_tree(s, dirfd(folder), entry->d_name, depth + 1);
    }
    closedir(folder);
    if (status == STATUS_OK && unlinkat(parent, name, AT_REMOVEDIR) != 0)
        status = failed(s, name);
    return status;
}

/* --- what to remove ----------------------------------------------------- */

static bool is_in(const struct manifest_file *files, size_t count,
                  const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(files[i].name, name) == 0)
            return true;
    return false;
}

static bool is_of_segment(const struct manifest *m, const char *name,
                          const char *path)
{
    for (size_t i = 0; i < m->segment_count; i++)
        if (strcmp(m->segments[i].name, name) == 0 ||
            strcmp(m->segments[i].deleted_list.name, path) == 0)
            return true;
    return false;
}

static bool is_named(const struct manifest *m, const char *folder,
                     const char *name)
{
    char path[16 + NAME_MAX];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    if (strcmp(folder, "segments") == 0)
        return is_of_segment(m, name, path);
    if (strcmp(folder, "ledger") == 0)
        return is_in(m->ledgers, m->ledger_count, path);
    return is_in(m->rejects, m->reject_count, path);
}

/* NAME, or NAME.something: a deleted list, a file not finished, a part. */
static bool is_ours(const char *name)
{
    size_t len = archive_folder_name_length(text_from(name));
    return len > 0 && (name[len] == '\0' || name[len] == '.');
}

static enum status consider(struct sweep *s, int parent, const char *folder,
                            const char *name)
{
    struct stat info;
    if (!is_ours(name) || is_named(s->m, folder, name) ||
        fstatat(parent, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return STATUS_OK;
    enum status status = STATUS_OK;
    if (S_ISREG(info.st_mode))
        status = remove_file(s, parent, name, &info);
    else if (S_ISDIR(info.st_mode) && strcmp(folder, "segments") == 0)
        status = remove_tree(s, parent, name, 0);
    else
        return STATUS_OK;
    s->result->removed += status == STATUS_OK;
    return status;
}

/* What was removed does not come back with a power cut. */
static enum status make_lasting(struct sweep *s, DIR *folder, const char *name)
{
    /* A file system that cannot sync folders has no need to. */
    if (fsync(dirfd(folder)) == 0 || errno == EINVAL)
        return STATUS_OK;
    return error_io(s->err, "sync", name);
}

static enum status sweep_folder(struct sweep *s, int archive, const char *name)
{
    size_t before = s->result->removed;
    DIR *folder = open_folder(archive, name);
    if (!folder)
        return errno == ENOENT ? STATUS_OK : error_io(s->err, "open", name);
    enum status status = STATUS_OK;
    struct dirent *entry;
    while (status == STATUS_OK && (entry = readdir(folder)))
        status = consider(s, dirfd(folder), name, entry->d_name);
    if (status == STATUS_OK && s->result->removed > before)
        status = make_lasting(s, folder, name);
    closedir(folder);
    return status;
}

static bool is_due(const struct manifest *m, timestamp now)
{
    return m->generation == 0 || now - m->published >= SWEEP_DELAY_S;
}

enum status sweep_run(struct sweep_result *out, const char *archive,
                      const struct manifest *m, timestamp now,
                      struct error *err)
{
    static const char *const folders[] = {"segments", "ledger", "rejects"};
    *out = (struct sweep_result){0, 0};
    if (!is_due(m, now))
        return STATUS_OK;
    int fd = open(archive, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return error_io(err, "open", archive);
    struct sweep s = {m, out, err};
    enum status status = STATUS_OK;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (status == STATUS_OK)
            status = sweep_folder(&s, fd, folders[i]);
    close(fd);
    return status;
}
