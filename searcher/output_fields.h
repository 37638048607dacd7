/* What a hit is printed with, where a choice can be made: the columns of csv
 * and tsv, and the keys of JSON. */
#ifndef SEARCHER_OUTPUT_FIELDS_H
#define SEARCHER_OUTPUT_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

#include "common/compiler.h"
#include "common/error.h"

enum output_field {
    FIELD_OF_RANK,
    FIELD_OF_SCORE,
    FIELD_OF_ID,
    FIELD_OF_TITLE,
    FIELD_OF_URL,
    FIELD_OF_DATE,
    FIELD_OF_DATING, /* how the date is known */
    FIELD_OF_SOURCE,
    FIELD_OF_SECTION,
    FIELD_OF_AUTHORS,
    FIELD_OF_LANGUAGE,
    FIELD_OF_TAGS,
    FIELD_OF_PATH,
    FIELD_OF_SNIPPETS,
    FIELD_OF_BODY,
    FIELDS_OF_OUTPUT
};

/* By enum output_field, NULL-ended. */
extern const char *const output_field_names[];

struct output_fields {
    enum output_field list[FIELDS_OF_OUTPUT]; /* in order, none twice */
    size_t count;                             /* 0: the format's usual */
};

/* A list such as "title,date". STATUS_USAGE names what there is. */
enum status output_fields_parse(struct output_fields *out, const char *list,
                                struct error *err) NODISCARD;

bool output_fields_has(const struct output_fields *fields,
                       enum output_field field);

#endif
