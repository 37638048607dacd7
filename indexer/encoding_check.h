/* Whether bytes can be in the charset that they are said to be in: pages say
 * what their template or server says, whatever they were written in. */
#ifndef INDEXER_ENCODING_CHECK_H
#define INDEXER_ENCODING_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "common/text.h"

/* False if `t` is clearly in another: hardly any of it is UTF-8, what
 * should be Latin has long runs beyond ASCII or symbols within words, what
 * should be Russian has more capitals than small letters, what should be
 * Japanese no kana. */
bool encoding_is_plausible(const char *name, struct text t);

/* Whether so many characters that mean nothing in `t` say the same. */
bool encoding_is_broken(struct text t, size_t replaced);

#endif
