/* What news archives call the fields of an article, in JSON and in the headers
 * of tables. The names and their order are in the .c file and in
 * docs/morgue-index.1.in. */
#ifndef INDEXER_JSON_KEYS_H
#define INDEXER_JSON_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "common/text.h"

enum json_field {
    JSON_ID,
    JSON_TITLE,
    JSON_BODY,
    JSON_HTML,    /* the body, if there is none */
    JSON_SUMMARY, /* the same, if there is neither */
    JSON_DATE,
    JSON_URL,
    JSON_AUTHOR,
    JSON_SOURCE,
    JSON_SECTION,
    JSON_LANG,
    JSON_TAGS,
    JSON_DATING,
    JSON_SEEN,
    JSON_WITHIN, /* an object that the fields are in, or a list of articles */
    JSON_FIELD_COUNT
};

/* What messages call them. */
extern const char *const json_field_names[JSON_FIELD_COUNT];

struct json_key {
    struct text name;
    enum json_field field;
};

/* Keys that `name` is, in small letters and without what parts words
 * ("Publication Date", "publication_date" and "@publicationDate" are one), each
 * with the next of the same name; NULL behind the last. Of a field's keys, the
 * one at the lowest address that has a value is the one. */
const struct json_key *json_keys_find(struct text name);
const struct json_key *json_keys_next(const struct json_key *key);

#endif
