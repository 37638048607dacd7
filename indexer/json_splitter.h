/* Cuts a stream of JSON into its records without loading it.
 *
 * Two layouts are told by the beginning: JSON Lines, where every line that is
 * not blank is a record, whatever is in it, so that a broken one spoils no
 * other; and objects that stand in a row or in an array, pretty-printed or
 * not, whose ends are found by counting braces outside of strings. In the
 * second an object that is broken (a line end within a string shows it) goes
 * on up to the next line that begins with a brace no deeper indented.
 *
 * Life cycle: json_splitter_init(), json_splitter_next() until STATUS_END,
 * json_splitter_done(). Memory is bounded by `limit`. */
#ifndef INDEXER_JSON_SPLITTER_H
#define INDEXER_JSON_SPLITTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/input.h"
#include "common/strbuf.h"
#include "common/text.h"

enum json_layout { JSON_LINES, JSON_OBJECTS };

enum json_extent {
    JSON_ENDED,    /* by a line end or its closing brace */
    JSON_CUT,      /* by the end of the input: perhaps not all of it */
    JSON_TOO_LARGE /* `bytes` are its beginning, at most 64 KiB */
};

struct json_record {
    struct text bytes; /* trimmed; borrowed until the next call */
    uint64_t offset, line;
    enum json_extent extent;
};

struct json_splitter {
    struct input *in; /* borrowed */
    enum json_layout layout;
    size_t limit;                  /* bytes of a record */
    struct text chunk;             /* what is read and not yet consumed */
    uint64_t offset, line, column; /* of the chunk's first byte */
    uint64_t arrays;               /* that are open between records */
    struct strbuf carry;           /* a record that spans several chunks */
    struct error fault;            /* to be reported by the next call */
};

/* Looks at the beginning of `in`. */
void json_splitter_init(struct json_splitter *s, struct input *in,
                        size_t limit);
void json_splitter_done(struct json_splitter *s);
DEFINE_AUTO_DONE(json_splitter);

/* STATUS_END after the last. What input_read() fails with comes after the
 * record that it cut; STATUS_SOURCE with an offset, once, if an array was
 * never closed. */
enum status json_splitter_next(struct json_splitter *s, struct json_record *out,
                               struct error *err) NODISCARD;

/* Whether what begins with `head` looks like JSON objects in either layout: 0
 * no, 1 perhaps, 2 yes. */
int json_splitter_recognise(struct text head);

#endif
