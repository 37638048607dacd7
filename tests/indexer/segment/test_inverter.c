#include "indexer/segment/inverter.h"

#include <criterion/criterion.h>
#include <stdio.h>

Test(inverter, a_term_keeps_its_number)
{
    AUTO(inverter) inv = inverter_new();
    uint32_t nord = inverter_term(inv, text_from("nord"));
    uint32_t zero = inverter_term(inv, text_make("no\0d", 4));
    cr_assert_neq(nord, zero);
    for (int i = 0; i < 100000; i++) {
        char term[32];
        int len = snprintf(term, sizeof term, "t%d", i);
        inverter_term(inv, text_make(term, (size_t)len));
    }
    cr_assert_eq(inverter_term(inv, text_from("nord")), nord);
    cr_assert_eq(inverter_term(inv, text_make("no\0d", 4)), zero);
    cr_assert_eq(inverter_term(inv, text_from("")), 0);
}

Test(inverter, terms_come_sorted_and_only_with_postings)
{
    AUTO(inverter) inv = inverter_new();
    inverter_add(inv, inverter_term(inv, text_from("b")), 1, 1);
    inverter_add(inv, inverter_term(inv, text_from("\xff")), 1, 1);
    inverter_add(inv, inverter_term(inv, text_from("a")), 2, 1);
    inverter_term(inv, text_from("never"));
    inverter_add(inv, 0, 1, 4);
    size_t count;
    const struct inverted_term *terms = inverter_sorted(inv, &count);
    cr_assert_eq(count, 4);
    cr_assert_eq(terms[0].term.len, 0);
    cr_assert(text_is(terms[1].term, "a"));
    cr_assert(text_is(terms[2].term, "b"));
    cr_assert(text_is(terms[3].term, "\xff"));
    cr_assert_eq(terms[1].postings->docid, 2);
}

Test(inverter, reset_forgets_all_but_the_empty_term)
{
    AUTO(inverter) inv = inverter_new();
    size_t fresh = inverter_memory(inv), count;
    for (uint32_t docid = 1; docid < 20000; docid++) {
        char word[16];
        snprintf(word, sizeof word, "w%u", docid);
        inverter_add(inv, inverter_term(inv, text_from(word)), docid, docid);
    }
    inverter_sorted(inv, &count);
    inverter_reset(inv);
    inverter_sorted(inv, &count);
    cr_assert_eq(count, 0);
    cr_assert_leq(inverter_memory(inv), 2 * fresh);
    cr_assert_eq(inverter_term(inv, text_from("")), 0);
}
