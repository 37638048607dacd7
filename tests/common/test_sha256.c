#include "common/sha256.h"

#include <criterion/criterion.h>
#include <string.h>

#include "common/mem.h"

static void expect(struct text t, const char *hex)
{
    char found[SHA256_HEX_SIZE];
    sha256_hex(t, found);
    cr_assert_str_eq(found, hex);
}

/* The examples published with FIPS 180 (SHA-256, one and two blocks, and the
 * long message of a million). */
Test(sha256, gives_the_published_digests)
{
    expect(text_from(""), "e3b0c44298fc1c149afbf4c8996fb924"
                          "27ae41e4649b934ca495991b7852b855");
    expect(text_from("abc"), "ba7816bf8f01cfea414140de5dae2223"
                             "b00361a396177a9cb410ff61f20015ad");
    expect(text_from("abcdbcdecdefdefgefghfghighijhijk"
                     "ijkljklmklmnlmnomnopnopq"),
           "248d6a61d20638b8e5c026930c3e6039"
           "a33ce45964ff2167f6ecedd419db06c1");
    size_t million = 1000000;
    char *a = mem_alloc(million);
    memset(a, 'a', million);
    expect(text_make(a, million), "cdc76e5c9914fb9281a1c7e284d73e67"
                                  "f1809a48a497200e046d39ccc7112cd0");
    free(a);
}

/* Made with sha256sum: around the edges where the padding takes one block
 * more. */
Test(sha256, pads_every_length_around_a_block)
{
    static const struct {
        size_t len;
        const char *start;
    } rows[] = {{55, "9f4390f8"},   {56, "b35439a4"}, {63, "7d3e74a0"},
                {64, "ffe054fe"},   {65, "635361c4"}, {119, "31eba51c"},
                {120, "2f3d335432"}};
    char a[120];
    memset(a, 'a', sizeof a);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char found[SHA256_HEX_SIZE];
        sha256_hex(text_make(a, rows[i].len), found);
        cr_assert(text_starts_with(text_from(found), text_from(rows[i].start)),
                  "%zu bytes: %s", rows[i].len, found);
    }
}
