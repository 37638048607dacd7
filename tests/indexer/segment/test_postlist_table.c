/* Postings with gaps, of many chunks, in portions of any size: written by hand
 * into a database of nothing else, read back by the engine. */
#include "indexer/segment/postlist_table.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/engine/glass_postings.h"
#include "common/engine/index.h"
#include "common/engine/writer.h"
#include "common/fields.h"
#include "indexer/segment/inverter.h"
#include "indexer/segment/run_list.h"
#include "indexer/segment/version_file.h"
#include "tests/support/expect_ok.h"
#include "tests/support/tempdir.h"

static char *folder;

static void begin(void)
{
    folder = tempdir_make();
}

static void end(void)
{
    tempdir_remove(folder);
}

TestSuite(postlist_table, .init = begin, .fini = end);

static struct postlist_table *open_table(void)
{
    struct postlist_table *t = NULL;
    OK(postlist_table_new(&t, tempdir_file(folder, "postlist.glass"), &err));
    return t;
}

/* Finishes and frees the table, and opens a database that has only it. */
static struct engine_index *open_index(struct postlist_table *t,
                                       struct version_facts facts)
{
    struct manifest_file file = {.size = 0};
    struct engine_index *index = NULL;
    const struct engine_segment segment = {.path = folder};
    OK(postlist_table_finish(t, &facts.postlist, &file, &err));
    facts.wdf_upper_bound = postlist_table_largest_count(t);
    postlist_table_free(t);
    uuid_make(facts.uuid);
    OK(version_file_write(&facts, tempdir_file(folder, "iamglass"), &file,
                          &err));
    OK(engine_check(folder, NULL, &err));
    OK(engine_index_open(&index, &segment, 1, &err));
    return index;
}

/* A term with these postings, handed over in portions of up to `portion`. */
static void add_term(const struct posting_sink *sink, struct text term,
                     const struct posting *postings, size_t count,
                     size_t portion)
{
    struct term_statistics s = {.term = term,
                                .frequency = (uint32_t)count,
                                .first_docid = postings[0].docid};
    for (size_t i = 0; i < count; i++)
        s.occurrences += postings[i].count;
    OK(sink->begin_term(sink->context, &s, &err));
    for (size_t i = 0; i < count; i += portion)
        OK(sink->postings(sink->context, postings + i,
                          count - i < portion ? count - i : portion, &err));
}

struct expected {
    const struct posting *postings;
    size_t count, seen;
    bool all; /* documents, which the engine counts as 1 each */
};

static bool is_next(void *context, uint32_t docid, uint32_t count)
{
    struct expected *e = context;
    cr_assert_lt(e->seen, e->count);
    cr_assert_eq(docid, e->postings[e->seen].docid);
    cr_assert_eq(count, e->all ? 1 : e->postings[e->seen].count);
    e->seen++;
    return true;
}

static void has_term(struct engine_index *index, struct text term,
                     const struct posting *postings, size_t count)
{
    struct expected e = {postings, count, 0, term.len == 0};
    OK(engine_postings(index, 0, term, is_next, &e, &err));
    cr_assert_eq(e.seen, count);
}

static struct text numbered(char out[32], size_t number)
{
    snprintf(out, 32, "t%03zu", number);
    return text_from(out);
}

