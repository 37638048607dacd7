/* Hand-made documents, written directly, read back by the engine. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/engine/index.h"
#include "common/engine/writer.h"
#include "common/mem.h"
#include "indexer/tables.h"
#include "tests/support/expect_ok.h"
#include "tests/support/tempdir.h"

enum { PLENTY = 1 << 30, DATA_MAX = 1 << 24 };

static struct text bytes(const char *string)
{
    return text_from(string);
}

static struct tables *open_tables(const char *folder, size_t memory)
{
    struct tables *t = NULL;
    OK(tables_glass.open(&t, folder, memory, &err));
    return t;
}

static struct manifest_segment finish(struct tables *t)
{
    struct manifest_segment segment = {.name = "segment"};
    OK(tables_glass.finish(t, &segment, &err));
    tables_glass.free(t);
    return segment;
}

static void add(struct tables *t, const struct document *d)
{
    OK(tables_glass.add(t, d, &err));
}

static struct engine_index *open_index(const char *folder)
{
    struct engine_index *index = NULL;
    const struct engine_segment segment = {.path = folder};
    OK(engine_index_open(&index, &segment, 1, &err));
    return index;
}

static void check(const char *folder)
{
    OK(engine_check(folder, NULL, &err));
}

/* --- reading back -------------------------------------------------------- */

struct postings {
    uint32_t docids[64], counts[64];
    size_t count;
};

static bool keep_posting(void *context, uint32_t docid, uint32_t count)
{
    struct postings *p = context;
    if (p->count < 64) {
        p->docids[p->count] = docid;
        p->counts[p->count] = count;
    }
    p->count++;
    return true;
}

static struct postings postings(struct engine_index *index, struct text term)
{
    struct postings p = {.count = 0};
    OK(engine_postings(index, 0, term, keep_posting, &p, &err));
    return p;
}

static void has_posting(struct engine_index *index, struct text term,
                        uint32_t docid, uint32_t count)
{
    const struct postings p = postings(index, term);
    cr_assert_eq(p.count, 1, "%zu postings of '%.*s'", p.count, (int)term.len,
                 term.ptr);
    cr_assert_eq(p.docids[0], docid);
    cr_assert_eq(p.counts[0], count);
}

static void has_data(struct engine_index *index, uint32_t docid,
                     struct text expected)
{
    AUTO_DONE(strbuf) data = STRBUF_INIT(DATA_MAX);
    const struct engine_document document = {0, docid};
    OK(engine_document_data(index, document, &data, &err));
    cr_assert(text_equal(strbuf_text(&data), expected), "data of %u", docid);
}

static void has_value(struct engine_index *index, uint32_t docid, uint32_t slot,
                      struct text expected)
{
    AUTO_DONE(strbuf) value = STRBUF_INIT(DATA_MAX);
    const struct engine_document document = {0, docid};
    OK(engine_document_value(index, document, slot, &value, &err));
    cr_assert(text_equal(strbuf_text(&value), expected), "value %u of %u", slot,
              docid);
}

static bool count_term(void *context, struct text term, uint32_t frequency)
{
    (void)term;
    (void)frequency;
    ++*(size_t *)context;
    return true;
}

static size_t term_count(struct engine_index *index)
{
    size_t count = 0;
    OK(engine_terms(index, 0, bytes(""), count_term, &count, &err));
    return count;
}

/* --- golden bytes -------------------------------------------------------- */

/* Two documents that libxapian wrote itself; what follows are its bytes, but
 * for what the segments of this project have not (positions, metadata). */
static void make_golden(const char *folder)
{
    static const struct lexeme cat = {{"cat", 3}, {"cat", 3}, {NULL, 0}, 0, 0};
    static const struct lexeme cats = {{"cats", 4}, {NULL, 0}, {NULL, 0}, 1, 0};
    static const struct lexeme dog = {{"dog", 3}, {"dog", 3}, {NULL, 0}, 2, 0};
    static const struct word_count first[] = {{&cat, 3, 0, 0, 0},
                                              {&dog, 1, 0, 0, 2}};
    static const struct word_count second[] = {{&cat, 1, 0, 0, 0},
                                               {&cats, 2, 0, 0, 1}};
    static const struct document_term q1[] = {{{"Q1", 2}, 0}};
    static const struct document_term q2[] = {{{"Q2", 2}, 0}, {{"Zcat", 4}, 2}};
    char a[60]; /* long enough for ours to deflate as zlib does */
    memset(a, 'a', sizeof a);
    struct tables *t = open_tables(folder, PLENTY);
    add(t, &(struct document){.words = first,
                              .word_count = 2,
                              .terms = q1,
                              .term_count = 1,
                              .values = {[0] = {"19870226", 8}},
                              .data = {"hello", 5}});
    add(t, &(struct document){.words = second,
                              .word_count = 2,
                              .terms = q2,
                              .term_count = 2,
                              .values = {[0] = {"19870301", 8}, [3] = {"x", 1}},
                              .data = {a, sizeof a}});
    finish(t);
}

