/* A part of an XML document as a tree, in an arena: elements with their
 * attributes, and the text between them. What made it (indexer/xml_parser.h) is
 * no longer seen. Names are local: namespaces matter only to who asks. */
#ifndef INDEXER_XML_TREE_H
#define INDEXER_XML_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/arena.h"
#include "common/strbuf.h"
#include "common/text.h"

struct xml_attribute {
    struct text name, value;
};

struct xml_node {
    struct text name;   /* empty: it is text */
    struct text prefix; /* of its namespace, as written */
    struct text text;
    const struct xml_attribute *attributes;
    size_t attribute_count;
    struct xml_node *parent, *first, *last, *next;
};

/* A new last child of `parent`; a root for NULL. */
struct xml_node *xml_append(struct xml_node *parent, struct arena *arena);

bool xml_is(const struct xml_node *node, const char *name);

/* The next element named so in the order of the document within `root`, behind
 * `after` or, if that is NULL, `root`. Any element for a NULL name. */
const struct xml_node *xml_next(const struct xml_node *root,
                                const struct xml_node *after, const char *name);

/* The first; NULL if there is none. */
const struct xml_node *xml_find(const struct xml_node *root, const char *name);

/* The first whose attribute `key` is `value`. NULL for a NULL `root`. */
const struct xml_node *xml_find_with(const struct xml_node *root,
                                     const char *name, const char *key,
                                     const char *value);

/* The first child element named so. */
const struct xml_node *xml_child(const struct xml_node *node, const char *name);

/* Trimmed; borrowed from the tree; or empty. */
struct text xml_attribute(const struct xml_node *node, const char *name);

/* All text in `node` (NULL: none) on one line. */
struct text xml_line(const struct xml_node *node, struct arena *arena);

/* The same of xml_find(root, name). */
struct text xml_line_of(const struct xml_node *root, const char *name,
                        struct arena *arena);

/* Text in paragraphs: of <p> and the like, of XHTML, or of HTML that is
 * escaped in the text. Captions and media are left out. */
struct text xml_paragraphs(const struct xml_node *node, struct arena *arena);

/* All text in `node` as it stands. */
struct text xml_content(const struct xml_node *node, struct arena *arena);

/* Plain text whose lines are broken anywhere: blank lines part paragraphs,
 * runs of blanks are one. */
struct text xml_tidy(struct text t, struct arena *arena);

/* HTML as a string: its text. */
struct text xml_html_text(struct text html, struct arena *arena);

#endif
