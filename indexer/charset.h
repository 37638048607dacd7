/* What plain text files are written in, and how it becomes UTF-8: UTF-16 is
 * told by its byte order mark; what is not valid UTF-8 is Windows-1252 (of
 * which Latin-1 is a part), unless most of it is UTF-8 after all. */
#ifndef INDEXER_CHARSET_H
#define INDEXER_CHARSET_H

#include "common/strbuf.h"
#include "common/text.h"

enum charset {
    CHARSET_UTF8,
    CHARSET_DAMAGED_UTF8,
    CHARSET_1252,
    CHARSET_UTF16
};

/* Of a whole text. */
enum charset charset_guess(struct text t);

/* Appends `t` as valid UTF-8, without a byte order mark; U+FFFD for what means
 * nothing. */
void charset_decode(struct text t, enum charset charset, struct strbuf *out);

#endif