#define ITEM(literal)                                                          \
    {                                                                          \
        literal, sizeof(literal) - 1                                           \
    }

static void has_items(const char *path, const struct text *items, size_t count)
{
    size_t size;
    char *file = tempdir_read(path, &size);
    const unsigned char *block = (unsigned char *)file;
    cr_assert_eq(size, 8192, "one block");
    cr_assert_eq(block[9] << 8 | block[10], 11 + 2 * (int)count);
    for (size_t i = 0; i < count; i++) {
        size_t at = (size_t)block[11 + 2 * i] << 8 | block[12 + 2 * i];
        cr_assert_arr_eq(file + at, items[i].ptr, items[i].len,
                         "item number %zu", i);
    }
    free(file);
}

Test(tables_glass, postings_and_values_are_as_libxapian_writes_them)
{
    static const struct text items[] = {
        ITEM("\x60\x00\x00"),
        ITEM("\x60\x14\x02\x00\xd0\x02\x08"
             "1987022619870301"),
        ITEM("\x60\x06\x03\x00\xd0\x03\x01\x01x"),
        ITEM("\x60\x18\x05\x00\xd8\x00\x00\x01\x08"
             "19870226\x00\x08"
             "19870301"),
        ITEM("\x60\x07\x05\x00\xd8\x03\x00\x02\x01x"),
        ITEM("\x60\x0a\x02\x00\xe0\x00\x00\x00\x31\x01\x08\x00\x06"),
        ITEM("\x60\x08\x02Q1\x01\x00\x00\x31\x00\x00"),
        ITEM("\x60\x08\x02Q2\x01\x00\x01\x31\x00\x00"),
        ITEM("\x60\x0c\x04Zcat\x02\x06\x00\x31\x01\x03\x00\x03"),
        ITEM("\x60\x0a\x04Zdog\x01\x01\x00\x31\x00\x01"),
        ITEM("\x60\x0b\x03"
             "cat\x02\x04\x00\x31\x01\x03\x00\x01"),
        ITEM("\x60\x0a\x04"
             "cats\x01\x02\x01\x31\x00\x02"),
        ITEM("\x60\x09\x03"
             "dog\x01\x01\x00\x31\x00\x01"),
    };
    char *folder = tempdir_make();
    make_golden(folder);
    has_items(tempdir_file(folder, "postlist.glass"), items,
              sizeof items / sizeof *items);
    tempdir_remove(folder);
}

Test(tables_glass, data_is_as_libxapian_writes_it)
{
    static const struct text items[] = {
        ITEM("\x60\x00\x00"),
        ITEM("\x60\x07\x02\x00\x01hello"),
        ITEM("\xe0\x08\x02\x00\x02\x4b\x4c\x24\x1f\x00\x00"),
    };
    char *folder = tempdir_make();
    make_golden(folder);
    has_items(tempdir_file(folder, "docdata.glass"), items,
              sizeof items / sizeof *items);
    tempdir_remove(folder);
}

Test(tables_glass, the_version_file_is_as_libxapian_writes_it)
{
    static const char head[] = "\x0f\x0dXapian Glass\x04\x6e";
    static const char tail[] = "\x01"
                               "\x00\x02\x0c\x04\x00\x06\x01\x01\0\0\0\0"
                               "\x00\x02\x02\x04\x12\x06\x01\x01\0\0\0\0"
                               "\x00\x03\x00\x04\x12\x00"
                               "\x00\x03\x00\x04\x00\x00"
                               "\x00\x03\x00\x04\x12\x00"
                               "\x00\x03\x00\x04\x12\x00"
                               "\x02\x00\x06\x03\x05\x00\x0e\x00";
    enum { HEAD = sizeof head - 1, TAIL = sizeof tail - 1, UUID = 16 };
    char *folder = tempdir_make();
    make_golden(folder);
    size_t size;
    char *file = tempdir_read(tempdir_file(folder, "iamglass"), &size);
    cr_assert_eq(size, HEAD + UUID + TAIL);
    cr_assert_arr_eq(file, head, HEAD);
    cr_assert_arr_eq(file + HEAD + UUID, tail, TAIL);
    free(file);
    tempdir_remove(folder);
}

/* --- the odd ------------------------------------------------------------- */

static void add_term(struct tables *t, struct text term, uint32_t count)
{
    const struct document_term terms[] = {{term, count}};
    add(t, &(struct document){.terms = terms, .term_count = 1});
}

