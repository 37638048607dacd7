/* A folder of its own for a test, removed by tempdir_remove(). */
#ifndef TESTS_SUPPORT_TEMPDIR_H
#define TESTS_SUPPORT_TEMPDIR_H

#include <stddef.h>

/* Ends the test process if there can be none. Freed by tempdir_remove(). */
char *tempdir_make(void);
void tempdir_remove(char *path);

/* PATH/NAME in a static buffer, of which there are four in turn. */
const char *tempdir_file(const char *path, const char *name);

/* Writes a whole file, reads a whole file (NUL-terminated, to be freed; `len`
 * may be NULL). End the process on failure. */
void tempdir_write(const char *path, const void *bytes, size_t len);
char *tempdir_read(const char *path, size_t *len);

#endif
