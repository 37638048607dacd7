/* The parts of an XML document (indexer/xml_parser.h) and where each is, out of
 * an input of any length.
 *
 * Where the document is not well-formed, all from the end of the last record
 * until the end of the next is mended as far as it can be, and reading goes on
 * behind it. What cannot be streamed is mended at once: what is not UTF-8, from
 * there on; a document that breaks before its first record, or very often.
 * What has to be kept at once, a record or what is mended, is at most `max`
 * bytes; more ends the source. */
#ifndef INDEXER_XML_STREAM_H
#define INDEXER_XML_STREAM_H

#include <stdbool.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/article.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/input.h"
#include "common/strbuf.h"
#include "indexer/reader.h"
#include "indexer/xml_parser.h"

/* Embedded by readers, behind their struct reader. `kept` is what may be needed
 * again of the source: all behind the last record that is complete. The parser
 * has `fed` bytes of it, behind the prefix, which opens the elements around the
 * records, if it is not the first parser. */
struct xml_stream {
    struct reader *reader; /* for what is rejected and warned of */
    struct input *in;
    const struct xml_names *names;
    struct strbuf kept, prefix;
    uint64_t offset, line;      /* where `kept` begins in the source; from 0 */
    size_t fed, done;           /* bytes of `kept`; `done` are needed no more */
    struct xml_parser *parser;  /* NULL before the first byte */
    uint64_t shift, shift_line; /* places in the source less those of `parser`,
                                   modulo 2^64 */
    struct origin mended;       /* of all that it has; no length: streamed */
    unsigned mendings;
    char message[XML_MESSAGE_MAX]; /* of the first fault; "" */
    uint64_t fault_line;
    struct error failure; /* of the input: what came before it is read */
    bool is_marked, has_prefix, at_end;
    bool last; /* nothing comes behind what the parser has */
};

/* Takes `in` over. */
void xml_stream_init(struct xml_stream *s, struct reader *reader,
                     struct input *in, const struct xml_names *names);
void xml_stream_done(struct xml_stream *s);

/* The next part, to be freed; STATUS_END if there is none. STATUS_SOURCE: the
 * rejection is filled in, nothing more comes. `max` does not change. */
enum status xml_stream_next(struct xml_stream *s, size_t max,
                            struct xml_part **out, struct error *err) NODISCARD;

/* Once for each record, as it comes: where it is, with the input's path. Gives
 * its bytes, none if it was mended, until the next call of xml_stream_next().
 */
struct text xml_stream_place(struct xml_stream *s, const struct xml_part *part,
                             struct origin *out);

#endif
