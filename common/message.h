/* Messages to the person who runs a program, on stderr: "program: message",
 * one line each. Control characters in them (names of files, parts of
 * articles) are shown as \xNN, so that they can neither act on a terminal nor
 * look like a message of their own.
 *
 * One struct messages a program, made by main and lent to whoever may speak;
 * several threads may use it at once. */
#ifndef COMMON_MESSAGE_H
#define COMMON_MESSAGE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

#include "common/compiler.h"
#include "common/text.h"

enum message_level { MESSAGE_QUIET = -1, MESSAGE_NORMAL, MESSAGE_VERBOSE };

struct messages {
    const char *program;
    FILE *stream;
    enum message_level level;
    atomic_bool failed; /* an error was shown */
};

void message_init(struct messages *m, const char *program, FILE *stream);

/* Always shown, and remembered in `failed`. */
void message_error(struct messages *m, const char *format, ...)
    PRINTF_LIKE(2, 3);

/* "program: warning: message"; not when quiet. */
void message_warning(struct messages *m, const char *format, ...)
    PRINTF_LIKE(2, 3);

/* What is worth knowing; not when quiet. */
void message_note(struct messages *m, const char *format, ...)
    PRINTF_LIKE(2, 3);

/* Only when verbose. */
void message_detail(struct messages *m, const char *format, ...)
    PRINTF_LIKE(2, 3);

/* Lines below an error, such as a query with a caret: without the program's
 * name; their line breaks are kept. */
void message_lines(struct messages *m, struct text lines);

#endif
