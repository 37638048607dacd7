/* Small files that are read into memory at once. */
#ifndef COMMON_WHOLE_FILE_H
#define COMMON_WHOLE_FILE_H

#include "common/compiler.h"
#include "common/error.h"
#include "common/strbuf.h"

/* Appends the file's bytes to `out`. STATUS_NOT_FOUND if it is missing,
 * STATUS_CORRUPT if it is longer than `out` may grow, STATUS_IO for the rest,
 * such as a folder or a pipe (which is never waited for). */
enum status whole_file_read(struct strbuf *out, const char *path,
                            struct error *err) NODISCARD;

#endif
