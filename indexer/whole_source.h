/* A source that is read all at once, for formats whose files are one document:
 * its bytes, bounded, and as UTF-8. */
#ifndef INDEXER_WHOLE_SOURCE_H
#define INDEXER_WHOLE_SOURCE_H

#include <stdbool.h>

#include "common/compiler.h"
#include "common/error.h"
#include "common/strbuf.h"
#include "indexer/reader.h"

/* Embedded by readers, behind their struct reader. */
struct whole_source {
    struct input *in;
    struct origin origin; /* of all of it */
    struct strbuf raw, decoded;
    bool read;
};

/* Takes `in` over. */
void whole_source_init(struct whole_source *s, struct input *in);
void whole_source_done(struct whole_source *s);

/* All of the source, as UTF-8, in s->decoded; a warning where bytes had to be
 * replaced. STATUS_END: it was read before, or is blank. STATUS_SOURCE, the
 * reader's rejection filled in: damaged or larger than `max`. */
enum status whole_source_read(struct whole_source *s, struct reader *reader,
                              size_t max, struct error *err) NODISCARD;

/* Of the document, measured once it is read. */
struct origin whole_source_origin(const struct whole_source *s);

#endif
