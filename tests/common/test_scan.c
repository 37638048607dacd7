#include "common/scan.h"

#include <criterion/criterion.h>

Test(scan, steps_over_what_it_takes)
{
    struct text line = TEXT("size 120,7");
    uint64_t n = 0;
    cr_assert(scan_literal(&line, "size "));
    cr_assert_not(scan_literal(&line, "121"));
    cr_assert(scan_number(&line, 1000, &n));
    cr_assert_eq(n, 120);
    cr_assert(scan_literal(&line, ","));
    cr_assert(scan_number(&line, 7, &n));
    cr_assert_eq(n, 7);
    cr_assert_eq(line.len, 0);
    cr_assert(scan_literal(&line, ""));
    cr_assert_not(scan_literal(&line, "x"));
    cr_assert_not(scan_number(&line, 7, &n));
}

Test(scan, numbers_have_one_form_and_a_maximum)
{
    static const char *const bad[] = {"",
                                      "00",
                                      "01",
                                      "-1",
                                      "+1",
                                      " 1",
                                      "x",
                                      "18446744073709551616",
                                      "99999999999999999999999999"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct text line = text_from(bad[i]);
        uint64_t n = 5;
        cr_assert_not(scan_number(&line, UINT64_MAX, &n), "%s", bad[i]);
        cr_assert_eq(n, 5);
        cr_assert_eq(line.len, strlen(bad[i]));
    }
    struct text line = TEXT("18446744073709551615");
    uint64_t n;
    cr_assert_not(scan_number(&line, UINT64_MAX - 1, &n));
    cr_assert(scan_number(&line, UINT64_MAX, &n));
    cr_assert_eq(n, UINT64_MAX);
    line = text_from("0x");
    cr_assert(scan_number(&line, 0, &n));
    cr_assert_eq(n, 0);
}
