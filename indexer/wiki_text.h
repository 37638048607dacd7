/* MediaWiki's wiki text as plain text: links become their labels; templates,
 * tables' markup, references, files and categories go. */
#ifndef INDEXER_WIKI_TEXT_H
#define INDEXER_WIKI_TEXT_H

#include "common/strbuf.h"
#include "common/text.h"

void wiki_text_append(struct strbuf *out, struct text wiki);

/* The first argument of the first {{name|…}}; or empty. */
struct text wiki_text_template(struct text wiki, const char *name);

#endif
