/* A file that appears whole or not at all, and durable.
 *
 * Life cycle: atomic_file_new(), writes, atomic_file_commit(); a free without
 * commit removes what was written. Write errors stick and are reported by
 * commit. Commit flushes, fsyncs, renames onto the final name and fsyncs the
 * folder. The digest of the content is computed on the way. */
#ifndef COMMON_ATOMIC_FILE_H
#define COMMON_ATOMIC_FILE_H

#include <stdint.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/digest.h"
#include "common/error.h"
#include "common/text.h"

struct atomic_file;

/* Writes to PATH.tmp, which is replaced if it is there. */
enum status atomic_file_new(struct atomic_file **out, const char *path,
                            struct error *err) NODISCARD;
void atomic_file_write(struct atomic_file *f, struct text t);
enum status atomic_file_commit(struct atomic_file *f, struct error *err)
    NODISCARD;
void atomic_file_free(struct atomic_file *f);

uint64_t atomic_file_size(const struct atomic_file *f); /* bytes so far */
struct digest atomic_file_digest(const struct atomic_file *f);

/* Makes the names in a folder durable. */
enum status atomic_file_sync_folder(const char *path, struct error *err)
    NODISCARD;

/* fsync of an existing file. */
enum status atomic_file_sync(const char *path, struct error *err) NODISCARD;

DEFINE_AUTO(atomic_file);

#endif
