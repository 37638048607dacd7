#include "common/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* vsnprintf may cut a UTF-8 sequence in two; drop the half that is left. */
static void cut_at_character(char *message, size_t size, int wanted)
{
    if (wanted < 0 || (size_t)wanted < size)
        return;
    size_t len = strlen(message);
    while (len > 0 && ((unsigned char)message[len - 1] & 0xc0) == 0x80)
        len--;
    if (len > 0 && ((unsigned char)message[len - 1] & 0xc0) == 0xc0)
        len--;
    message[len] = '\0';
}

static enum status set(struct error *err, enum status status, size_t offset,
                       const char *format, va_list args)
{
    err->status = status;
    err->offset = offset;
    int wanted = vsnprintf(err->message, sizeof err->message, format, args);
    cut_at_character(err->message, sizeof err->message, wanted);
    return status;
}

enum status error_set(struct error *err, enum status status, const char *format,
                      ...)
{
    va_list args;
    va_start(args, format);
    set(err, status, ERROR_NO_OFFSET, format, args);
    va_end(args);
    return status;
}

enum status error_set_at(struct error *err, enum status status, size_t offset,
                         const char *format, ...)
{
    va_list args;
    va_start(args, format);
    set(err, status, offset, format, args);
    va_end(args);
    return status;
}

enum status error_io(struct error *err, const char *verb, const char *path)
{
    return error_set(err, STATUS_IO, "cannot %s '%s': %s", verb, path,
                     strerror(errno));
}

enum status error_prefix(struct error *err, const char *format, ...)
{
    struct error old = *err;
    char prefix[sizeof err->message];
    va_list args;
    va_start(args, format);
    vsnprintf(prefix, sizeof prefix, format, args);
    va_end(args);
    int wanted = snprintf(err->message, sizeof err->message, "%s: %s", prefix,
                          old.message);
    cut_at_character(err->message, sizeof err->message, wanted);
    return err->status;
}

const char *status_name(enum status status)
{
    static const char *const names[] = {
        [STATUS_OK] = "ok",
        [STATUS_END] = "end",
        [STATUS_USAGE] = "usage",
        [STATUS_QUERY] = "query",
        [STATUS_SOURCE] = "source",
        [STATUS_EXISTS] = "exists",
        [STATUS_NOT_FOUND] = "not-found",
        [STATUS_BUSY] = "busy",
        [STATUS_STALE] = "stale",
        [STATUS_CORRUPT] = "corrupt",
        [STATUS_VERSION] = "version",
        [STATUS_IO] = "io",
        [STATUS_NO_MEMORY] = "no-memory",
        [STATUS_INTERRUPTED] = "interrupted",
        [STATUS_TIMEOUT] = "timeout",
        [STATUS_INTERNAL] = "internal",
    };
    return names[status];
}
