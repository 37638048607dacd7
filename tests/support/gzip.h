/* Makes gzip members for tests. */
#ifndef TESTS_SUPPORT_GZIP_H
#define TESTS_SUPPORT_GZIP_H

#include "common/strbuf.h"
#include "common/text.h"

/* Appends `t`, compressed as one member. Ends the process on failure. */
void gzip_append(struct strbuf *out, struct text t);

#endif
