#include "searcher/value_counter.h"

#include <criterion/criterion.h>
#include <stdio.h>

Test(value_counter, counts_many_values_in_order_of_first_occurrence)
{
    enum { VALUES = 5000 };
    AUTO_DONE(value_counter) c = {0};
    value_counter_init(&c);
    for (unsigned round = 0; round < 3; round++)
        for (unsigned i = 0; i < VALUES; i++) {
            char value[32];
            int len = snprintf(value, sizeof value, "%u", i);
            value_counter_add(&c, text_make(value, (size_t)len), 1 + i % 2);
        }
    cr_assert_eq(c.count, VALUES);
    for (unsigned i = 0; i < VALUES; i++) {
        char value[32];
        snprintf(value, sizeof value, "%u", i);
        cr_assert(text_is(c.entries[i].value, value));
        cr_assert_eq(c.entries[i].count, 3 * (1 + i % 2));
    }
}

Test(value_counter, values_may_be_any_bytes_or_none)
{
    AUTO_DONE(value_counter) c = {0};
    value_counter_init(&c);
    value_counter_add(&c, text_make("a\0b", 3), 1);
    value_counter_add(&c, text_make("a\0c", 3), 1);
    value_counter_add(&c, text_make("", 0), 1);
    value_counter_add(&c, text_make("a\0b", 3), 1);
    cr_assert_eq(c.count, 3);
    cr_assert_eq(c.entries[0].count, 2);
}
