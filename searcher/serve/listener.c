#include "searcher/serve/listener.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "common/strbuf.h"

enum { SYSTEMD_FIRST = 3, WAITING_MAX = 64, OWNER_ONLY = 0600 };

/* --- from systemd --------------------------------------------------------- */

static bool is_number(const char *text, long number)
{
    char *end;
    return text && *text && strtol(text, &end, 10) == number && !*end;
}

static enum status take_over(struct listener *out, struct error *err)
{
    int domain = 0, listens = 0;
    socklen_t size = sizeof domain;
    if (!is_number(getenv("LISTEN_FDS"), 1) ||
        getsockopt(SYSTEMD_FIRST, SOL_SOCKET, SO_DOMAIN, &domain, &size) ||
        getsockopt(SYSTEMD_FIRST, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) ||
        domain != AF_UNIX || !listens)
        return error_set(err, STATUS_USAGE,
                         "what systemd handed over is not one Unix socket "
                         "that listens");
    *out = (struct listener){.fd = SYSTEMD_FIRST};
    return STATUS_OK;
}

/* --- at a path ------------------------------------------------------------ */

static enum status make_address(struct sockaddr_un *out, const char *path,
                                struct error *err)
{
    const size_t len = strlen(path);
    *out = (struct sockaddr_un){.sun_family = AF_UNIX};
    if (len == 0 || len >= sizeof out->sun_path)
        return error_set(err, STATUS_USAGE,
                         "the path of a socket has from 1 to %zu bytes",
                         sizeof out->sun_path - 1);
    memcpy(out->sun_path, path, len);
    return STATUS_OK;
}

/* Whether there is no listener any more, if there ever was one. */
static enum status clear_place(const struct sockaddr_un *address,
                               struct error *err)
{
    const char *path = address->sun_path;
    struct stat there;
    if (lstat(path, &there) != 0)
        return errno == ENOENT ? STATUS_OK : error_io(err, "open", path);
    if (!S_ISSOCK(there.st_mode))
        return error_set(err, STATUS_EXISTS, "'%s' is no socket", path);
    const int fd =
        socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return error_io(err, "make a socket for", path);
    const int failed =
        connect(fd, (const struct sockaddr *)address, sizeof *address);
    const int why = failed ? errno : 0;
    close(fd);
    if (!failed || why == EAGAIN)
        return error_set(err, STATUS_BUSY, "another program listens at '%s'",
                         path);
    errno = why;
    if (why != ECONNREFUSED || unlink(path) != 0)
        return error_io(err, "replace", path);
    return STATUS_OK;
}

static enum status bind_there(int fd, const struct sockaddr_un *address,
                              struct error *err)
{
    const mode_t before = umask(0777 & ~OWNER_ONLY);
    const int failed =
        bind(fd, (const struct sockaddr *)address, sizeof *address);
    umask(before);
    if (failed || listen(fd, WAITING_MAX) != 0)
        return error_io(err, "listen at", address->sun_path);
    return STATUS_OK;
}

/* Two that start at once must not both find a place where nobody listens: the
 * folder is locked meanwhile. */
static int lock_folder(const char *path)
{
    AUTO_DONE(strbuf) copy = STRBUF_INIT(sizeof(struct sockaddr_un));
    strbuf_append_string(&copy, path);
    const int fd = open(dirname(copy.ptr), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0)
        (void)flock(fd, LOCK_EX);
    return fd;
}

static enum status make(struct listener *out, const char *path,
                        struct error *err)
{
    struct sockaddr_un address;
    struct stat made;
    enum status status = make_address(&address, path, err);
    if (status == STATUS_OK)
        status = clear_place(&address, err);
    if (status != STATUS_OK)
        return status;
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return error_io(err, "make a socket for", path);
    status = bind_there(fd, &address, err);
    if (status == STATUS_OK && lstat(path, &made) != 0)
        status = error_io(err, "find", path);
    if (status == STATUS_OK)
        *out = (struct listener){fd, path, made.st_dev, made.st_ino};
    else
        close(fd);
    return status;
}

enum status listener_open(struct listener *out, const char *path,
                          struct error *err)
{
    if (is_number(getenv("LISTEN_PID"), getpid()))
        return take_over(out, err);
    const int folder = lock_folder(path);
    enum status status = make(out, path, err);
    if (folder >= 0)
        close(folder);
    return status;
}

void listener_close(struct listener *l)
{
    struct stat there;
    if (l->path && lstat(l->path, &there) == 0 && there.st_dev == l->device &&
        there.st_ino == l->inode)
        unlink(l->path);
    close(l->fd);
}
