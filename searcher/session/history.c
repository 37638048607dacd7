#include "searcher/session/history.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/mem.h"
#include "common/whole_file.h"

enum { OWNER_ONLY = 0600, OWNER_FOLDER = 0700 };

struct history {
    char *path;
    char **lines;
    size_t count, capacity;
    char *last; /* that was added */
};

bool history_place(struct strbuf *out)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    if (state && *state == '/')
        strbuf_append_format(out, "%s/morgue/history", state);
    else if (home && *home == '/')
        strbuf_append_format(out, "%s/.local/state/morgue/history", home);
    return out->len > 0 && !out->overflowed;
}

static bool is_kept(struct text line)
{
    return line.len > 0 && line.len <= HISTORY_LINE_MAX && line.ptr[0] != ' ' &&
           !memchr(line.ptr, '\0', line.len) &&
           !memchr(line.ptr, '\n', line.len);
}

static void take_lines(struct history *h, struct text rest)
{
    struct text line;
    while (text_split(&rest, '\n', &line)) {
        if (!is_kept(line))
            continue;
        MEM_GROW(h->lines, h->count, h->capacity);
        h->lines[h->count++] = mem_copy_string(line.ptr, line.len);
    }
}

/* The folders above the file; what cannot be made shows when the file is. */
static void make_folders(char *path)
{
    for (char *at = strchr(path + 1, '/'); at; at = strchr(at + 1, '/')) {
        *at = '\0';
        (void)mkdir(path, OWNER_FOLDER);
        *at = '/';
    }
}

static bool is_plain_file(int file)
{
    struct stat info;
    return fstat(file, &info) == 0 && S_ISREG(info.st_mode);
}

static enum status write_all(const char *path, int flags, struct text t,
                             struct error *err)
{
    const int file =
        open(path, flags | O_CREAT | O_CLOEXEC | O_NONBLOCK, OWNER_ONLY);
    if (file < 0)
        return error_io(err, "open", path);
    if (!is_plain_file(file)) {
        close(file);
        return error_set(err, STATUS_IO, "'%s' is not a file", path);
    }
    const bool whole = fchmod(file, OWNER_ONLY) == 0 &&
                       write(file, t.ptr, t.len) == (ssize_t)t.len;
    enum status status = whole ? STATUS_OK : error_io(err, "write", path);
    if (close(file) != 0 && status == STATUS_OK)
        status = error_io(err, "write", path);
    return status;
}

/* Leaves the newest lines, in a file that takes the place of the old one. */
static enum status shorten(struct history *h, struct error *err)
{
    AUTO_DONE(strbuf) lines = STRBUF_INIT(HISTORY_FILE_MAX);
    AUTO_DONE(strbuf) aside = STRBUF_INIT(HISTORY_LINE_MAX);
    const size_t first = h->count - HISTORY_LINES;
    for (size_t i = 0; i < h->count; i++) {
        if (i >= first)
            strbuf_append_format(&lines, "%s\n", h->lines[i]);
        else
            free(h->lines[i]);
    }
    memmove(h->lines, h->lines + first, HISTORY_LINES * sizeof *h->lines);
    h->count = HISTORY_LINES;
    strbuf_append_format(&aside, "%s.%ld", h->path, (long)getpid());
    enum status status = write_all(strbuf_string(&aside), O_WRONLY | O_TRUNC,
                                   strbuf_text(&lines), err);
    if (status == STATUS_OK && rename(strbuf_string(&aside), h->path) != 0)
        status = error_io(err, "replace", h->path);
    if (status != STATUS_OK)
        (void)unlink(strbuf_string(&aside));
    return status;
}

enum status history_open(struct history **out, const char *path,
                         struct error *err)
{
    const struct text nothing = {"", 0};
    AUTO_DONE(strbuf) content = STRBUF_INIT(HISTORY_FILE_MAX);
    AUTO(history) h = mem_zeroed(1, sizeof *h);
    h->path = mem_copy_string(path, strlen(path));
    make_folders(h->path);
    enum status status = write_all(path, O_WRONLY | O_APPEND, nothing, err);
    if (status == STATUS_OK)
        status = whole_file_read(&content, path, err);
    if (status != STATUS_OK)
        return status;
    take_lines(h, strbuf_text(&content));
    if (content.len > 0 && content.ptr[content.len - 1] != '\n')
        status = write_all(path, O_WRONLY | O_APPEND, text_from("\n"), err);
    if (status == STATUS_OK && h->count > 2 * HISTORY_LINES)
        status = shorten(h, err);
    if (status == STATUS_OK)
        *out = TAKE(h);
    return status;
}

void history_free(struct history *h)
{
    if (!h)
        return;
    for (size_t i = 0; i < h->count; i++)
        free(h->lines[i]);
    free(h->lines);
    free(h->last);
    free(h->path);
    free(h);
}

size_t history_count(const struct history *h)
{
    return h->count;
}

const char *history_line(const struct history *h, size_t i)
{
    return h->lines[i];
}

enum status history_add(struct history *h, struct text line, struct error *err)
{
    AUTO_DONE(strbuf) bytes = STRBUF_INIT(HISTORY_LINE_MAX + 1);
    const char *before = h->last        ? h->last
                         : h->count > 0 ? h->lines[h->count - 1]
                                        : "";
    if (!is_kept(line) || text_is(line, before))
        return STATUS_OK;
    strbuf_append(&bytes, line);
    strbuf_append_char(&bytes, '\n');
    free(h->last);
    h->last = mem_copy_string(line.ptr, line.len);
    return write_all(h->path, O_WRONLY | O_APPEND, strbuf_text(&bytes), err);
}
