/* A write-once file, mapped for reading. The mapping outlives the file's name.
 *
 * Life cycle: mapped_file_open(), reading `data`, mapped_file_done(), which may
 * be called on a zeroed struct and twice. */
#ifndef COMMON_MAPPED_FILE_H
#define COMMON_MAPPED_FILE_H

#include <stddef.h>
#include <stdint.h>

#include "common/compiler.h"
#include "common/error.h"

struct mapped_file {
    const uint8_t *data; /* NULL if the file is empty */
    size_t size;
};

/* STATUS_STALE if the file is missing (somebody published anew),
 * STATUS_CORRUPT if it is not a regular file. */
enum status mapped_file_open(struct mapped_file *out, const char *path,
                             struct error *err) NODISCARD;
/* The same, and a descriptor of it that the caller closes: reading a little
 * takes a small part of the time of touching a page for the first time. */
enum status mapped_file_open_kept(struct mapped_file *out, int *fd,
                                  const char *path, struct error *err)
    NODISCARD;
void mapped_file_done(struct mapped_file *f);

#endif
