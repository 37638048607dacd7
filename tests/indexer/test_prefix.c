#include "indexer/prefix.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/tempdir.h"

enum { LARGE = 3 * PREFIX_BLOCK + 7 };

static struct error err;
static char *dir;
static char content[LARGE];

static void begin(void)
{
    dir = tempdir_make();
    for (size_t i = 0; i < LARGE; i++)
        content[i] = (char)(i * i >> 8);
}

static void end(void)
{
    tempdir_remove(dir);
}

TestSuite(prefix, .init = begin, .fini = end);

/* Of a file that begins with `len` bytes of the content. */
static struct digest digest(size_t len, uint64_t prefix)
{
    struct digest d = {{0}};
    tempdir_write(tempdir_file(dir, "x"), content, len);
    cr_assert_eq(prefix_digest(&d, tempdir_file(dir, "x"), prefix, &err),
                 STATUS_OK, "%s", err.message);
    return d;
}

Test(prefix, what_comes_after_does_not_matter)
{
    static const uint64_t lengths[] = {0,
                                       1,
                                       PREFIX_BLOCK - 1,
                                       PREFIX_BLOCK,
                                       PREFIX_BLOCK + 1,
                                       2 * PREFIX_BLOCK,
                                       2 * PREFIX_BLOCK + 1,
                                       LARGE};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        struct digest whole = digest(lengths[i], lengths[i]);
        struct digest grown = digest(LARGE, lengths[i]);
        cr_assert(digest_equal(&whole, &grown), "%zu", i);
        for (size_t j = 0; j < i; j++) {
            struct digest other = digest(LARGE, lengths[j]);
            cr_assert_not(digest_equal(&other, &grown), "%zu %zu", i, j);
        }
    }
}

Test(prefix, a_change_of_its_first_or_last_byte_shows)
{
    static const size_t lengths[] = {1, PREFIX_BLOCK + 5, LARGE};
    for (size_t i = 0; i < 3; i++) {
        struct digest before = digest(LARGE, lengths[i]);
        size_t places[] = {0, lengths[i] - 1};
        for (size_t j = 0; j < 2; j++) {
            content[places[j]] ^= 1;
            struct digest after = digest(LARGE, lengths[i]);
            content[places[j]] ^= 1;
            cr_assert_not(digest_equal(&before, &after), "%zu %zu", i, j);
        }
    }
}

Test(prefix, a_byte_more_in_the_middle_shows)
{
    struct digest before = digest(LARGE, LARGE);
    memmove(content + LARGE / 2 + 1, content + LARGE / 2,
            LARGE - LARGE / 2 - 1);
    struct digest after = digest(LARGE, LARGE);
    cr_assert_not(digest_equal(&before, &after));
}

Test(prefix, a_shorter_file_has_none)
{
    struct digest d = {{9}};
    tempdir_write(tempdir_file(dir, "x"), content, 10);
    cr_assert_eq(prefix_digest(&d, tempdir_file(dir, "x"), 11, &err),
                 STATUS_END);
    cr_assert_eq(prefix_digest(&d, tempdir_file(dir, "y"), 1, &err), STATUS_IO);
    cr_assert_eq(d.bytes[0], 9);
}
