/* SGML as news archives have it: elements looked up by their tags, without a
 * document type; text with bare ampersands, entities and control characters. */
#ifndef INDEXER_SGML_TEXT_H
#define INDEXER_SGML_TEXT_H

#include <stdbool.h>

#include "common/arena.h"
#include "common/text.h"

/* What stands between <name …> and </name>, or up to the next tag where that is
 * not closed, from byte `*at` on, which moves behind it. In any case. */
bool sgml_element(struct text t, const char *name, size_t *at,
                  struct text *out);

/* The first; or empty. */
struct text sgml_find(struct text t, const char *name);

/* The value of an attribute in the first tag of `t`. */
struct text sgml_attribute(struct text t, const char *name);

/* Without tags and with entities as characters: on one line, or in lines as
 * they stand. */
struct text sgml_line(struct text t, struct arena *arena);
struct text sgml_block(struct text t, struct arena *arena);

#endif
