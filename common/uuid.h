/* Random UUIDs (RFC 4122, version 4): of an archive and of its segments. */
#ifndef COMMON_UUID_H
#define COMMON_UUID_H

#include <stdint.h>

#include "common/engine/engine.h"

enum { UUID_BYTES = 16 };

void uuid_make(uint8_t out[UUID_BYTES]);
void uuid_print(const uint8_t uuid[UUID_BYTES], char out[ENGINE_UUID_SIZE]);

#endif
