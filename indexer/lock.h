/* The right to write to an archive: at most one process has it.
 *
 * ARCHIVE/lock says who and since when, but what counts is the kernel's lock on
 * it (F_OFD_SETLK), which ends with its process however that ends. The file
 * stays; it is empty when nobody writes. On a disk that several hosts share a
 * lock of another host is respected also if only the file tells of it; within
 * a host, what a dead process left in it is no obstacle. */
#ifndef INDEXER_LOCK_H
#define INDEXER_LOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/timestamp.h"

struct lock;

/* Does not wait: STATUS_BUSY, with who has it, if another does. The folder must
 * be there. */
enum status lock_take(struct lock **out, const char *archive, timestamp now,
                      struct error *err) NODISCARD;
void lock_free(struct lock *lock);

/* Only looks: STATUS_BUSY, with who has it, if somebody does. */
enum status lock_look(const char *archive, struct error *err) NODISCARD;

/* Whether file systems of this type (statfs) may have writers on other hosts.
 */
bool lock_is_shared_by_hosts(int64_t type);
DEFINE_AUTO(lock);

#endif
