/* SHA-256 (FIPS 180-4) of a short text in memory: for ids that are too long
 * to be a term and must not collide by design of whoever wrote them. */
#ifndef COMMON_SHA256_H
#define COMMON_SHA256_H

#include <stdint.h>

#include "common/text.h"

enum { SHA256_SIZE = 32, SHA256_HEX_SIZE = 2 * SHA256_SIZE + 1 };

void sha256_of(struct text t, uint8_t out[SHA256_SIZE]);

/* Lower-case hexadecimal, with a NUL. */
void sha256_hex(struct text t, char out[SHA256_HEX_SIZE]);

#endif
