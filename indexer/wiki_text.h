/* MediaWiki's wiki text as plain text: links become their labels; templates but
 * for quotations, tables, references, files, categories, links to other wikis,
 * and headings that nothing is left under go. */
#ifndef INDEXER_WIKI_TEXT_H
#define INDEXER_WIKI_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "common/strbuf.h"
#include "common/text.h"

void wiki_text_append(struct strbuf *out, struct text wiki);

/* The first argument of the first {{name|…}}; or empty. */
struct text wiki_text_template(struct text wiki, const char *name);

/* "#REDIRECT [[…]]", in any of a dozen languages. */
bool wiki_text_is_redirect(struct text wiki);

/* The name of the next category from `*at` on, which moves behind it. */
bool wiki_text_category(struct text wiki, size_t *at, struct text *out);

#endif
