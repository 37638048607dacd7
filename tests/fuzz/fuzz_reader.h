/* Any bytes, read in one format: every article is valid UTF-8 without control
 * characters, nothing is rejected without a reason, and the reading ends. */
#ifndef TESTS_FUZZ_FUZZ_READER_H
#define TESTS_FUZZ_FUZZ_READER_H

#include <stddef.h>
#include <stdint.h>

/* Gives 0; what is wrong ends the process. */
int fuzz_reader(const char *format, const uint8_t *data, size_t size);

#endif
