/* Writes JSON as it goes, to a strbuf: commas, quotes and escapes are its
 * business. The caller nests correctly (asserted). The names are long because
 * jansson, beside which this is linked, has json_object() and the like.
 *
 *     struct json_writer w;
 *     json_writer_init(&w, &buffer);
 *     json_writer_object(&w);
 *     json_writer_key(&w, "total");
 *     json_writer_number(&w, 3);
 *     json_writer_end_object(&w); */
#ifndef COMMON_JSON_WRITER_H
#define COMMON_JSON_WRITER_H

#include <stdbool.h>
#include <stdint.h>

#include "common/strbuf.h"
#include "common/text.h"

/* An explained query nests twice as deep as its parentheses. */
enum { JSON_WRITER_DEPTH = 1024 };

struct json_writer {
    struct strbuf *out;
    unsigned depth;
    bool has_member[JSON_WRITER_DEPTH], after_key;
};

void json_writer_init(struct json_writer *w, struct strbuf *out);
void json_writer_object(struct json_writer *w);
void json_writer_end_object(struct json_writer *w);
void json_writer_array(struct json_writer *w);
void json_writer_end_array(struct json_writer *w);
void json_writer_key(struct json_writer *w, const char *key);

/* Invalid UTF-8 comes out as U+FFFD; control characters, and others that are
 * not safe on a terminal (codepoint.h), as \uXXXX, so that what is printed can
 * be looked at. */
void json_writer_text(struct json_writer *w, struct text value);
void json_writer_string(struct json_writer *w, const char *value);
void json_writer_number(struct json_writer *w, int64_t value);
/* With so many decimals; null for what is not finite. */
void json_writer_double(struct json_writer *w, double value, int decimals);
void json_writer_bool(struct json_writer *w, bool value);
void json_writer_null(struct json_writer *w);
/* A value that is JSON already. */
void json_writer_json(struct json_writer *w, struct text value);

/* A member with its key, or nothing at all if it is empty. */
void json_writer_known_text(struct json_writer *w, const char *key,
                            struct text value);
void json_writer_known_texts(struct json_writer *w, const char *key,
                             const struct text *values, size_t count);

#endif
