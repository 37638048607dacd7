/* What people write who take XML for text: "a < b", "AT&T", "&nbsp;". */
#ifndef INDEXER_XML_MEND_H
#define INDEXER_XML_MEND_H

#include "common/strbuf.h"
#include "common/text.h"

/* Appends `t`, XML that is not well-formed: what begins no markup and no
 * reference is written so that it is read as it stands, as are references that
 * only HTML knows; control characters are blanks. After an error libxml2 leaves
 * named references out: they become numeric. At most six times as long. */
void xml_mend_append(struct strbuf *out, struct text t);

#endif
