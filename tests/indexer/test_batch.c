#include "indexer/batch.h"

#include <criterion/criterion.h>

Test(batch, a_new_one_is_empty_and_not_full)
{
    AUTO(batch) b = batch_new();
    cr_assert_eq(b->count, 0);
    cr_assert_not(batch_is_full(b));
}

Test(batch, keeps_articles_in_order_with_nothing_decided)
{
    AUTO(batch) b = batch_new();
    const struct article first = {.id = TEXT("a")}, second = {.id = TEXT("b")};
    cr_assert_eq(batch_add(b, &first), &b->entries[0]);
    b->entries[1].ingest.sequence = 7; /* of what stood there before */
    b->entries[1].decision = DECISION_UNCHANGED;
    cr_assert_eq(batch_add(b, &second), &b->entries[1]);
    cr_assert(text_is(b->entries[0].article.id, "a"));
    cr_assert(text_is(b->entries[1].article.id, "b"));
    cr_assert_eq(b->entries[1].ingest.sequence, 0);
    cr_assert_eq(b->entries[1].decision, DECISION_ADD);
}

Test(batch, is_full_with_its_last_article_and_not_before)
{
    AUTO(batch) b = batch_new();
    const struct article article = {.id = TEXT("a")};
    for (int i = 0; i < BATCH_ARTICLES; i++) {
        cr_assert_not(batch_is_full(b), "%d", i);
        batch_add(b, &article);
    }
    cr_assert(batch_is_full(b));
}

Test(batch, is_full_when_its_texts_are_many_bytes)
{
    AUTO(batch) b = batch_new();
    char *text = arena_alloc(&b->arena, BATCH_BYTES - 64);
    cr_assert_not(batch_is_full(b));
    const struct article article = {.id = text_make(text, 1)};
    batch_add(b, &article);
    cr_assert_not(batch_is_full(b));
    text = arena_alloc(&b->arena, 64);
    cr_assert(batch_is_full(b), "%p", (void *)text);
}

Test(batch, freeing_none_is_fine)
{
    batch_free(NULL);
}
