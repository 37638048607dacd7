/* Random bytes, for names that must not collide with any other. */
#ifndef COMMON_RANDOM_H
#define COMMON_RANDOM_H

#include <stddef.h>

void random_fill(void *out, size_t size);

#endif
