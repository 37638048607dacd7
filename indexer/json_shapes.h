/* The shapes that the values of an article's JSON object come in: a text may
 * be a string or an object that holds one, a list a single name, and so on.
 *
 * Life cycle: json_shapes_init(), reads, json_shapes_done(). What is read is
 * copied to the arena, cleaned (indexer/cleaning.h). Reads return false, and
 * may leave something in `out`, where the value is of another type. */
#ifndef INDEXER_JSON_SHAPES_H
#define INDEXER_JSON_SHAPES_H

#include <stdbool.h>
#include <stddef.h>

#include "common/arena.h"
#include "common/json_cursor.h"
#include "common/strbuf.h"
#include "common/text.h"
#include "indexer/cleaning.h"

/* Which keys of an object that stands for a text hold the text. */
enum { JSON_WITHIN_MAX = 6 };
extern const char *const json_names[JSON_WITHIN_MAX];    /* of a person … */
extern const char *const json_labels[JSON_WITHIN_MAX];   /* of a tag */
extern const char *const json_no_names[JSON_WITHIN_MAX]; /* none */

struct json_shapes {
    struct arena *arena;
    struct strbuf scratch; /* a string without its escapes */
    bool nul;              /* there were NUL characters */
    bool too_many;         /* a list was too long to be read */
};

/* No string is longer than `longest`. */
void json_shapes_init(struct json_shapes *s, struct arena *arena,
                      size_t longest);
void json_shapes_done(struct json_shapes *s);

/* What a string stands for; borrowed until the next call. */
struct text json_string_of(struct json_shapes *s,
                           const struct json_value *value);

/* Not there, null, blank or an empty list. */
bool json_is_absent(struct json_shapes *s, const struct json_value *value);

/* A string, an object that holds one, or a list that begins with one. */
bool json_read_string(struct json_shapes *s, struct json_value value,
                      const char *const *within, struct text *out);

/* The same, or a number, which becomes decimal text: `places` after the point,
 * or, with 0, only whole numbers. */
bool json_read_scalar(struct json_shapes *s, struct json_value value,
                      int places, struct text *out);

/* A string, or a list of strings that are joined. */
bool json_read_joined(struct json_shapes *s, struct json_value value,
                      enum cleaning how, const char *separator,
                      struct text *out);

/* One name or a list of them; what is no name is passed over. A string may
 * hold a list: "a, b" of tags, "a; b", "['a', 'b']". */
bool json_read_list(struct json_shapes *s, struct json_value value,
                    const char *const *within, const struct text **out,
                    size_t *count);

#endif
