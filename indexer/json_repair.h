/* Mends what writers of JSON get wrong and a strict parser refuses: bytes that
 * are not UTF-8, halves of surrogate pairs (\ud83d alone), NUL characters, and
 * control characters as they are within strings. */
#ifndef INDEXER_JSON_REPAIR_H
#define INDEXER_JSON_REPAIR_H

#include "common/strbuf.h"
#include "common/text.h"

/* Appends `json` to `out` with these replaced (U+FFFD, a blank, \n and \t),
 * and says how many there were. */
size_t json_repair(struct text json, struct strbuf *out);

#endif
