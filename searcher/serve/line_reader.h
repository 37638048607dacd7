/* Lines from a descriptor, in bounded memory: of a line that is too long its
 * end is looked for, and nothing kept.
 *
 * Life cycle: line_reader_init(), line_reader_next(), line_reader_done(). */
#ifndef SEARCHER_SERVE_LINE_READER_H
#define SEARCHER_SERVE_LINE_READER_H

#include <signal.h>
#include <stddef.h>

#include "common/compiler.h"
#include "common/error.h"
#include "common/strbuf.h"
#include "common/text.h"

struct line_reader {
    int fd;
    int patience_ms;       /* for the next byte; -1: any */
    const sigset_t *awake; /* signals that are blocked while it waits, and only
                              then let through what is blocked otherwise; NULL:
                              as they are */
    struct strbuf line;
    char *chunk; /* read, and not yet taken */
    size_t chunk_at, chunk_len;
};

enum line_kind {
    LINE_WHOLE, /* or what came before the end of the input */
    LINE_TOO_LONG,
    LINE_END,
    LINE_SILENCE /* patience is at its end */
};

void line_reader_init(struct line_reader *r, int fd, size_t longest);
void line_reader_done(struct line_reader *r);

/* Without its end; valid until the next call. */
enum status line_reader_next(struct line_reader *r, enum line_kind *kind,
                             struct text *line, struct error *err) NODISCARD;

#endif
