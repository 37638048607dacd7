#include "common/random.h"

#include <criterion/criterion.h>

Test(random, fills_any_size_with_bytes_that_differ)
{
    static unsigned char a[1000], b[1000];
    for (size_t size = 16; size <= 999; size += 41) {
        memset(a, 0, sizeof a);
        memset(b, 0, sizeof b);
        random_fill(a, size);
        random_fill(b, size);
        cr_assert_neq(memcmp(a + size - 16, b + size - 16, 16), 0);
        cr_assert_eq(a[size], 0, "it wrote behind the end");
    }
    random_fill(a, 0);
}
