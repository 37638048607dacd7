#include "common/uuid.h"

#include <criterion/criterion.h>
#include <string.h>

Test(uuid, is_printed_in_groups)
{
    const uint8_t uuid[UUID_BYTES] = {0x00, 0x01, 0x02, 0x03, 0x44, 0x55,
                                      0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb,
                                      0xcc, 0xdd, 0xee, 0xff};
    char text[ENGINE_UUID_SIZE];
    uuid_print(uuid, text);
    cr_assert_str_eq(text, "00010203-4455-6677-8899-aabbccddeeff");
}

Test(uuid, says_that_it_is_random)
{
    for (int i = 0; i < 100; i++) {
        uint8_t uuid[UUID_BYTES];
        uuid_make(uuid);
        cr_assert_eq(uuid[6] & 0xf0, 0x40);
        cr_assert_eq(uuid[8] & 0xc0, 0x80);
    }
}

Test(uuid, every_other_bit_is_random)
{
    uint8_t ones[UUID_BYTES] = {0}, zeros[UUID_BYTES] = {0};
    for (int i = 0; i < 200; i++) {
        uint8_t uuid[UUID_BYTES];
        uuid_make(uuid);
        for (int j = 0; j < UUID_BYTES; j++) {
            ones[j] |= uuid[j];
            zeros[j] |= (uint8_t)~uuid[j];
        }
    }
    for (int i = 0; i < UUID_BYTES; i++) {
        uint8_t fixed = i == 6 ? 0xf0 : i == 8 ? 0xc0 : 0;
        cr_assert_eq(ones[i] | fixed, 0xff, "byte %d", i);
        cr_assert_eq(zeros[i] | fixed, 0xff, "byte %d", i);
    }
}

Test(uuid, no_two_are_the_same)
{
    uint8_t uuids[50][UUID_BYTES];
    for (int i = 0; i < 50; i++) {
        uuid_make(uuids[i]);
        for (int j = 0; j < i; j++)
            cr_assert_neq(memcmp(uuids[i], uuids[j], UUID_BYTES), 0);
    }
}
