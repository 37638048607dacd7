/* Reads JSON (RFC 8259) in place: what is walked over is checked, and what is
 * given out are parts of the text itself.
 *
 *     struct json_cursor c;
 *     struct json_value key, value;
 *     json_cursor_start(&c, text);
 *     if (json_cursor_enter(&c))                      an object or array
 *         while (json_cursor_next(&c, &key, &value))
 *             ...
 *     if (!json_cursor_end(&c))
 *         "not valid JSON at byte %zu", c.at
 *
 * A value that a cursor gave is valid all through; to look into it, start
 * another cursor on its bytes. Nothing is allocated. */
#ifndef COMMON_JSON_CURSOR_H
#define COMMON_JSON_CURSOR_H

#include <stdbool.h>
#include <stddef.h>

#include "common/strbuf.h"
#include "common/text.h"

enum { JSON_DEPTH_MAX = 2048 };

enum json_kind {
    JSON_IS_ABSENT, /* no value at all */
    JSON_IS_NULL,
    JSON_IS_BOOLEAN,
    JSON_IS_NUMBER,
    JSON_IS_STRING,
    JSON_IS_ARRAY,
    JSON_IS_OBJECT
};

struct json_value {
    struct text bytes; /* of a string without its quotes; borrowed */
    enum json_kind kind;
    bool escaped; /* a string with escapes: json_unescape() it */
};

struct json_cursor {
    struct text json;
    size_t at;            /* after a failure: the first byte that is wrong */
    enum json_kind kind;  /* of the whole value */
    bool entered, failed; /* within its members; see json_cursor_end() */
    bool first;           /* no member was read yet */
};

void json_cursor_start(struct json_cursor *c, struct text json);

/* Whether it is an object or an array, whose members are next. */
bool json_cursor_enter(struct json_cursor *c);

/* The next member; `key` is absent in an array. False at the end or at what is
 * not valid. */
bool json_cursor_next(struct json_cursor *c, struct json_value *key,
                      struct json_value *value);

/* Reads what is left; false if not all of it, blanks around it allowed, is one
 * valid value. */
bool json_cursor_end(struct json_cursor *c);

/* The value of an object's member; absent if there is none, or no object. */
struct json_value json_cursor_member(struct text object, const char *name);

/* Appends what the bytes of a valid string stand for. */
void json_unescape(struct text bytes, struct strbuf *out);

#endif
