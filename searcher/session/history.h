/* What was typed in earlier sessions: a file of lines, the newest last,
 * readable by nobody else. Several sessions may add to it.
 *
 * Life cycle: history_open(), history_lines(), history_add() for each line,
 * history_free(). */
#ifndef SEARCHER_SESSION_HISTORY_H
#define SEARCHER_SESSION_HISTORY_H

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/strbuf.h"
#include "common/text.h"

enum {
    HISTORY_LINES = 1000,    /* that are kept when there are twice as many */
    HISTORY_LINE_MAX = 4096, /* bytes; longer ones are not kept */
    HISTORY_FILE_MAX = 16 << 20
};

struct history;

/* $XDG_STATE_HOME/morgue/history, or that below ~/.local/state; false if
 * neither is known. Appended. */
bool history_place(struct strbuf *out) NODISCARD;

/* Makes the file and its folders if they are not there. */
enum status history_open(struct history **out, const char *path,
                         struct error *err) NODISCARD;
void history_free(struct history *h);
DEFINE_AUTO(history);

/* Of earlier sessions, oldest first. */
size_t history_count(const struct history *h);
const char *history_line(const struct history *h, size_t i);

/* Adds a line to the file at once; not if it is empty, begins with a blank, is
 * too long, or is the one before. */
enum status history_add(struct history *h, struct text line, struct error *err)
    NODISCARD;

#endif
