#include "common/text.h"

#include <criterion/criterion.h>

Test(text, compares_as_unsigned_bytes_shorter_first)
{
    cr_assert_lt(text_compare(text_from("a"), text_from("ab")), 0);
    cr_assert_gt(text_compare(text_from("\xff"), text_from("a")), 0);
    cr_assert_eq(text_compare(text_from(""), text_make(NULL, 0)), 0);
}

Test(text, slices_are_clamped)
{
    struct text t = text_from("archive");
    cr_assert(text_is(text_slice(t, 2, 3), "chi"));
    cr_assert(text_is(text_slice(t, 5, 100), "ve"));
    cr_assert_eq(text_slice(t, 100, 1).len, 0);
    cr_assert_eq(text_slice(text_make(NULL, 0), 0, 1).len, 0);
}

Test(text, trim_takes_white_space_off_both_ends)
{
    cr_assert(text_is(text_trim(text_from(" \t\r\n a b \v\f")), "a b"));
    cr_assert_eq(text_trim(text_from("  ")).len, 0);
}

Test(text, split_yields_every_part_empty_ones_too)
{
    struct text rest = text_from("a,,b,"), part;
    const char *expected[] = {"a", "", "b", ""};
    for (int i = 0; i < 4; i++) {
        cr_assert(text_split(&rest, ',', &part));
        cr_assert(text_is(part, expected[i]));
    }
    cr_assert_not(text_split(&rest, ',', &part));
}

Test(text, starts_with_its_prefix_only)
{
    cr_assert(text_starts_with(text_from("Znord"), text_from("Z")));
    cr_assert(text_starts_with(text_from("x"), text_from("")));
    cr_assert_not(text_starts_with(text_from("Z"), text_from("Zn")));
}

Test(text, case_can_be_left_out_of_account)
{
    const struct text none = {NULL, 0};
    cr_expect(text_is_in_any_case(text_from("GZip"), "gzip"));
    cr_expect(!text_is_in_any_case(text_from("gzi"), "gzip"));
    cr_expect(!text_is_in_any_case(text_from("gzipx"), "gzip"));
    cr_expect(text_is_in_any_case(none, ""));
    cr_expect(!text_is_in_any_case(none, "a"));
    cr_expect(text_starts_in_any_case(text_from("TEXT/html"), "text/"));
    cr_expect(!text_starts_in_any_case(text_from("tex"), "text"));
    cr_expect(text_starts_in_any_case(none, ""));
    cr_expect(!text_starts_in_any_case(none, "a"));
}
