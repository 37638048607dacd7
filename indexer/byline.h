/* Who wrote it, of a line such as "By JANE DOE". */
#ifndef INDEXER_BYLINE_H
#define INDEXER_BYLINE_H

#include "common/text.h"

/* `line` trimmed and without the word before the name, in any of seven
 * languages. Borrowed. */
struct text byline_name(struct text line);

#endif
