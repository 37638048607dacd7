/* The parts of an XML document that matter, each a tree of its own: what was
 * read before is forgotten, however long the document.
 *
 * Life cycle: xml_parser_new(); xml_parser_feed() as bytes come, and
 * xml_parser_take() for what they completed, or xml_parser_mend() once;
 * xml_parser_free().
 *
 * Nothing is loaded from elsewhere, libxml2's limits are on. Of named
 * references those that HTML knows are characters, others that the document
 * declares are nothing: no document grows by being read. */
#ifndef INDEXER_XML_PARSER_H
#define INDEXER_XML_PARSER_H

#include <stdbool.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/cleanup.h"
#include "common/text.h"
#include "indexer/xml_tree.h"

enum { XML_MESSAGE_MAX = 160 };

struct xml_parser;

/* Local names of elements; lists end with NULL. Parts are not looked for within
 * parts. */
struct xml_names {
    const char *const *records;
    const char *const *outers; /* may be NULL */
};

struct xml_part {
    bool is_record; /* else one of `outers`, or an element with xml:lang around
                       records, without what is in it */
    struct arena arena;
    const struct xml_node *root;
    uint64_t open, end; /* bytes fed before the end of its start tag, and until
                           its end; 0 where it was mended */
    uint64_t line;      /* that its start tag ends in, from 1 */
    struct xml_part *next;
};

struct xml_parser *xml_parser_new(const struct xml_names *names);
void xml_parser_free(struct xml_parser *p);
DEFINE_AUTO(xml_parser);

/* Valid UTF-8 without NUL bytes, whatever the document declares. After what is
 * not well-formed nothing more is read. */
void xml_parser_feed(struct xml_parser *p, struct text bytes);
void xml_parser_end(struct xml_parser *p);

/* How much of it was read when it broke; false if it has not. */
bool xml_parser_is_broken(const struct xml_parser *p, uint64_t *read);

/* All of a document (or a part of one) that is not well-formed, as far as it
 * can be read; the part that is open at its end is complete. */
void xml_parser_mend(struct xml_parser *p, struct text document);

/* The next part that is complete, given away; NULL if there is none. */
struct xml_part *xml_parser_take(struct xml_parser *p);
void xml_part_free(struct xml_part *part);
DEFINE_AUTO(xml_part);

/* What was first found not well-formed, and its line; "" for nothing. */
const char *xml_parser_message(const struct xml_parser *p, uint64_t *line);

#endif
