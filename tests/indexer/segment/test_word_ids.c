#include "indexer/segment/word_ids.h"

#include <criterion/criterion.h>

Test(word_ids, are_numbers_before_they_are_ranked)
{
    struct word_ids w = {0};
    cr_assert_eq(word_ids_get(&w, 0), 0);
    cr_assert_eq(word_ids_get(&w, UINT32_MAX), UINT32_MAX);
    word_ids_done(&w);
}

Test(word_ids, the_most_frequent_come_first_and_equals_by_number)
{
    static const uint32_t counts[] = {1, 7, 0, 1, UINT32_MAX, 7};
    static const uint32_t expected[] = {3, 1, 5, 4, 0, 2};
    struct word_ids w = {0};
    word_ids_rank(&w, counts, 6);
    for (uint32_t i = 0; i < 6; i++)
        cr_assert_eq(word_ids_get(&w, i), expected[i], "number %u", i);
    cr_assert_eq(word_ids_get(&w, 6), 6);
    word_ids_done(&w);
    cr_assert_eq(word_ids_get(&w, 0), 0);
}

Test(word_ids, of_no_words_at_all)
{
    struct word_ids w = {0};
    word_ids_rank(&w, NULL, 0);
    cr_assert_eq(word_ids_get(&w, 0), 0);
    word_ids_done(&w);
}
