/* E-mail as RFC 5322 and MIME have it: header fields with encoded words, and
 * the text among the parts of a message. */
#ifndef INDEXER_MIME_H
#define INDEXER_MIME_H

#include "common/arena.h"
#include "common/strbuf.h"
#include "common/text.h"

struct mime_message {
    struct text headers, body; /* borrowed */
};

struct mime_message mime_split(struct text message);

/* On one line, encoded words ("=?utf-8?Q?…?=") decoded; or empty. */
struct text mime_header(struct text headers, const char *name,
                        struct arena *arena);

/* Appended; what is no digit of it is passed over. */
void mime_decode_base64(struct text t, struct strbuf *out);

/* The text of a message: its plain part, else what its HTML says. Parts are
 * entered at most eight deep. */
struct text mime_text(const struct mime_message *message, struct arena *arena);

#endif
