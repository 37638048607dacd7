/* The text among the parts of an e-mail, as MIME has them. */
#ifndef INDEXER_MIME_H
#define INDEXER_MIME_H

#include "common/arena.h"
#include "common/text.h"

struct mime_message {
    struct text headers, body; /* borrowed */
};

struct mime_message mime_split(struct text message);

/* The text of a message: its plain part, else what its HTML says, or where the
 * plain one only says that there is another; then what else is text and not
 * attached, messages that are forwarded included. Parts are entered at most
 * eight deep. */
struct text mime_text(const struct mime_message *message, struct arena *arena);

#endif
