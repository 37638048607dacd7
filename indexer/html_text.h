/* The text of a part of a page: runs of blanks are one, blocks are paragraphs
 * with an empty line between, list items and <br> lines of their own. What is
 * dropped (html_node) and what is never text (scripts, styles, forms' fields)
 * is left out. */
#ifndef INDEXER_HTML_TEXT_H
#define INDEXER_HTML_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/strbuf.h"
#include "common/text.h"
#include "indexer/html_tree.h"
#include "indexer/text_flow.h"

void html_text_append(struct strbuf *out, const struct html_node *root);

/* On one line. */
struct text html_text_line(const struct html_node *root, struct arena *arena);

/* Text as metadata have it, often escaped once more: character references are
 * resolved, tags left out, runs of blanks one. */
struct text html_text_plain(struct text t, struct arena *arena);

/* Appends `t` with all character references resolved once. */
void html_text_resolve(struct text t, struct strbuf *out);

/* The character that the reference at `at`, an '&', stands for, and its length
 * in bytes; 0 if it is none that HTML knows. */
uint32_t html_text_reference(struct text t, size_t at, size_t *length);

/* Bytes of text in `root` without blanks around words doubled; what is dropped
 * is not counted. */
size_t html_text_length(struct text t);

/* What the beginning and the end of an element ask for; <br> is not known. */
enum gap html_text_gap(enum html_tag tag);

/* Never part of a text. */
bool html_text_is_silent(enum html_tag tag);

#endif
