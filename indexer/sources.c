#include "indexer/sources.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/arena.h"
#include "common/mem.h"

/* A folder that the walk is in. */
struct level {
    char *path, *canonical;
    dev_t device;
    ino_t inode;
    struct arena arena; /* of the names */
    const char **names; /* sorted */
    size_t count, capacity, next;
};

struct sources {
    const char *const *arguments;
    size_t count, next;
    struct level *levels; /* outermost first */
    size_t depth, capacity;
    char *path, *canonical; /* of what was found last; NULL if given away */
};

struct sources *sources_new(const char *const *arguments, size_t count)
{
    struct sources *s = mem_zeroed(1, sizeof *s);
    s->arguments = arguments;
    s->count = count;
    return s;
}

static void level_done(struct level *level)
{
    free(level->path);
    free(level->canonical);
    free(level->names);
    arena_done(&level->arena);
}

void sources_free(struct sources *s)
{
    if (!s)
        return;
    while (s->depth > 0)
        level_done(&s->levels[--s->depth]);
    free(s->levels);
    free(s->path);
    free(s->canonical);
    free(s);
}

static enum status cannot(struct error *err, const char *verb, const char *path)
{
    (void)error_io(err, verb, path);
    err->status = STATUS_SOURCE;
    return STATUS_SOURCE;
}

static char *copy(const char *string)
{
    return mem_copy_string(string, strlen(string));
}

static char *join(const char *folder, const char *name)
{
    size_t len = strlen(folder), name_len = strlen(name);
    bool slash = len == 0 || folder[len - 1] != '/';
    char *path = mem_alloc(len + slash + name_len + 1);
    memcpy(path, folder, len);
    if (slash)
        path[len] = '/';
    memcpy(path + len + slash, name, name_len + 1);
    return path;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* False, and errno, if not all could be read. */
static bool read_names(struct level *level, DIR *folder)
{
    const struct dirent *entry;
    errno = 0;
    while ((entry = readdir(folder)) != NULL) {
        if (entry->d_name[0] == '.')
            continue;
        MEM_GROW(level->names, level->count, level->capacity);
        level->names[level->count++] =
            arena_text(&level->arena, text_from(entry->d_name)).ptr;
    }
    int error = errno;
    if (level->count > 0)
        qsort(level->names, level->count, sizeof *level->names, compare_names);
    errno = error;
    return error == 0;
}

static bool is_inside(const struct sources *s, const struct stat *info)
{
    for (size_t i = 0; i < s->depth; i++)
        if (s->levels[i].device == info->st_dev &&
            s->levels[i].inode == info->st_ino)
            return true;
    return false;
}

/* Goes into the folder found last; what could be read of it is walked even if
 * the rest could not. */
static enum status enter(struct sources *s, const struct stat *info,
                         struct error *err)
{
    if (is_inside(s, info))
        return STATUS_OK;
    DIR *folder = opendir(s->path);
    if (!folder)
        return cannot(err, "open", s->path);
    MEM_GROW(s->levels, s->depth, s->capacity);
    struct level *level = &s->levels[s->depth++];
    *level = (struct level){
        .device = info->st_dev, .inode = info->st_ino, .arena = ARENA_INIT};
    level->path = TAKE(s->path);
    level->canonical = TAKE(s->canonical);
    bool complete = read_names(level, folder);
    int error = errno;
    closedir(folder);
    errno = error;
    return complete ? STATUS_OK : cannot(err, "read", level->path);
}

static void forget(struct sources *s)
{
    free(TAKE(s->path));
    free(TAKE(s->canonical));
}

/* What has no name that leads to it again keeps the one it was given. */
static void resolve(struct sources *s)
{
    s->canonical = realpath(s->path, NULL);
    if (!s->canonical)
        s->canonical = copy(s->path);
}

static enum status find_argument(struct sources *s, const char *argument,
                                 struct stat *info, struct error *err)
{
    s->path = copy(argument);
    if (strcmp(argument, "-") == 0) {
        s->canonical = copy(argument);
        *info = (struct stat){0};
        return STATUS_OK;
    }
    if (stat(argument, info) != 0)
        return cannot(err, "open", argument);
    resolve(s);
    return STATUS_OK;
}

static enum status find_entry(struct sources *s, const char *name,
                              struct stat *info, struct error *err)
{
    const struct level *level = &s->levels[s->depth - 1];
    s->path = join(level->path, name);
    bool found = lstat(s->path, info) == 0;
    bool link = found && S_ISLNK(info->st_mode);
    if (!found || (link && stat(s->path, info) != 0))
        return cannot(err, "open", s->path);
    if (link)
        resolve(s);
    else
        s->canonical = join(level->canonical, name);
    return STATUS_OK;
}

/* The next name there is, whatever it stands for; STATUS_END if none is left.
 */
static enum status find_next(struct sources *s, struct stat *info,
                             struct error *err)
{
    forget(s);
    while (s->depth > 0) {
        struct level *level = &s->levels[s->depth - 1];
        if (level->next < level->count)
            return find_entry(s, level->names[level->next++], info, err);
        level_done(level);
        s->depth--;
    }
    if (s->next == s->count)
        return STATUS_END;
    return find_argument(s, s->arguments[s->next++], info, err);
}

static bool is_readable(const char *path)
{
    return faccessat(AT_FDCWD, path, R_OK, AT_EACCESS) == 0;
}

enum status sources_next(struct sources *s, struct source *out,
                         struct error *err)
{
    for (;;) {
        struct stat info;
        enum status status = find_next(s, &info, err);
        bool named = s->depth == 0;
        if (status == STATUS_OK && S_ISDIR(info.st_mode)) {
            status = enter(s, &info, err);
            if (status == STATUS_OK)
                continue;
        }
        if (status != STATUS_OK)
            return status;
        if (S_ISREG(info.st_mode) && !is_readable(s->path))
            return cannot(err, "open", s->path);
        if (S_ISREG(info.st_mode) || named) {
            *out = (struct source){s->path, s->canonical, info};
            return STATUS_OK;
        }
    }
}

uint64_t sources_bytes(const char *const *arguments)
{
    size_t count = 0;
    while (arguments[count])
        count++;
    AUTO(sources) sources = sources_new(arguments, count);
    uint64_t bytes = 0;
    for (;;) {
        struct source source;
        struct error missing = ERROR_NONE;
        enum status status = sources_next(sources, &source, &missing);
        if (status == STATUS_END)
            return bytes;
        if (status == STATUS_OK && S_ISREG(source.info.st_mode))
            bytes += (uint64_t)source.info.st_size;
    }
}
