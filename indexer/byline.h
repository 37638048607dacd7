/* Who wrote it, of a line such as "By JANE DOE". */
#ifndef INDEXER_BYLINE_H
#define INDEXER_BYLINE_H

#include <stddef.h>

#include "common/text.h"

/* `line` trimmed and without the word before the name, in any of seven
 * languages. Borrowed. */
struct text byline_name(struct text line);

/* The names in such a line, "By Ann Lee and Bo Ek", "Ann Lee; Bo Ek", in `out`,
 * which has room for byline_count_max(); how many there are. A comma parts them
 * only beside a conjunction: else an agency may follow it. */
size_t byline_split(struct text line, struct text *out);
size_t byline_count_max(struct text line);

#endif
