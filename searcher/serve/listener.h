/* A Unix socket that waits for clients: made at a path, for its owner alone, or
 * handed over by systemd (sd_listen_fds(3)).
 *
 * Life cycle: listener_open(), accepting from `fd`, listener_close(). */
#ifndef SEARCHER_SERVE_LISTENER_H
#define SEARCHER_SERVE_LISTENER_H

#include <sys/types.h>

#include "common/compiler.h"
#include "common/error.h"

struct listener {
    int fd;
    const char *path; /* of the file to be removed; NULL: it is systemd's */
    dev_t device;     /* of that file */
    ino_t inode;
};

/* A socket that nobody listens at any more is replaced; STATUS_BUSY if somebody
 * does, STATUS_EXISTS if there is something else. `path` is borrowed. */
enum status listener_open(struct listener *out, const char *path,
                          struct error *err) NODISCARD;

/* Removes the file, unless it is another one by now. */
void listener_close(struct listener *l);

#endif
