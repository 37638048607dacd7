/* --accept: what readers accept, as typed: "article=64M,ratio=1000". */
#ifndef INDEXER_LIMITS_H
#define INDEXER_LIMITS_H

#include "common/compiler.h"
#include "common/error.h"
#include "indexer/reader.h"

/* Changes what `pairs` names; NULL changes nothing. STATUS_USAGE, and some of
 * them changed, if it names what there is not. */
enum status limits_parse(struct reader_limits *out, const char *pairs,
                         struct error *err) NODISCARD;

#endif
