/* What the readers of XML formats share: a document of any length is walked
 * through once, every record in it (an <item>, a <newsItem>, a <page>) becomes
 * a small tree (indexer/xml_parser.h), that tree an article, whose place is
 * that of the record.
 *
 * A document that is not well-formed is mended (indexer/xml_stream.h); a
 * warning at its end tells of the first fault. */
#ifndef INDEXER_XML_RECORDS_H
#define INDEXER_XML_RECORDS_H

#include "indexer/reader.h"
#include "indexer/xml_parser.h"
#include "indexer/xml_tree.h"

/* What records inherit: the language of xml:lang around them, if they say none
 * themselves, and what `outer` fills in. */
struct xml_outer {
    struct text source, language, url;
};

struct xml_request {
    const struct xml_node *node;
    const struct xml_outer *outer;
    timestamp now, newest;
    struct arena *arena;
};

struct xml_format {
    const char *const *roots; /* names that the document may begin with */
    struct xml_names names;   /* of the articles, and what `outer` gets */

    /* NULL, and all of `out` but its origin set; or why it is no article: a
     * stable word; the id is set for "canceled" and "withheld", too. */
    const char *(*read)(struct article *out, const struct xml_request *request);

    /* NULL: none. Called for elements with xml:lang as well. */
    void (*outer)(struct xml_outer *out, const struct xml_node *node,
                  struct arena *arena);
};

/* For `recognise`: 2 if the first element of `head` is one of `roots`. */
int xml_records_recognise(struct text head, const struct xml_format *format);

enum status xml_records_open(struct reader **out, struct input *in,
                             const struct xml_format *format) NODISCARD;
enum status xml_records_next(struct reader *reader, struct arena *arena,
                             struct article *out, struct error *err) NODISCARD;
void xml_records_free(struct reader *reader);

/* For `read`: sets the date if it is believed and none as good is known. */
void xml_records_date(struct article *out, const struct xml_request *request,
                      struct text written, enum dating dating);

/* Adds `name` with `prefix` ("subject:") to a list of at most `max`. */
void xml_records_tag(struct text *list, size_t *count, size_t max,
                     const char *prefix, struct text name, struct arena *arena);

#endif
