/* Mends what writers of JSON get wrong and a strict parser refuses: bytes that
 * are not UTF-8, halves of surrogate pairs (\ud83d alone), NUL characters, and
 * control characters as they are within strings; and what JavaScript, Python
 * and MongoDB's shell write: NaN, None, a comma before a bracket, comments,
 * ISODate("…"). */
#ifndef INDEXER_JSON_REPAIR_H
#define INDEXER_JSON_REPAIR_H

#include <stdbool.h>
#include <stddef.h>

#include "common/strbuf.h"
#include "common/text.h"

struct json_repairs {
    size_t replaced; /* characters, by U+FFFD, a blank, \n or \t */
    bool decoded;    /* it was Windows-1252 */
};

/* Appends `json` to `out`, mended, at most three times as large; false if
 * nothing was to mend. */
bool json_repair(struct text json, struct strbuf *out,
                 struct json_repairs *repairs);

#endif
