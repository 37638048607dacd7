/* Reads a written date as it stands, without asking whether there is such a
 * day: common/timestamp.h does, and says which ways of writing are known. */
#ifndef COMMON_DATE_PARSER_H
#define COMMON_DATE_PARSER_H

#include <stdbool.h>

#include "common/compiler.h"
#include "common/text.h"
#include "common/timestamp.h"

enum date_precision {
    DATE_YEAR,
    DATE_MONTH,
    DATE_DAY,
    DATE_HOUR,
    DATE_MINUTE,
    DATE_SECOND
};

struct date {
    struct calendar at; /* what is not written is the first there is */
    int zone;           /* seconds that it is ahead of UTC */
    bool has_zone;      /* it says so; else it counts as UTC */
    enum date_precision precision;
};

/* `t` without white space around it. On failure `*out` is undefined. */
bool date_parse(struct text t, struct date *out) NODISCARD;
bool date_parse_iso(struct text t, struct date *out) NODISCARD;

#endif
