/* The text of Markdown (CommonMark, and tables): paragraphs with an empty line
 * between, items and rows a line each, code as it stands. Images, tags and
 * addresses are left out; the labels of links, the numbers of items and the
 * text within HTML are kept. */
#ifndef INDEXER_MARKDOWN_TEXT_H
#define INDEXER_MARKDOWN_TEXT_H

#include <stddef.h>

#include "common/strbuf.h"
#include "common/text.h"

/* Appends to `out`, which is empty, the text of `markdown`, valid UTF-8; it
 * needs room for three times the bytes. Gives the length of the heading that
 * all of it begins with; 0 if it begins with something else. */
size_t markdown_text_append(struct strbuf *out, struct text markdown);

#endif
