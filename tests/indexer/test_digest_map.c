#include "indexer/digest_map.h"

#include <criterion/criterion.h>

static struct digest key_of(uint32_t i)
{
    return digest_of(text_make((const char *)&i, sizeof i));
}

Test(digest_map, finds_what_was_set_last_and_nothing_else)
{
    AUTO_DONE(digest_map) map = DIGEST_MAP_INIT;
    struct digest key = key_of(0);
    cr_assert_eq(digest_map_find(&map, &key), DIGEST_MAP_NONE);
    for (uint32_t round = 0; round < 2; round++)
        for (uint32_t i = 0; i < 20000; i++) {
            key = key_of(i);
            digest_map_set(&map, &key, i + round);
        }
    cr_assert_eq(map.count, 20000);
    for (uint32_t i = 0; i < 40000; i++) {
        key = key_of(i);
        cr_assert_eq(digest_map_find(&map, &key),
                     i < 20000 ? i + 1 : DIGEST_MAP_NONE);
    }
}

Test(digest_map, keys_with_the_same_start_are_told_apart)
{
    AUTO_DONE(digest_map) map = DIGEST_MAP_INIT;
    struct digest key = {{0}};
    for (uint8_t i = 0; i < 200; i++) {
        key.bytes[15] = i;
        digest_map_set(&map, &key, i);
    }
    for (uint8_t i = 0; i < 200; i++) {
        key.bytes[15] = i;
        cr_assert_eq(digest_map_find(&map, &key), i);
    }
}
