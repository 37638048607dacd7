/* Header fields of e-mail (RFC 5322): folded lines, encoded words (RFC 2047),
 * parameters (RFC 2231), persons. */
#ifndef INDEXER_MIME_HEADER_H
#define INDEXER_MIME_HEADER_H

#include "common/arena.h"
#include "common/text.h"

/* On one line, runs of blanks as one, encoded words ("=?utf-8?Q?…?=") decoded;
 * or empty. `name` is in lower case. */
struct text mime_header(struct text headers, const char *name,
                        struct arena *arena);

/* The same with encoded words as they stand. */
struct text mime_header_raw(struct text headers, const char *name,
                            struct arena *arena);

/* The first as a number: "charset" in "text/plain; charset=utf-8", also as
 * "charset*=''utf-8" or in parts "charset*0=ut; charset*1=f-8"; or empty. */
struct text mime_parameter(struct text field, const char *name,
                           struct arena *arena);

/* A date without what stands around it: comments in parentheses, quotation
 * marks, the GMT of "GMT+0100". */
struct text mime_date(struct text field, struct arena *arena);

/* Takes a person off a list of addresses: the name in
 * "Ann Lee <ann@post.example>" or "ann@post.example (Ann Lee)", else the
 * address. False if there is none left. */
bool mime_take_person(struct text *list, struct text *out, struct arena *arena);

#endif
