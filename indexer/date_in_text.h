/* A date in a line that people read: "Published: 18:45 GMT, 10 February 2022 |
 * Updated …", "Do, 10.02.2022, 18.45 Uhr", "2022年2月10日 18時45分". */
#ifndef INDEXER_DATE_IN_TEXT_H
#define INDEXER_DATE_IN_TEXT_H

#include <stdbool.h>

#include "common/text.h"

enum { DATE_IN_TEXT_SIZE = 128 };

struct date_in_text {
    char written[DATE_IN_TEXT_SIZE]; /* as timestamp_parse_zoned() reads it */
    size_t rest;  /* words of the line that are no part of a date */
    bool updated; /* it is said to be that of a change */
};

/* The first date of `line` that is not of a change, else the first. `language`
 * ("en-US") tells days from months in 10/02/2022: where it does not, that is no
 * date. False if there is none. */
bool date_in_text_find(struct text line, struct text language,
                       struct date_in_text *out);

#endif
