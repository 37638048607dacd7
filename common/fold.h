/* What makes two ways of writing a word the same. Two steps, because a stemmer
 * wants to see the accents (été is not ete, Häuser not Hauser):
 *
 *     written -> fold_normalize() -> normal -> fold_diacritics() -> folded
 *
 * Input must be valid UTF-8. Output replaces the content of `out`; what would
 * exceed its maximum leaves it empty with `overflowed` set. */
#ifndef COMMON_FOLD_H
#define COMMON_FOLD_H

#include "common/strbuf.h"
#include "common/text.h"

/* Unicode case folding and NFKC; curly quotes straight; soft hyphens and
 * zero-width characters gone. */
void fold_normalize(struct text written, struct strbuf *out);

/* Latin letters without their diacritics, as ASCII where there is a custom: é
 * is e, ß ss, ø o, æ ae, þ th. Marks of other scripts are kept. */
void fold_diacritics(struct text normal, struct strbuf *out);

/* Both steps on a whole value; white space and what is not valid UTF-8 become
 * single spaces, none at the ends. Any bytes will do. */
void fold_value(struct text value, struct strbuf *out);

#endif