static struct text repeated(char *buffer, char c, size_t len)
{
    memset(buffer, c, len);
    return text_make(buffer, len);
}

Test(tables_glass, terms_of_any_bytes_and_up_to_245_of_them)
{
    char long_term[245], nuls[122];
    const struct text terms[] = {
        ITEM("plain"),
        ITEM("\0"),
        ITEM("\0\xe0"),
        ITEM("a"),
        ITEM("a\0"),
        ITEM("a\0b"),
        ITEM("a\0\xff"),
        ITEM("a\xff"),
        ITEM("\xff\xff"),
        repeated(long_term, 'x', sizeof long_term),
        repeated(nuls, '\0', sizeof nuls),
    };
    enum { COUNT = sizeof terms / sizeof *terms };
    char *folder = tempdir_make();
    struct tables *t = open_tables(folder, PLENTY);
    for (uint32_t i = 0; i < COUNT; i++)
        add_term(t, terms[i], i);
    finish(t);
    check(folder);
    AUTO(engine_index) index = open_index(folder);
    for (uint32_t i = 0; i < COUNT; i++)
        has_posting(index, terms[i], i + 1, i);
    cr_assert_eq(term_count(index), COUNT);
    tempdir_remove(folder);
}

Test(tables_glass, a_term_that_no_reader_takes_is_refused)
{
    char letters[246], nuls[123];
    const struct text terms[] = {
        {NULL, 0},
        repeated(letters, 'x', sizeof letters),
        repeated(nuls, '\0', sizeof nuls),
    };
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
        char *folder = tempdir_make();
        struct error err = ERROR_NONE;
        struct tables *t = open_tables(folder, PLENTY);
        const struct document_term term = {terms[i], 1};
        const struct document d = {.terms = &term, .term_count = 1};
        cr_assert_eq(tables_glass.add(t, &d, &err), STATUS_INTERNAL);
        tables_glass.free(t);
        tempdir_remove(folder);
    }
}

Test(tables_glass, documents_without_anything)
{
    char *folder = tempdir_make();
    struct tables *t = open_tables(folder, PLENTY);
    const struct document nothing = {.word_count = 0};
    add(t, &nothing);
    add_term(t, bytes("middle"), 3);
    add(t, &nothing);
    finish(t);
    check(folder);
    AUTO(engine_index) index = open_index(folder);
    cr_assert_eq(engine_index_documents(index, 0), 3);
    cr_assert_eq(engine_index_last_docid(index, 0), 3);
    cr_assert_eq(postings(index, bytes("")).count, 3);
    has_posting(index, bytes("middle"), 2, 3);
    for (uint32_t docid = 1; docid <= 3; docid++) {
        has_data(index, docid, bytes(""));
        has_value(index, docid, 0, bytes(""));
    }
    tempdir_remove(folder);
}

Test(tables_glass, no_documents_at_all)
{
    char *folder = tempdir_make();
    finish(open_tables(folder, PLENTY));
    check(folder);
    AUTO(engine_index) index = open_index(folder);
    cr_assert_eq(engine_index_documents(index, 0), 0);
    cr_assert_eq(term_count(index), 0);
    tempdir_remove(folder);
}

Test(tables_glass, values_of_all_slots_and_many_lengths)
{
    enum { LONGEST = 1 << 16 };
    static const size_t lengths[] = {1,    127,  128,   129,    1998,
                                     1999, 2000, 20000, LONGEST};
    enum { COUNT = sizeof lengths / sizeof *lengths };
    static char buffer[LONGEST];
    memset(buffer, 'v', sizeof buffer);
    char *folder = tempdir_make();
    struct tables *t = open_tables(folder, PLENTY);
    for (size_t i = 0; i < COUNT; i++) {
        struct document d = {.word_count = 0};
        for (unsigned slot = 0; slot < SLOT_COUNT; slot++)
            d.values[slot] = text_make(buffer, lengths[(i + slot) % COUNT]);
        add(t, &d);
    }
    finish(t);
    check(folder);
    AUTO(engine_index) index = open_index(folder);
    for (uint32_t i = 0; i < COUNT; i++)
        for (unsigned slot = 0; slot < SLOT_COUNT; slot++)
            has_value(index, i + 1, slot,
                      text_make(buffer, lengths[(i + slot) % COUNT]));
    tempdir_remove(folder);
}

Test(tables_glass, huge_counts)
{
    char *folder = tempdir_make();
    struct tables *t = open_tables(folder, 1);
    for (uint32_t i = 0; i < 8; i++)
        add_term(t, bytes("much"), UINT32_MAX / 2 + i);
    finish(t);
    check(folder);
    AUTO(engine_index) index = open_index(folder);
    const struct postings p = postings(index, bytes("much"));
    cr_assert_eq(p.count, 8);
    for (uint32_t i = 0; i < 8; i++)
        cr_assert_eq(p.counts[i], UINT32_MAX / 2 + i);
    tempdir_remove(folder);
}

