#include "common/random.h"

#include <stdatomic.h>
#include <stdint.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "common/digest.h"

/* Where the kernel has no random bytes to give (before Linux 3.17, or in a
 * strange sandbox): the clock, the process and a counter are unique enough. */
static void fill_from_clock(uint8_t *out, size_t size)
{
    static atomic_uint counter;
    while (size > 0) {
        struct timespec now;
        clock_gettime(CLOCK_REALTIME, &now);
        int64_t seed[] = {now.tv_sec, now.tv_nsec, getpid(),
                          atomic_fetch_add(&counter, 1)};
        struct digest d = digest_of(text_make((const char *)seed, sizeof seed));
        size_t part = size < sizeof d.bytes ? size : sizeof d.bytes;
        memcpy(out, d.bytes, part);
        out += part;
        size -= part;
    }
}

void random_fill(void *out, size_t size)
{
    enum { GETENTROPY_MAX = 256 };
    uint8_t *at = out;
    while (size > 0) {
        size_t part = size < GETENTROPY_MAX ? size : GETENTROPY_MAX;
        if (getentropy(at, part) != 0) {
            fill_from_clock(at, size);
            return;
        }
        at += part;
        size -= part;
    }
}
