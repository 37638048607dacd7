#include "indexer/segment/inverter.h"

#include <criterion/criterion.h>
#include <stdio.h>

#include "common/strbuf.h"

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

/* --- what is written, as text -------------------------------------------- */

static enum status begin_term(void *context, const struct term_statistics *s,
                              struct error *err)
{
    (void)err;
    strbuf_append_format(context, " %.*s(%u,%llu,%u)", TEXT_ARG(s->term),
                         s->frequency, (unsigned long long)s->occurrences,
                         s->first_docid);
    return STATUS_OK;
}

static enum status add_postings(void *context, const struct posting *postings,
                                size_t count, struct error *err)
{
    (void)err;
    for (size_t i = 0; i < count; i++)
        strbuf_append_format(context, "%s%u:%u", i ? "," : "=",
                             postings[i].docid, postings[i].count);
    return STATUS_OK;
}

static void expect(struct inverter *inv, const char *expected)
{
    struct error err = ERROR_NONE;
    AUTO_DONE(strbuf) written = STRBUF_INIT(1 << 20);
    const struct posting_sink sink = {begin_term, add_postings, &written};
    cr_assert_eq(inverter_write(inv, &sink, &err), STATUS_OK);
    cr_assert_str_eq(strbuf_string(&written), expected);
}

Test(inverter, terms_come_sorted_and_only_with_postings)
{
    AUTO(inverter) inv = inverter_new();
    inverter_add(inv, inverter_term(inv, text_from("b")), 1, 1);
    inverter_add(inv, inverter_term(inv, text_from("z")), 1, 1);
    inverter_add(inv, inverter_term(inv, text_from("abcdefghij")), 3, 2);
    inverter_add(inv, inverter_term(inv, text_from("abcdefghi")), 3, 1);
    inverter_add(inv, inverter_term(inv, text_from("a")), 2, 1);
    inverter_term(inv, text_from("never"));
    inverter_add(inv, 0, 1, 4);
    expect(inv, " (1,4,1)=1:4 a(1,1,2)=2:1 abcdefghi(1,1,3)=3:1"
                " abcdefghij(1,2,3)=3:2 b(1,1,1)=1:1 z(1,1,1)=1:1");
}

Test(inverter, a_term_has_the_postings_of_those_it_includes)
{
    AUTO(inverter) inv = inverter_new();
    uint32_t run = inverter_term(inv, text_from("run"));
    uint32_t runs = inverter_term(inv, text_from("runs"));
    uint32_t other = inverter_term(inv, text_from("running"));
    uint32_t stem = inverter_term(inv, text_from("Zrun"));
    uint32_t alone = inverter_term(inv, text_from("Zruns"));
    inverter_include(inv, stem, run);
    inverter_add(inv, run, 1, 2);
    inverter_include(inv, stem, runs);
    inverter_include(inv, stem, other);
    inverter_include(inv, alone, runs);
    inverter_add(inv, runs, 1, 3);
    inverter_add(inv, run, 4, 1);
    inverter_add(inv, runs, 5, 1);
    expect(inv, " Zrun(3,7,1)=1:5,4:1,5:1 Zruns(2,4,1)=1:3,5:1"
                " run(2,3,1)=1:2,4:1 runs(2,4,1)=1:3,5:1");
    inverter_add(inv, stem, 6, 9);
    inverter_add(inv, other, 6, 1);
    expect(inv, " Zrun(4,17,1)=1:5,4:1,5:1,6:10 Zruns(2,4,1)=1:3,5:1"
                " run(2,3,1)=1:2,4:1 running(1,1,6)=6:1 runs(2,4,1)=1:3,5:1");
}

Test(inverter, two_that_share_a_term_have_lists_of_their_own)
{
    AUTO(inverter) inv = inverter_new();
    uint32_t one = inverter_list(inv, text_from("ete"));
    uint32_t other = inverter_list(inv, text_from("ete"));
    cr_assert_neq(one, other);
    inverter_include(inv, inverter_term(inv, text_from("Zet")), one);
    inverter_include(inv, inverter_term(inv, text_from("Zete")), other);
    inverter_add(inv, one, 1, 1);
    inverter_add(inv, other, 1, 2);
    inverter_add(inv, other, 3, 1);
    expect(inv, " Zet(1,1,1)=1:1 Zete(2,3,1)=1:2,3:1 ete(2,4,1)=1:3,3:1");
    for (int i = 0; i < 100000; i++) {
        char term[32];
        int len = snprintf(term, sizeof term, "t%d", i);
        inverter_term(inv, text_make(term, (size_t)len));
    }
    cr_assert_eq(inverter_term(inv, text_from("ete")), one);
}

Test(inverter, long_lists_are_written_in_portions)
{
    AUTO(inverter) inv = inverter_new();
    AUTO_DONE(strbuf) expected = STRBUF_INIT(1 << 20);
    uint32_t word = inverter_term(inv, text_from("w"));
    strbuf_append_string(&expected, " w(1000,1000,1)");
    for (uint32_t docid = 1; docid <= 1000; docid++) {
        inverter_add(inv, word, docid, 1);
        strbuf_append_format(&expected, "%s%u:1",
                             docid % POSTING_PORTION == 1 ? "=" : ",", docid);
    }
    expect(inv, expected.ptr);
}

Test(inverter, reset_forgets_all_but_the_empty_term)
{
    AUTO(inverter) inv = inverter_new();
    size_t fresh = inverter_memory(inv);
    for (uint32_t docid = 1; docid < 20000; docid++) {
        char word[16];
        snprintf(word, sizeof word, "w%u", docid);
        uint32_t x = inverter_term(inv, text_from(word));
        word[0] = 'Z';
        inverter_include(inv, inverter_term(inv, text_from(word)), x);
        inverter_add(inv, x, docid, docid);
    }
    inverter_reset(inv);
    expect(inv, "");
    cr_assert_leq(inverter_memory(inv), 2 * fresh);
    cr_assert_eq(inverter_term(inv, text_from("")), 0);
}
