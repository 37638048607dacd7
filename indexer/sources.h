/* The files that a command line names, in a stable order: arguments as given,
 * folders walked through in byte order of their names.
 *
 * In a folder, what is hidden (.name) and what is neither file nor folder is
 * passed over; a symbolic link is followed, unless it leads to a folder that
 * the walk is already in. What is named itself is taken whatever it is. Only
 * the names in the folders between an argument and the present file are in
 * memory.
 *
 * Life cycle: sources_new(), sources_next() until STATUS_END, sources_free().
 */
#ifndef INDEXER_SOURCES_H
#define INDEXER_SOURCES_H

#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"

struct sources;

struct source {
    const char *path;      /* to open and to speak of: the argument, or below
                              it; "-" is standard input */
    const char *canonical; /* absolute, without links; as `path` for standard
                              input and for what has no name, such as a pipe */
    struct stat info;      /* all zero for standard input */
};

/* `arguments` are borrowed as long as the sources live. */
struct sources *sources_new(const char *const *arguments, size_t count)
    NODISCARD;
void sources_free(struct sources *s);
DEFINE_AUTO(sources);

/* `out` is borrowed until the next call. STATUS_END after the last.
 * STATUS_SOURCE: a file or folder is not there or may not be read; the walk is
 * already past it. */
enum status sources_next(struct sources *s, struct source *out,
                         struct error *err) NODISCARD;

/* The sizes of all files together; `arguments` end with NULL. What cannot be
 * read counts nothing. */
uint64_t sources_bytes(const char *const *arguments);

#endif
