/* Any bytes, read in one format: every article is valid UTF-8 without control
 * characters, nothing is rejected without a reason, and the reading ends. */
#ifndef TESTS_FUZZ_FUZZ_READER_H
#define TESTS_FUZZ_FUZZ_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fuzz_reading {
    const char *format;
    size_t article_max; /* 0: 65536 */
    /* Places of what is rejected are inside an input that is neither gzipped
     * nor in UTF-16. */
    bool has_places;
};

/* Gives 0; what is wrong ends the process. */
int fuzz_reading(const struct fuzz_reading *how, const uint8_t *data,
                 size_t size);
int fuzz_reader(const char *format, const uint8_t *data, size_t size);

#endif
