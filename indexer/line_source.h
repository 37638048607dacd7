/* The lines of a source, for formats whose records are made of lines.
 *
 * Life cycle: line_source_init(), line_source_next() until it gives an empty
 * line, line_source_done(). */
#ifndef INDEXER_LINE_SOURCE_H
#define INDEXER_LINE_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/compiler.h"
#include "common/error.h"
#include "common/input.h"
#include "common/strbuf.h"
#include "common/text.h"

struct line_source {
    struct input *in;
    struct strbuf line; /* overflowed: longer than `max` */
    struct text part;
    uint64_t offset, number; /* of the line in `line`; numbers from 1 */
    uint64_t next_offset;
    bool ended, again;
    char end; /* of a line: \n; may be changed before the first */
};

/* Takes `in` over. */
void line_source_init(struct line_source *s, struct input *in);
void line_source_done(struct line_source *s);

/* The next line with its end; empty at the end of the source. Borrowed until
 * the next call. A line longer than s->line.max is cut, and s->line overflowed.
 */
enum status line_source_next(struct line_source *s, struct text *out,
                             struct error *err) NODISCARD;

/* The next line of a record that is gathered in `record`, which overflows with
 * its lines; both have at most `max` bytes. Nothing is appended. */
enum status line_source_gather(struct line_source *s, struct strbuf *record,
                               size_t max, struct text *out, struct error *err)
    NODISCARD;

/* The last line comes once more. */
void line_source_unread(struct line_source *s);

#endif
