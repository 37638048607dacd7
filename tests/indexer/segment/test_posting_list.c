#include "indexer/segment/posting_list.h"

#include <criterion/criterion.h>
#include <stdlib.h>

Test(posting_list, an_empty_list_has_no_postings)
{
    struct posting_list list = {0};
    struct posting_cursor cursor;
    uint32_t docid, count;
    posting_cursor_start(&cursor, &list);
    cr_assert_not(posting_cursor_next(&cursor, &docid, &count));
}

Test(posting_list, counts_of_one_document_add_up)
{
    AUTO_DONE(arena) arena = ARENA_INIT;
    struct posting_list list = {0};
    cr_assert_eq(posting_list_add(&list, 7, 2, &arena), 2);
    cr_assert_eq(posting_list_add(&list, 7, 0, &arena), 2);
    cr_assert_eq(posting_list_add(&list, 7, 3, &arena), 5);
    cr_assert_eq(posting_list_add(&list, 9, 1, &arena), 1);
    cr_assert_eq(list.frequency, 2);
    cr_assert_eq(list.occurrences, 6);
}

Test(posting_list, many_postings_come_back_as_they_went_in)
{
    enum { MANY = 30000 };
    AUTO_DONE(arena) arena = ARENA_INIT;
    struct posting_list list = {0};
    uint32_t docid = 0;
    srand(7);
    for (int i = 0; i < MANY; i++) {
        docid += 1 + (uint32_t)rand() % (i % 100 == 0 ? 1000000 : 3);
        posting_list_add(&list, docid, (uint32_t)i * 70000u, &arena);
    }
    struct posting_cursor cursor;
    uint32_t expected = 0, count, seen = 0;
    srand(7);
    posting_cursor_start(&cursor, &list);
    while (posting_cursor_next(&cursor, &docid, &count)) {
        expected += 1 + (uint32_t)rand() % (seen % 100 == 0 ? 1000000 : 3);
        cr_assert_eq(docid, expected);
        cr_assert_eq(count, seen * 70000u);
        seen++;
    }
    cr_assert_eq(seen, MANY);
    cr_assert_eq(list.frequency, MANY);
}
