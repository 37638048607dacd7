/* Text for a terminal that knows no Unicode: ASCII that reads as much like it
 * as can be. */
#ifndef SEARCHER_SESSION_GLYPHS_H
#define SEARCHER_SESSION_GLYPHS_H

#include "common/strbuf.h"
#include "common/text.h"

/* Appends `t` (UTF-8): letters without their accents, straight quotes, and a
 * question mark for what has no such likeness. ASCII stays as it is, control
 * characters included. */
void glyphs_append_ascii(struct strbuf *out, struct text t);

#endif
