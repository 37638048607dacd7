/* Writes JSON as it goes, to a strbuf: commas, quotes and escapes are its
 * business. The caller nests correctly (asserted).
 *
 *     struct json_writer w;
 *     json_writer_init(&w, &buffer);
 *     json_object(&w);
 *     json_key(&w, "total");
 *     json_number(&w, 3);
 *     json_end_object(&w); */
#ifndef COMMON_JSON_WRITER_H
#define COMMON_JSON_WRITER_H

#include <stdbool.h>
#include <stdint.h>

#include "common/strbuf.h"
#include "common/text.h"

enum { JSON_WRITER_DEPTH = 16 };

struct json_writer {
    struct strbuf *out;
    unsigned depth;
    bool has_member[JSON_WRITER_DEPTH], after_key;
};

void json_writer_init(struct json_writer *w, struct strbuf *out);
void json_object(struct json_writer *w);
void json_end_object(struct json_writer *w);
void json_array(struct json_writer *w);
void json_end_array(struct json_writer *w);
void json_key(struct json_writer *w, const char *key);

/* Invalid UTF-8 comes out as U+FFFD; control characters as \u00XX. */
void json_text(struct json_writer *w, struct text value);
void json_string(struct json_writer *w, const char *value);
void json_number(struct json_writer *w, int64_t value);
void json_double(struct json_writer *w, double value, int decimals);
void json_bool(struct json_writer *w, bool value);
void json_null(struct json_writer *w);

#endif
