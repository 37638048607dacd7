/* From a JSON object to an article: the keys that news archives use for each
 * field (indexer/json_keys.h), and what may stand under them. */
#ifndef INDEXER_JSON_ARTICLE_H
#define INDEXER_JSON_ARTICLE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/article.h"
#include "common/text.h"
#include "indexer/json_repair.h"

/* Why there is no article (reject_reason not NULL), or what was odd. */
struct json_verdict {
    const char *reject_reason; /* a stable word, see reader.h */
    const char *field;         /* of the wrong type; NULL if none */
    struct text bad_date;      /* that made the article undated; borrowed from
                                  the arena */
    bool date_in_future;       /* it is a date, but not yet */
    bool nul;                  /* there were NUL characters */
    bool mended;               /* it was not valid JSON */
    struct json_repairs repairs;
    struct text list; /* no-body: what holds articles, borrowed from the JSON;
                         empty if that was mended */
    size_t error_at;  /* bad-json: byte offset within the object */
};

/* Reads `json`, one value. `newest` is the last moment a date may be. All of
 * `out` but its origin is set, its texts in `arena`; on rejection it is
 * undefined. */
struct json_verdict json_article_read(struct article *out, struct text json,
                                      timestamp newest, struct arena *arena);

#endif
