/* Postings and lengths read past the engine are what the engine gives. */
#include "common/engine/glass_lengths.h"
#include "common/engine/glass_postings.h"

#include "tests/common/engine_fixture.h"

enum { DOCUMENTS = 30000, PASSES = 3 };

static uint32_t length_of(uint32_t docid);

/* Every document has "all", every n-th "n", the counts vary; "one" and "gap"
 * have few. Lists of one chunk, of many, and with gaps over many chunks. */
static uint32_t count_of(const char *term, uint32_t docid)
{
    if (!*term)
        return length_of(docid);
    if (strcmp(term, "all") == 0)
        return docid % 977 == 0 ? 70000 + docid : docid % 200;
    if (strcmp(term, "one") == 0)
        return docid == 77;
    if (strcmp(term, "gap") == 0)
        return docid < 3000 || docid > 29000 ? docid % 300 + 1 : 0;
    return docid % (uint32_t)strtoul(term, NULL, 10) == 0;
}

static const char *const terms[] = {"2", "3", "400", "all", "gap", "one"};
enum { TERMS = sizeof terms / sizeof *terms };

static bool has(const char *term, uint32_t docid)
{
    return !*term || strcmp(term, "all") == 0 || count_of(term, docid) > 0;
}

static uint32_t length_of(uint32_t docid)
{
    uint32_t length = 0;
    for (size_t i = 0; i < TERMS; i++)
        length += count_of(terms[i], docid);
    return length;
}

static const char *write_segment(const char *dir)
{
    const char *path = fixture_path(dir, "s");
    struct engine_writer *w = fixture_writer(path);
    for (uint32_t docid = 1; docid <= DOCUMENTS; docid++) {
        uint32_t got;
        for (size_t i = 0; i < TERMS; i++)
            if (has(terms[i], docid))
                OK(engine_writer_term(w, text_from(terms[i]),
                                      count_of(terms[i], docid), &err));
        OK(engine_writer_end(w, &got, &err));
    }
    fixture_commit(w);
    return path;
}

static bool open_tree(struct glass_tree *out, const char *path)
{
    struct glass_version version;
    cr_assert(glass_version_read(&version, path));
    return glass_tree_open(out, tempdir_file(path, "postlist.glass"),
                           &version.tables[GLASS_POSTLIST]);
}

static uint32_t next_with(const char *term, uint32_t docid)
{
    while (docid <= DOCUMENTS && !has(term, docid))
        docid++;
    return docid;
}

static void walk(const struct glass_tree *tree, const char *term)
{
    struct glass_postings p;
    uint32_t docid = next_with(term, 1), count = 0;
    enum glass_state state = glass_postings_open(&p, tree, text_from(term));
    const uint32_t frequency = p.frequency;
    for (; state == GLASS_THERE; state = glass_postings_next(&p), count++) {
        cr_assert_eq(p.docid, docid);
        cr_assert_eq(p.count, count_of(term, docid));
        docid = next_with(term, docid + 1);
    }
    cr_assert_eq(state, GLASS_END);
    cr_assert_gt(docid, DOCUMENTS);
    cr_assert_eq(count, frequency);
    glass_postings_done(&p);
}

/* Up to every `by`-th document; what is read by runs is all there is. */
static void read_runs(const struct glass_tree *tree, const char *term,
                      uint32_t by)
{
    struct glass_postings p;
    struct glass_run run;
    uint32_t docid = next_with(term, 1);
    enum glass_state state = glass_postings_open(&p, tree, text_from(term));
    for (uint32_t last = by; state == GLASS_THERE;) {
        state = glass_postings_read(&p, last, &run);
        for (size_t i = 0; i < run.count; i++) {
            cr_assert_leq(docid, last);
            cr_assert_eq(run.docids[i], docid, "%s by %u", term, by);
            cr_assert_eq(run.counts[i], count_of(term, docid));
            docid = next_with(term, docid + 1);
        }
        cr_assert(run.count == GLASS_RUN || docid > last || state == GLASS_END);
        cr_assert(state == GLASS_END || p.docid == docid);
        while (docid > last)
            last += by;
    }
    cr_assert_eq(state, GLASS_END);
    cr_assert_gt(docid, DOCUMENTS);
    glass_postings_done(&p);
}

/* Rows of up to `by` documents, and one by one what is not in a row; how many
 * were. */
