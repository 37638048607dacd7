#include "common/uuid.h"

#include <stdio.h>

#include "common/random.h"

void uuid_make(uint8_t out[UUID_BYTES])
{
    random_fill(out, UUID_BYTES);
    out[6] = (uint8_t)((out[6] & 0x0f) | 0x40);
    out[8] = (uint8_t)((out[8] & 0x3f) | 0x80);
}

void uuid_print(const uint8_t uuid[UUID_BYTES], char out[ENGINE_UUID_SIZE])
{
    size_t len = 0;
    for (int i = 0; i < UUID_BYTES; i++) {
        const char *dash = i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "";
        len += (size_t)snprintf(out + len, ENGINE_UUID_SIZE - len, "%s%02x",
                                dash, uuid[i]);
    }
}
