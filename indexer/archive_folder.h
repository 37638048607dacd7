/* The folder of an archive and the names in it. */
#ifndef INDEXER_ARCHIVE_FOLDER_H
#define INDEXER_ARCHIVE_FOLDER_H

#include <stddef.h>
#include <stdint.h>

#include "common/compiler.h"
#include "common/error.h"
#include "common/text.h"

/* Makes the folder and what belongs in it, as far as missing. STATUS_EXISTS if
 * there is something else: a file, or a folder that holds what is not an
 * archive's. An empty folder is taken, and what the first run left behind when
 * it was killed. A folder with a manifest that cannot be read is an error. */
enum status archive_folder_prepare(const char *archive, struct error *err)
    NODISCARD;

enum { ARCHIVE_FOLDER_NAME_SIZE = 32 }; /* with its NUL */

/* A name that nothing in any archive has: for a new segment, ledger or rejects
 * file. "g12-00e0ff8212ab": the generation it is made for, for people, and
 * random digits. */
void archive_folder_name(char out[ARCHIVE_FOLDER_NAME_SIZE],
                         uint64_t generation);

/* The length of such a name at the start of `t`, 0 if there is none. */
size_t archive_folder_name_length(struct text t);

#endif
