/* What a web server answered, as an archive of the web keeps it: a status line,
 * headers, and a body that may be chunked and compressed. */
#ifndef INDEXER_HTTP_MESSAGE_H
#define INDEXER_HTTP_MESSAGE_H

#include <stdbool.h>

#include "common/strbuf.h"
#include "common/text.h"

struct http_message {
    unsigned status;           /* 0: there is no status line */
    struct text content_type;  /* empty if not said */
    struct text headers, body; /* as they stand; all borrowed */
};

/* False if `t` does not begin as an answer. */
bool http_message_split(struct text t, struct http_message *out);

/* Header lines of any protocol of the kind: the value of `name`, which is in
 * lower case, or the empty text. */
struct text http_header(struct text headers, const char *name);

/* Appends the body without chunks and compression. What is wrongly declared is
 * taken as it stands. False if it does not fit or uses a coding that is not
 * known. */
bool http_message_decode(const struct http_message *m, struct strbuf *out);

#endif
