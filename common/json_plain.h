/* The stretches of a JSON string that stand for themselves, sixteen bytes at a
 * time. */
#ifndef COMMON_JSON_PLAIN_H
#define COMMON_JSON_PLAIN_H

#include <stddef.h>

#include "common/text.h"

/* Bytes of `t` from `at` on before a control character, DEL, a quote, a
 * backslash, or a byte beyond ASCII. */
size_t json_plain_length(struct text t, size_t at);

#endif
