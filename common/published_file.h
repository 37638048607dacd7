/* Whether a file that a manifest names is as it was published. Reads all of it.
 */
#ifndef COMMON_PUBLISHED_FILE_H
#define COMMON_PUBLISHED_FILE_H

#include "common/compiler.h"
#include "common/digest.h"
#include "common/error.h"
#include "common/manifest.h"

/* STATUS_CORRUPT for another size or digest; what digest_file() fails with if
 * it cannot be read. The message names the file. `watch` may be NULL. */
enum status published_file_check(const struct manifest_file *file,
                                 const char *archive,
                                 const struct digest_watch *watch,
                                 struct error *err) NODISCARD;

/* All files of a segment but its deleted list; the first that is not sound. */
enum status published_segment_check(const struct manifest_segment *segment,
                                    const char *archive, struct error *err)
    NODISCARD;

#endif
