/* How e-mail carries bytes and lines: quoted-printable, base64, and text that
 * flows (RFC 3676). Everything is appended; what is no such coding is taken as
 * it stands or passed over. */
#ifndef INDEXER_MIME_CODING_H
#define INDEXER_MIME_CODING_H

#include "common/strbuf.h"
#include "common/text.h"

enum mime_place { MIME_IN_BODY, MIME_IN_HEADER /* _ is a blank */ };

void mime_decode_quoted(struct text t, enum mime_place place,
                        struct strbuf *out);

/* Goes on behind padding where more lines of digits come. */
void mime_decode_base64(struct text t, struct strbuf *out);

enum mime_blank { MIME_KEEP_BLANK, MIME_DROP_BLANK /* delsp=yes */ };

/* Lines that end in a blank go on in the next one. */
void mime_decode_flowed(struct text t, enum mime_blank blank,
                        struct strbuf *out);

#endif
