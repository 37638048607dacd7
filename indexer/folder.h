/* Folders and the files in them, as the indexer makes and removes them. */
#ifndef INDEXER_FOLDER_H
#define INDEXER_FOLDER_H

#include "common/compiler.h"
#include "common/error.h"

/* STATUS_EXISTS if there is anything of that name. */
enum status folder_make(const char *path, struct error *err) NODISCARD;

/* Removes the folder and everything in it; follows no symbolic link. That
 * there is none is fine. */
enum status folder_remove(const char *path, struct error *err) NODISCARD;

#endif