Test(postlist_table, docids_with_gaps_up_to_the_largest)
{
    static const struct posting postings[] = {
        {1, 1},        {2, 300},       {0x7ffe, 1},   {0x7fff, 2},
        {0x8000, 3},   {0x8001, 1},    {0x3ffffe, 1}, {0x3fffff, 70000},
        {0x400000, 1}, {0x400080, 16}, {0xffffff, 1}, {ENGINE_DOCID_MAX, 127},
    };
    enum { COUNT = sizeof postings / sizeof *postings };
    char term[32];
    struct postlist_table *t = open_table();
    const struct posting_sink sink = postlist_table_sink(t);
    add_term(&sink, text_from(""), postings, COUNT, COUNT);
    for (size_t i = 0; i < COUNT; i++)
        add_term(&sink, numbered(term, i), postings + i, COUNT - i, 1 + i);
    const struct version_facts facts = {.documents = COUNT,
                                        .last_docid = ENGINE_DOCID_MAX,
                                        .shortest = 1,
                                        .longest = 70000,
                                        .total_length = 70454};
    AUTO(engine_index) index = open_index(t, facts);
    has_term(index, text_from(""), postings, COUNT);
    for (size_t i = 0; i < COUNT; i++)
        has_term(index, numbered(term, i), postings + i, COUNT - i);
}

/* Whether the term "x" has a chunk that begins with this docid. */
static bool has_chunk(uint32_t docid)
{
    const char key[] = {4, 'x', 0, (char)(docid >> 8), (char)docid};
    size_t bytes;
    char *file = tempdir_read(tempdir_file(folder, "postlist.glass"), &bytes);
    bool there = memmem(file, bytes, key, sizeof key) != NULL;
    free(file);
    return there;
}

/* All postings but the first take two bytes, gap and count. */
Test(postlist_table, a_chunk_ends_when_it_has_two_thousand_bytes)
{
    static const struct {
        uint32_t first_count, before; /* of the first; before the last */
        bool second_chunk;
    } cases[] = {
        {1, 1000, false},  /* 1 + 999 * 2 = 1999 bytes */
        {128, 1000, true}, /* 2000 */
        {1, 1001, true},   /* 2001 */
    };
    static struct posting postings[2000];
    for (size_t i = 0; i < 3; i++) {
        const uint32_t count = cases[i].before + 1;
        for (uint32_t j = 0; j < count; j++)
            postings[j] = (struct posting){j + 1, 1};
        postings[0].count = cases[i].first_count;
        struct postlist_table *t = open_table();
        const struct posting_sink sink = postlist_table_sink(t);
        add_term(&sink, text_from(""), postings, count, 1);
        add_term(&sink, text_from("x"), postings, count, 1 + i * 500);
        const struct version_facts facts = {.documents = count,
                                            .last_docid = count,
                                            .shortest = 1,
                                            .longest = 128,
                                            .total_length = 2 * count};
        AUTO(engine_index) index = open_index(t, facts);
        has_term(index, text_from(""), postings, count);
        has_term(index, text_from("x"), postings, count);
        cr_assert_eq(has_chunk(count), cases[i].second_chunk, "case %zu", i);
    }
}

/* More runs than are open at once, whose docids are far apart. */
Test(postlist_table, runs_with_gaps_are_merged_in_order)
{
    enum { RUNS = 2 * RUN_LIST_WIDTH + 15, STEP = 200003 };
    static struct posting all[RUNS];
    char term[32];
    AUTO(run_list) runs = run_list_new(folder);
    AUTO(inverter) inv = inverter_new();
    for (uint32_t i = 0; i < RUNS; i++) {
        all[i] = (struct posting){1 + i * STEP, i + 1};
        const uint32_t terms[] = {0, inverter_term(inv, text_from("all")),
                                  inverter_term(inv, numbered(term, i))};
        for (size_t j = 0; j < 3; j++)
            inverter_add(inv, terms[j], all[i].docid, all[i].count);
        OK(run_list_add(runs, inv, &err));
        inverter_reset(inv);
    }
    struct postlist_table *t = open_table();
    const struct posting_sink sink = postlist_table_sink(t);
    OK(run_list_write(runs, &sink, &err));
    const struct version_facts facts = {.documents = RUNS,
                                        .last_docid = all[RUNS - 1].docid,
                                        .shortest = 1,
                                        .longest = 2 * RUNS,
                                        .total_length = RUNS * (RUNS + 1)};
    AUTO(engine_index) index = open_index(t, facts);
    has_term(index, text_from(""), all, RUNS);
    has_term(index, text_from("all"), all, RUNS);
    for (uint32_t i = 0; i < RUNS; i++)
        has_term(index, numbered(term, i), &all[i], 1);
}

