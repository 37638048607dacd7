/* What a fallible function returns, and what it says about it.
 *
 * A function that can fail returns `enum status` and takes a `struct error *`
 * as its last parameter, never NULL. The error is owned by the caller, usually
 * on the stack; it holds no memory, so it needs no release and works when
 * memory is out. It is set once, where the failure is detected:
 *
 *     return error_set(err, STATUS_IO, "cannot open '%s': %s", path, why);
 *
 * On the way up nobody replaces it; who knows a noun that the message lacks
 * puts it in front with error_prefix(). It is printed once, by main.
 * Out-parameters stay untouched on failure. */
#ifndef COMMON_ERROR_H
#define COMMON_ERROR_H

#include <stddef.h>

#include "common/compiler.h"

enum status {
    STATUS_OK = 0,
    STATUS_END,         /* an iteration has no more; not an error */
    STATUS_USAGE,       /* the command line is wrong */
    STATUS_QUERY,       /* the query is wrong; error.offset says where */
    STATUS_SOURCE,      /* one article or file is bad; the next may be good */
    STATUS_EXISTS,      /* is there already */
    STATUS_NOT_FOUND,   /* is not there */
    STATUS_BUSY,        /* another writer holds the lock */
    STATUS_STALE,       /* a file of an older generation is gone: start over */
    STATUS_CORRUPT,     /* the archive is damaged */
    STATUS_VERSION,     /* the archive is of a version this program refuses */
    STATUS_IO,          /* the operating system said no */
    STATUS_NO_MEMORY,   /* only from the engine: ours ends the program */
    STATUS_INTERRUPTED, /* a signal asked to stop */
    STATUS_TIMEOUT,     /* it took longer than it was given */
    STATUS_INTERNAL     /* a defect of this program */
};

#define ERROR_NO_OFFSET ((size_t)-1)

struct error {
    enum status status;
    size_t offset; /* in bytes, into the query or the file; or NO_OFFSET */
    char message[256];
};

#define ERROR_NONE                                                             \
    {                                                                          \
        STATUS_OK, ERROR_NO_OFFSET, ""                                         \
    }

/* Fills `err` and returns `status`. A message that is too long is cut at a
 * character's edge. */
enum status error_set(struct error *err, enum status status, const char *format,
                      ...) PRINTF_LIKE(3, 4);

/* The same, with the byte offset of the fault. */
enum status error_set_at(struct error *err, enum status status, size_t offset,
                         const char *format, ...) PRINTF_LIKE(4, 5);

/* For a failed system call: "cannot VERB 'PATH': strerror(errno)". */
enum status error_io(struct error *err, const char *verb, const char *path);

/* Puts "PREFIX: " before the message; returns the status it had. */
enum status error_prefix(struct error *err, const char *format, ...)
    PRINTF_LIKE(2, 3);

/* A stable lower-case word such as "corrupt", for tests and machines. */
const char *status_name(enum status status);

#endif
