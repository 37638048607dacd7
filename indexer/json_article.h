/* From a JSON object to an article: the keys that news archives use for each
 * field, and what may stand under them. The table of keys is in the .c file
 * and in docs. */
#ifndef INDEXER_JSON_ARTICLE_H
#define INDEXER_JSON_ARTICLE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/article.h"
#include "common/text.h"

/* Why there is no article (reject_reason not NULL), or what was odd. */
struct json_verdict {
    const char *reject_reason; /* a stable word, see reader.h */
    const char *field;         /* of the wrong type; NULL if none */
    struct text bad_date;      /* that made the article undated; borrowed from
                                  the arena */
    bool date_in_future;       /* it is a date, but not yet */
    bool nul;                  /* there were NUL characters */
    size_t repaired;           /* characters that had to be replaced */
    size_t error_at;           /* bad-json: byte offset within the object */
};

/* Reads `json`, one value. `newest` is the last moment a date may be. All of
 * `out` but its origin is set, its texts in `arena`; on rejection it is
 * undefined. */
struct json_verdict json_article_read(struct article *out, struct text json,
                                      timestamp newest, struct arena *arena);

#endif
