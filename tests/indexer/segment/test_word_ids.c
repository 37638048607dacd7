#include "indexer/segment/word_ids.h"

#include <criterion/criterion.h>
#include <stdlib.h>

#include "indexer/segment/text_sort.h"

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

/* --- how they, and texts, are sorted -------------------------------------- */

enum { TEXTS = 3000, TEXT_MAX = 20 };

static char bytes[TEXTS][TEXT_MAX];
static struct text texts[TEXTS];

/* Of few characters, so that many are alike, or in their first eight bytes. */
static void make_texts(void)
{
    static const char characters[] = {'\0', 'a', 'a', 'a', 'b', '\xff'};
    srand(11);
    for (size_t i = 0; i < TEXTS; i++) {
        for (size_t j = 0; j < TEXT_MAX; j++)
            bytes[i][j] = characters[(size_t)rand() % sizeof characters];
        texts[i] = text_make(bytes[i], (size_t)rand() % (TEXT_MAX + 1));
    }
}

static int compare_texts(uint32_t one, uint32_t other, const void *context)
{
    const struct text *t = context;
    return text_compare(t[one], t[other]);
}

Test(text_sort, is_by_bytes_and_leaves_equals_in_their_order)
{
    struct text_key keys[TEXTS];
    make_texts();
    for (uint32_t i = 0; i < TEXTS; i++)
        keys[i] = (struct text_key){text_sort_first(texts[i]), i};
    text_sort(keys, TEXTS, compare_texts, texts);
    for (size_t i = 1; i < TEXTS; i++) {
        const uint32_t a = keys[i - 1].item, b = keys[i].item;
        const int order = text_compare(texts[a], texts[b]);
        cr_assert(order < 0 || (order == 0 && a < b), "%u before %u", a, b);
    }
}

Test(text_sort, of_one_text_or_none)
{
    struct text_key one = {1, 7};
    text_sort(&one, 1, NULL, NULL);
    text_sort(NULL, 0, NULL, NULL);
    cr_assert_eq(one.item, 7);
}