static uint32_t read_rows(const struct glass_tree *tree, const char *term,
                          uint32_t by)
{
    static uint32_t counts[DOCUMENTS];
    struct glass_postings p;
    uint32_t docid = next_with(term, 1), in_rows = 0;
    enum glass_state state = glass_postings_open(&p, tree, text_from(term));
    while (state == GLASS_THERE) {
        const uint32_t first = p.docid,
                       taken =
                           glass_postings_read_row(&p, first + by - 1, counts);
        cr_assert_leq(taken, by);
        cr_assert_eq(p.docid, first + taken);
        for (uint32_t i = 0; i < taken; i++, docid = next_with(term, docid + 1))
            cr_assert(docid == first + i && counts[i] == count_of(term, docid),
                      "%s by %u at %u", term, by, docid);
        in_rows += taken;
        cr_assert_eq(p.docid, docid);
        cr_assert_eq(p.count, count_of(term, docid));
        docid = next_with(term, docid + 1);
        state = glass_postings_next(&p);
    }
    cr_assert_eq(state, GLASS_END);
    cr_assert_gt(docid, DOCUMENTS);
    glass_postings_done(&p);
    return in_rows;
}

static void leap(const struct glass_tree *tree, const char *term, uint32_t by)
{
    struct glass_postings p;
    enum glass_state state = glass_postings_open(&p, tree, text_from(term));
    cr_assert_eq(state, GLASS_THERE);
    for (uint32_t docid = by;; docid += by) {
        const uint32_t expected = next_with(term, docid);
        state = glass_postings_seek(&p, docid);
        cr_assert_eq(state == GLASS_END, expected > DOCUMENTS);
        if (state != GLASS_THERE)
            break;
        cr_assert_eq(p.docid, expected, "%s from %u", term, docid);
        cr_assert_eq(p.count, count_of(term, expected));
        docid = p.docid;
    }
    cr_assert_eq(state, GLASS_END);
    glass_postings_done(&p);
}

Test(engine_glass_postings, every_posting_is_there)
{
    char *dir = tempdir_make();
    const char *path = write_segment(dir);
    const char *compact = fixture_path(dir, "c");
    struct glass_tree tree;
    cr_assert(open_tree(&tree, path));
    for (size_t i = 0; i < TERMS; i++)
        walk(&tree, terms[i]);
    glass_tree_done(&tree);
    OK(engine_compact(compact, &path, 1, &err));
    cr_assert(open_tree(&tree, compact));
    for (size_t i = 0; i < TERMS; i++)
        walk(&tree, terms[i]);
    glass_tree_done(&tree);
    tempdir_remove(dir);
}

Test(engine_glass_postings, a_leap_ends_at_the_next_posting)
{
    char *dir = tempdir_make();
    struct glass_tree tree;
    cr_assert(open_tree(&tree, write_segment(dir)));
    for (size_t i = 0; i <= TERMS; i++)
        for (uint32_t by = 1; by <= 2 * DOCUMENTS; by = by * 3 / 2 + 1)
            leap(&tree, i < TERMS ? terms[i] : "", by);
    glass_tree_done(&tree);
    tempdir_remove(dir);
}

Test(engine_glass_postings, runs_end_where_they_are_to_or_are_full)
{
    static const uint32_t by[] = {1, 7, 64, 1000, GLASS_RUN + 1, DOCUMENTS};
    char *dir = tempdir_make();
    struct glass_tree tree;
    cr_assert(open_tree(&tree, write_segment(dir)));
    for (size_t i = 0; i < TERMS; i++)
        for (size_t k = 0; k < sizeof by / sizeof *by; k++)
            read_runs(&tree, terms[i], by[k]);
    glass_tree_done(&tree);
    tempdir_remove(dir);
}

Test(engine_glass_postings, a_row_ends_at_a_gap_or_where_it_is_to)
{
    static const uint32_t by[] = {1, 7, 1000, DOCUMENTS};
    char *dir = tempdir_make();
    struct glass_tree tree;
    cr_assert(open_tree(&tree, write_segment(dir)));
    for (size_t i = 0; i < TERMS; i++)
        for (size_t k = 0; k < sizeof by / sizeof *by; k++)
            read_rows(&tree, terms[i], by[k]);
    cr_assert_eq(read_rows(&tree, "2", DOCUMENTS), 0);
    cr_assert_gt(read_rows(&tree, "all", DOCUMENTS), DOCUMENTS * 9 / 10);
    glass_tree_done(&tree);
    tempdir_remove(dir);
}

