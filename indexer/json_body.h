/* The text of an article in the ways that JSON has it: plain, as HTML, as a
 * list of paragraphs, or as blocks such as editors and the Washington Post's
 * collection have them ({"type": "sanitized_html", "content": …}). */
#ifndef INDEXER_JSON_BODY_H
#define INDEXER_JSON_BODY_H

#include <stdbool.h>

#include "common/json_cursor.h"
#include "common/text.h"
#include "indexer/json_shapes.h"

/* False, and `*out` as it was, if there is something and no text in it. What is
 * plain by its type becomes text even so if it is HTML: if it begins with a
 * tag and has an end tag, or marks its lines by <p> or <br> alone. */
bool json_body_read(struct json_shapes *s, struct json_value value,
                    struct text *out);

/* A string of HTML, or {"rendered": "<p>…"} as WordPress has it. */
bool json_body_read_html(struct json_shapes *s, struct json_value value,
                         struct text *out);

/* A title or name on one line; what it has of HTML is resolved. */
bool json_body_read_title(struct json_shapes *s, struct json_value value,
                          struct text *out);

#endif
