/* The front matter of Hugo and Zola, as members of a JSON object: what of TOML
 * stands there. Scalars become strings; the keys of a table, [taxonomies], are
 * as if they stood outside of it. */
#ifndef INDEXER_TOML_JSON_H
#define INDEXER_TOML_JSON_H

#include <stddef.h>

#include "common/json_writer.h"
#include "common/text.h"

/* Writes the members of `toml`, valid UTF-8, to the object that is open in `w`.
 * The number of the first line, from 1, that is none; 0 if there is no such. */
size_t toml_json_write(struct json_writer *w, struct text toml);

#endif