Test(engine_glass_postings, what_is_no_term_has_no_postings)
{
    static const char *const none[] = {"3\xff", "\x01", "\xff", "al",
                                       "all2",  "4",    "gas"};
    char *dir = tempdir_make();
    struct glass_tree tree;
    struct glass_postings p;
    cr_assert(open_tree(&tree, write_segment(dir)));
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        cr_assert_eq(glass_postings_open(&p, &tree, text_from(none[i])),
                     GLASS_END);
        cr_assert_eq(p.frequency, 0);
        glass_postings_done(&p);
    }
    cr_assert_eq(glass_postings_open(&p, &tree, text_make("a\0b", 3)),
                 GLASS_DAMAGED);
    glass_postings_done(&p);
    glass_tree_done(&tree);
    tempdir_remove(dir);
}

Test(engine_glass_postings, lengths_are_there_in_any_order)
{
    char *dir = tempdir_make();
    struct glass_tree tree;
    uint32_t length;
    cr_assert(open_tree(&tree, write_segment(dir)));
    AUTO(glass_lengths) once = glass_lengths_new(&tree);
    for (uint32_t docid = 1; docid <= DOCUMENTS; docid += docid % 60 + 1) {
        cr_assert(glass_lengths_get(once, docid, &length));
        cr_assert_eq(length, length_of(docid), "%u", docid);
    }
    AUTO(glass_lengths) lengths = glass_lengths_new(&tree);
    for (uint32_t i = 0, docid = 1; i < PASSES * DOCUMENTS; i++) {
        docid = (docid + 7919) % DOCUMENTS;
        cr_assert(glass_lengths_get(lengths, docid + 1, &length));
        cr_assert_eq(length, length_of(docid + 1), "%u", docid);
    }
    cr_assert_not(glass_lengths_get(lengths, 0, &length));
    cr_assert_not(glass_lengths_get(lengths, DOCUMENTS + 1, &length));
    cr_assert_not(glass_lengths_get(lengths, UINT32_MAX, &length));
    glass_tree_done(&tree);
    tempdir_remove(dir);
}

/* In one of all ways; docids ascend whatever is read. */
static enum glass_state go_on(struct glass_postings *p, uint32_t *last)
{
    struct glass_run run;
    enum glass_state state;
    cr_assert_gt(p->docid, *last);
    *last = p->docid;
    static uint32_t row[500];
    switch (rand() % 9) {
    case 2:
        *last +=
            glass_postings_read_row(p, *last + (uint32_t)rand() % 500, row);
        cr_assert_eq(p->docid, *last);
        return glass_postings_next(p);
    case 0:
        state = glass_postings_seek(p, *last + (uint32_t)rand() % 5000);
        break;
    case 1:
        state = glass_postings_read(p, *last + (uint32_t)rand() % 500, &run);
        cr_assert_eq(run.docids[0], *last);
        for (size_t i = 1; i < run.count; i++)
            cr_assert_gt(run.docids[i], run.docids[i - 1]);
        *last = run.docids[run.count - 1];
        break;
    default:
        return glass_postings_next(p);
    }
    return state == GLASS_THERE && p->docid == *last ? glass_postings_next(p)
                                                     : state;
}

Test(engine_glass_postings, damage_is_never_read_beyond_the_file)
{
    enum { ROUNDS = 300 };
    char *dir = tempdir_make();
    const char *path = write_segment(dir);
    const char *file = tempdir_file(path, "postlist.glass");
    size_t len;
    char *bytes = tempdir_read(file, &len);
    srand(7);
    for (unsigned round = 0; round < ROUNDS; round++) {
        fixture_damage(file, bytes, len, round % 4 == 0);
        struct glass_tree tree;
        cr_assert(open_tree(&tree, path));
        for (size_t i = 0; i <= TERMS; i++) {
            struct text term = text_from(i < TERMS ? terms[i] : "");
            struct glass_postings p;
            uint32_t last = 0;
            enum glass_state state = glass_postings_open(&p, &tree, term);
            while (state == GLASS_THERE)
                state = go_on(&p, &last);
            glass_postings_done(&p);
        }
        glass_tree_done(&tree);
    }
    free(bytes);
    tempdir_remove(dir);
}