/* --- many ---------------------------------------------------------------- */

/* Document `docid` has "all", its number modulo each of these as a term, and
 * the modulus as the count; every third has data and a value. */
static const uint32_t moduli[] = {2, 7, 100, 9973};
enum { MODULI = sizeof moduli / sizeof *moduli };

static void add_numbered(struct tables *t, uint32_t docid)
{
    char texts[MODULI][32], data[64];
    struct document_term terms[MODULI + 1];
    for (size_t i = 0; i < MODULI; i++) {
        snprintf(texts[i], sizeof texts[i], "m%u=%u", moduli[i],
                 docid % moduli[i]);
        terms[i] = (struct document_term){text_from(texts[i]), moduli[i]};
    }
    terms[MODULI] = (struct document_term){{"all", 3}, docid % 300};
    struct document d = {.terms = terms, .term_count = MODULI + 1};
    snprintf(data, sizeof data, "data of document %u, 000000000", docid);
    if (docid % 3 == 0) {
        d.data = text_from(data);
        d.values[docid % SLOT_COUNT] = text_from(data);
    }
    add(t, &d);
}

struct expected {
    uint32_t modulus, rest, docid; /* of the posting before */
};

static bool is_next(void *context, uint32_t docid, uint32_t count)
{
    struct expected *e = context;
    e->docid++;
    while (e->docid % e->modulus != e->rest)
        e->docid++;
    cr_assert_eq(docid, e->docid);
    cr_assert_eq(count, e->modulus == 1 ? docid % 300 : e->modulus);
    return true;
}

static void has_numbered(struct engine_index *index, uint32_t modulus,
                         uint32_t rest, uint32_t documents)
{
    struct expected e = {modulus, rest, 0};
    char term[32];
    snprintf(term, sizeof term, "m%u=%u", modulus, rest);
    OK(engine_postings(index, 0, modulus == 1 ? bytes("all") : text_from(term),
                       is_next, &e, &err));
    cr_assert_gt(e.docid + modulus, documents, "'%s' ends at %u", term,
                 e.docid);
}

Test(tables_glass, forty_thousand_documents)
{
    enum { COUNT = 40000 };
    char *folder = tempdir_make();
    struct tables *t = open_tables(folder, PLENTY);
    for (uint32_t docid = 1; docid <= COUNT; docid++)
        add_numbered(t, docid);
    finish(t);
    check(folder);
    AUTO(engine_index) index = open_index(folder);
    cr_assert_eq(engine_index_last_docid(index, 0), COUNT);
    has_numbered(index, 1, 0, COUNT);
    for (size_t i = 0; i < MODULI; i++)
        for (uint32_t rest = 0; rest < moduli[i]; rest += 1 + moduli[i] / 9)
            has_numbered(index, moduli[i], rest, COUNT);
    for (uint32_t docid = 1; docid <= COUNT; docid += 331) {
        char data[64];
        snprintf(data, sizeof data, "data of document %u, 000000000", docid);
        struct text there = docid % 3 == 0 ? text_from(data) : bytes("");
        has_data(index, docid, there);
        has_value(index, docid, docid % SLOT_COUNT, there);
        has_value(index, docid, (docid + 1) % SLOT_COUNT, bytes(""));
    }
    tempdir_remove(folder);
}

static void same_file(const char *a, const char *b, const char *name)
{
    size_t a_size, b_size;
    char *one = tempdir_read(tempdir_file(a, name), &a_size);
    char *other = tempdir_read(tempdir_file(b, name), &b_size);
    cr_assert_eq(a_size, b_size);
    cr_assert(memcmp(one, other, a_size) == 0, "'%s' differs", name);
    free(one);
    free(other);
}

/* More runs than are ever open at once, merged in several rounds. */
Test(tables_glass, sorted_runs_make_the_same_tables_as_one_pass)
{
    static const uint32_t counts[] = {1, 2, 31, 32, 33, 63, 64, 1100};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        char *whole = tempdir_make(), *runs = tempdir_make();
        struct tables *a = open_tables(whole, PLENTY);
        struct tables *b = open_tables(runs, 1);
        for (uint32_t docid = 1; docid <= counts[i]; docid++) {
            add_numbered(a, docid);
            add_numbered(b, docid);
        }
        finish(a);
        finish(b);
        same_file(whole, runs, "postlist.glass");
        same_file(whole, runs, "docdata.glass");
        tempdir_remove(whole);
        tempdir_remove(runs);
    }
}
