/* OK(call): a call that must succeed; else the test ends, with its error. The
 * call names the error as `&err`. */
#ifndef TESTS_SUPPORT_EXPECT_OK_H
#define TESTS_SUPPORT_EXPECT_OK_H

#include <criterion/criterion.h>

#include "common/error.h"

#define OK(call)                                                               \
    do {                                                                       \
        struct error err = ERROR_NONE;                                         \
        enum status got_ = (call);                                             \
        cr_assert_eq(got_, STATUS_OK, "%s: %s", status_name(got_),             \
                     err.message);                                             \
    } while (0)

#endif
