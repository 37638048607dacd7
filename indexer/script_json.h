/* The JSON in a script of a web page: what writers put around it taken off, and
 * what they get wrong within it mended. */
#ifndef INDEXER_SCRIPT_JSON_H
#define INDEXER_SCRIPT_JSON_H

#include "common/arena.h"
#include "common/text.h"

/* Valid JSON, an object or array, within `script` or in `arena`; the empty text
 * if there is none even after mending: comments and CDATA marks around it,
 * control characters and quotation marks that are not escaped, commas before a
 * bracket closes, references to characters in place of quotation marks, and a
 * semicolon or more objects behind the first. */
struct text script_json(struct text script, struct arena *arena);

#endif
