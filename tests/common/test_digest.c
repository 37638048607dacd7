#include "common/digest.h"

#include <criterion/criterion.h>
#include <stdlib.h>

#include "tests/support/tempdir.h"

static const char *hex_of(struct digest d)
{
    static char hex[DIGEST_HEX_SIZE];
    digest_hex(&d, hex);
    return hex;
}

/* Values of xxhsum -H128. */
Test(digest, is_what_xxhsum_prints)
{
    cr_assert_str_eq(hex_of(digest_of(text_from(""))),
                     "99aa06d3014798d86001c324468d497f");
    cr_assert_str_eq(hex_of(digest_of(text_make(NULL, 0))),
                     "99aa06d3014798d86001c324468d497f");
    cr_assert_str_eq(hex_of(digest_of(text_from("abc"))),
                     "06b05ab6733a618578af5f94892f3950");
}

Test(digest, parts_add_up_to_the_whole)
{
    static char bytes[5000];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * 7);
    struct digest whole = digest_of(text_make(bytes, sizeof bytes));
    AUTO(digester) d = digester_new();
    for (size_t from = 0, len = 0; from < sizeof bytes; from += len, len++)
        digester_add(d, text_slice(text_make(bytes, sizeof bytes), from, len));
    struct digest value = digester_value(d);
    cr_assert(digest_equal(&whole, &value));
    digester_add(d, text_from("x"));
    value = digester_value(d);
    cr_assert_not(digest_equal(&whole, &value));
}

Test(digest, hex_is_read_back_and_nothing_else_is)
{
    struct digest d = digest_of(text_from("x")), again;
    cr_assert(digest_parse(text_from(hex_of(d)), &again));
    cr_assert(digest_equal(&d, &again));
    static const char *const bad[] = {
        "",
        "99aa06d3014798d86001c324468d497",   /* 31 digits */
        "99aa06d3014798d86001c324468d497f0", /* 33 */
        "99AA06d3014798d86001c324468d497f",
        "99aa06d3014798d86001c324468d497g",
        " 9aa06d3014798d86001c324468d497f"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        cr_assert_not(digest_parse(text_from(bad[i]), &again), "%s", bad[i]);
        cr_assert(digest_equal(&d, &again));
    }
}

Test(digest, of_a_file_is_of_its_bytes)
{
    char *folder = tempdir_make();
    const char *path = tempdir_file(folder, "f");
    size_t size = 1000003;
    char *bytes = malloc(size);
    for (size_t i = 0; i < size; i++)
        bytes[i] = (char)(i * i);
    tempdir_write(path, bytes, size);
    struct error err = ERROR_NONE;
    struct digest expected = digest_of(text_make(bytes, size)), actual;
    uint64_t counted = 0;
    cr_assert_eq(digest_file(&actual, &counted, path, NULL, &err), STATUS_OK);
    cr_assert(digest_equal(&expected, &actual));
    cr_assert_eq(counted, size);
    cr_assert_eq(digest_file(&actual, &counted, folder, NULL, &err), STATUS_IO);
    cr_assert_eq(counted, size);
    cr_assert_eq(digest_file(&actual, &counted, tempdir_file(folder, "none"),
                             NULL, &err),
                 STATUS_NOT_FOUND);
    free(bytes);
    tempdir_remove(folder);
}

Test(digest, a_number_is_eight_bytes_the_least_first)
{
    AUTO(digester) d = digester_new();
    digester_add_number(d, UINT64_C(0x0807060504030201));
    struct digest parts = digester_value(d);
    struct digest whole = digest_of(text_make("\1\2\3\4\5\6\7\10", 8));
    cr_assert(digest_equal(&parts, &whole));
}
