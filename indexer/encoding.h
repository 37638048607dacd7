/* From whatever a page or a wire is written in to UTF-8: what is said of it
 * outside (HTTP) or inside (a byte order mark, <meta>, an XML declaration),
 * else what uchardet finds. A declaration that the bytes belie is not believed:
 * what is valid UTF-8 beyond ASCII is UTF-8. */
#ifndef INDEXER_ENCODING_H
#define INDEXER_ENCODING_H

#include <stdbool.h>
#include <stddef.h>

#include "common/strbuf.h"
#include "common/text.h"

enum { ENCODING_NAME_MAX = 40 };

struct encoding_report {
    char name[ENCODING_NAME_MAX]; /* what it was read as */
    size_t replaced;              /* bytes that meant nothing */
};

/* Appends `t` as valid UTF-8 without a byte order mark. `declared` may be
 * empty; `out` needs room for three times the bytes. */
void encoding_decode(struct text t, struct text declared, struct strbuf *out,
                     struct encoding_report *report);

/* Whether a text with this beginning is UTF-8 if its bytes can be that: nothing
 * marks or declares it as what may look so. */
bool encoding_may_be_utf8(struct text head);

/* What the first bytes of a document declare: <?xml encoding="…"?>, <meta
 * charset="…">, or <meta … content="…; charset=…">. Borrowed; or empty. */
struct text encoding_declared(struct text document);

/* The charset of a Content-Type such as "text/html; charset=koi8-r". */
struct text encoding_of_content_type(struct text content_type);

#endif