/* The same past the engine, one after the other and in leaps. */
static void reads_directly(struct text term, const struct posting *postings,
                           size_t count)
{
    struct glass_version version;
    struct glass_tree tree;
    struct glass_postings p;
    cr_assert(glass_version_read(&version, folder));
    cr_assert(glass_tree_open(&tree, tempdir_file(folder, "postlist.glass"),
                              &version.tables[GLASS_POSTLIST]));
    for (size_t leap = 1; leap < count; leap = leap * 7 + 1) {
        size_t i = 0;
        enum glass_state state = glass_postings_open(&p, &tree, term);
        for (; state == GLASS_THERE && i < count; i += leap) {
            cr_assert_eq(p.docid, postings[i].docid);
            cr_assert_eq(p.count, postings[i].count);
            state = leap == 1 ? glass_postings_next(&p)
                              : glass_postings_seek(&p, p.docid + leap);
        }
        cr_assert_eq(state, GLASS_END);
        cr_assert_geq(i, count);
        glass_postings_done(&p);
    }
    glass_tree_done(&tree);
}

enum { ALIKE = 20000, ALIKE_BYTES = 2 * ALIKE };

/* Size of a table of so many postings of one length for each document, and as
 * many of the term. */
static size_t size_with_term(struct text term)
{
    static struct posting postings[ALIKE];
    for (uint32_t i = 0; i < ALIKE; i++)
        postings[i] = (struct posting){i + 1, 1};
    struct postlist_table *t = open_table();
    const struct posting_sink sink = postlist_table_sink(t);
    add_term(&sink, text_from(""), postings, ALIKE, ALIKE);
    add_term(&sink, term, postings, ALIKE, ALIKE);
    const struct version_facts facts = {.documents = ALIKE,
                                        .last_docid = ALIKE,
                                        .shortest = 1,
                                        .longest = 1,
                                        .total_length = ALIKE};
    AUTO(engine_index) index = open_index(t, facts);
    has_term(index, text_from(""), postings, ALIKE);
    has_term(index, term, postings, ALIKE);
    reads_directly(term, postings, ALIKE);
    size_t bytes;
    free(tempdir_read(tempdir_file(folder, "postlist.glass"), &bytes));
    return bytes;
}

Test(postlist_table, frequent_stems_and_lengths_stay_plain)
{
    cr_assert_gt(size_with_term(text_from("Zgas")), 2 * ALIKE_BYTES);
    cr_assert_gt(size_with_term(text_from("ZSgas")), 2 * ALIKE_BYTES);
    cr_assert_lt(size_with_term(text_from("gas")), ALIKE_BYTES * 5 / 4);
    cr_assert_lt(size_with_term(text_from("Len")), ALIKE_BYTES * 5 / 4);
}

static size_t size_with_values(uint32_t slot)
{
    struct manifest_file file;
    struct btree_root root;
    char chunk[POSTLIST_CHUNK] = {0};
    AUTO(postlist_table) t = open_table();
    for (uint32_t i = 0; i < 40; i++)
        OK(postlist_table_values(t, slot, 1 + i * POSTLIST_CHUNK / 2,
                                 text_make(chunk, sizeof chunk), &err));
    OK(postlist_table_finish(t, &root, &file, &err));
    return file.size;
}

Test(postlist_table, values_that_decide_what_is_found_stay_plain)
{
    for (uint32_t slot = 0; slot < SLOT_COUNT; slot++) {
        bool plain = size_with_values(slot) > 40 * POSTLIST_CHUNK;
        cr_assert_eq(plain, slot == SLOT_PUBLISHED || slot == SLOT_WORDS,
                     "slot %u", slot);
    }
}
