/* Reading a part of an XML document that libxml2 has made a tree of: names are
 * local (namespaces do not matter), text is in an arena.
 *
 * Entities are not substituted: a reference to one of HTML's is its character,
 * any other is nothing, so that no document grows by being read. */
#ifndef INDEXER_XML_TREE_H
#define INDEXER_XML_TREE_H

#include <libxml/tree.h>
#include <stdbool.h>

#include "common/arena.h"
#include "common/strbuf.h"
#include "common/text.h"

bool xml_is(const xmlNode *node, const char *name);

/* The next element named so in the order of the document within `root`, behind
 * `after` or, if that is NULL, `root`. Any element for a NULL name. */
const xmlNode *xml_next(const xmlNode *root, const xmlNode *after,
                        const char *name);

/* The first; NULL if there is none. */
const xmlNode *xml_find(const xmlNode *root, const char *name);

/* The first child element named so. */
const xmlNode *xml_child(const xmlNode *node, const char *name);

/* Without a namespace or with any; borrowed from the tree; or empty. */
struct text xml_attribute(const xmlNode *node, const char *name);

/* All text in `node` (NULL: none) on one line. */
struct text xml_line(const xmlNode *node, struct arena *arena);

/* The same of xml_find(root, name). */
struct text xml_line_of(const xmlNode *root, const char *name,
                        struct arena *arena);

/* Text in paragraphs: of <p> and the like, of XHTML, or of HTML that is
 * escaped in the text. Captions and media are left out. */
struct text xml_paragraphs(const xmlNode *node, struct arena *arena);

/* All text in `node` as it stands. */
struct text xml_content(const xmlNode *node, struct arena *arena);

/* Plain text whose lines are broken anywhere: blank lines part paragraphs,
 * runs of blanks are one. */
struct text xml_tidy(struct text t, struct arena *arena);

/* HTML as a string: its text. */
struct text xml_html_text(struct text html, struct arena *arena);

#endif
