#include <sys/resource.h>
#include <unistd.h>

#include "tests/common/engine_fixture.h"
#include "tests/support/effort.h"

static const char *const files[] = {"iamglass", "postlist.glass",
                                    "docdata.glass"};

static const char *segment(const char *dir, const char *name, unsigned count)
{
    const char *path = fixture_path(dir, name);
    struct engine_writer *w = fixture_writer(path);
    for (unsigned i = 1; i <= count; i++) {
        char words[60], data[300];
        snprintf(words, sizeof words, "every %s %s%u", name, name, i);
        snprintf(data, sizeof data, "{\"id\":\"%s%u\"}", name, i);
        fixture_add(w, words, i, data);
    }
    fixture_commit(w);
    return path;
}

static enum status open_paths(struct engine_index **out,
                              const char *const *paths, size_t count,
                              struct error *err)
{
    struct engine_segment segments[8];
    for (size_t i = 0; i < count; i++)
        segments[i] = (struct engine_segment){paths[i], NULL, 0};
    return engine_index_open(out, segments, count, err);
}

Test(engine_index, segments_keep_their_order_and_docids)
{
    char *dir = tempdir_make();
    const char *paths[] = {segment(dir, "a", 3), segment(dir, "b", 70),
                           segment(dir, "c", 0)};
    struct engine_index *opened = NULL;
    OK(open_paths(&opened, paths, 3, &err));
    AUTO(engine_index) index = opened;
    cr_assert_eq(engine_index_segments(index), 3);
    cr_assert_eq(engine_index_last_docid(index, 1), 70);
    cr_assert_eq(engine_index_documents(index, 2), 0);
    uint32_t frequency = 0;
    OK(engine_term_frequency(index, text_from("every"), &frequency, &err));
    cr_assert_eq(frequency, 73);
    struct engine_hits hits = fixture_all(index, fixture_term("b69"));
    cr_assert_eq(hits.count, 1);
    cr_assert_eq(hits.hits[0].document.segment, 1);
    cr_assert_eq(hits.hits[0].document.docid, 69);
    engine_hits_done(&hits);
    char *data = fixture_data(index, 1, 69);
    cr_assert_str_eq(data, "{\"id\":\"b69\"}");
    free(data);
    tempdir_remove(dir);
}

static void frequency_is(struct engine_index *index, const char *term,
                         uint32_t expected)
{
    uint32_t frequency = UINT32_MAX;
    OK(engine_term_frequency(index, text_from(term), &frequency, &err));
    cr_assert_eq(frequency, expected, "%s: %u", term, frequency);
}

/* More of them than are remembered. */
Test(engine_index, frequencies_are_the_same_when_asked_again)
{
    char *dir = tempdir_make();
    AUTO(engine_index) index = fixture_open(segment(dir, "a", 9));
    for (unsigned i = 0; i < 5000; i++) {
        char term[16];
        snprintf(term, sizeof term, "a%u", i);
        frequency_is(index, term, i >= 1 && i <= 9);
        frequency_is(index, "every", 9);
    }
    frequency_is(index, "a1", 1);
    tempdir_remove(dir);
}

Test(engine_index, too_many_open_files_are_no_damage)
{
    char *dir = tempdir_make();
    const char *path = segment(dir, "a", 3);
    engine_index_free(fixture_open(path));
    struct rlimit before, limit;
    cr_assert_eq(getrlimit(RLIMIT_NOFILE, &before), 0);
    limit = (struct rlimit){3, before.rlim_max};
    cr_assert_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
    struct engine_index *index = NULL;
    struct error err = ERROR_NONE;
    enum status status = open_paths(&index, &path, 1, &err);
    cr_assert_eq(setrlimit(RLIMIT_NOFILE, &before), 0);
    cr_assert_eq(status, STATUS_IO, "%s", err.message);
    cr_assert_null(index);
    tempdir_remove(dir);
}

Test(engine_index, without_segments_nothing_is_found)
{
    struct engine_index *opened = NULL;
    OK(engine_index_open(&opened, NULL, 0, &err));
    AUTO(engine_index) index = opened;
    cr_assert_eq(engine_index_segments(index), 0);
    cr_assert_eq(fixture_count(index, engine_query_all()), 0);
    uint32_t frequency = 9;
    OK(engine_term_frequency(index, text_from("x"), &frequency, &err));
    cr_assert_eq(frequency, 0);
}

Test(engine_index, documents_out_of_range_are_not_found)
{
    char *dir = tempdir_make();
    AUTO(engine_index) index = fixture_open(segment(dir, "a", 3));
    AUTO_DONE(strbuf) out = STRBUF_INIT(100);
    static const struct engine_document wrong[] = {
        {0, 0}, {0, 4}, {0, UINT32_MAX}, {1, 1}, {SIZE_MAX, 1}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        FAILS(STATUS_NOT_FOUND,
              engine_document_data(index, wrong[i], &out, &err));
        FAILS(STATUS_NOT_FOUND,
              engine_document_value(index, wrong[i], TIME_SLOT, &out, &err));
    }
    FAILS(STATUS_NOT_FOUND,
          engine_postings(index, 1, text_from("a"), NULL, NULL, &err));
    FAILS(STATUS_NOT_FOUND,
          engine_terms(index, 1, text_from("a"), NULL, NULL, &err));
    cr_assert_eq(out.len, 0);
    struct engine_document first = {0, 1};
    OK(engine_document_value(index, first, 77, &out, &err));
    OK(engine_document_value(index, first, UINT32_MAX, &out, &err));
    cr_assert_eq(out.len, 0);
    tempdir_remove(dir);
}

Test(engine_index, data_respect_the_buffers_maximum)
{
    char *dir = tempdir_make();
    AUTO(engine_index) index = fixture_open(segment(dir, "a", 3));
    AUTO_DONE(strbuf) out = STRBUF_INIT(5);
    struct engine_document first = {0, 1};
    OK(engine_document_data(index, first, &out, &err));
    cr_assert(out.overflowed);
    cr_assert_eq(out.len, 0);
    tempdir_remove(dir);
}

Test(engine_index, missing_files_are_stale)
{
    char *dir = tempdir_make();
    struct engine_index *index = NULL;
    const char *none = fixture_path(dir, "none");
    FAILS(STATUS_STALE, open_paths(&index, &none, 1, &err));
    const char *plain = fixture_path(dir, "plain");
    tempdir_write(plain, "x", 1);
    FAILS(STATUS_STALE, open_paths(&index, &plain, 1, &err));
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char name[2] = {(char)('a' + i), '\0'};
        const char *paths[] = {segment(dir, "x", 2), segment(dir, name, 30)};
        cr_assert_eq(unlink(tempdir_file(paths[1], files[i])), 0);
        struct error err = ERROR_NONE;
        cr_assert_eq(open_paths(&index, paths, 2, &err), STATUS_STALE, "%s: %s",
                     files[i], err.message);
        cr_assert_not_null(strstr(err.message, paths[1]), "%s", err.message);
        tempdir_remove(dir);
        dir = tempdir_make();
    }
    cr_assert_null(index);
    tempdir_remove(dir);
}

Test(engine_index, a_segment_without_any_data_is_whole)
{
    char *dir = tempdir_make();
    const char *path = fixture_path(dir, "s");
    struct engine_writer *w = fixture_writer(path);
    fixture_add(w, "gas", NAN, "");
    fixture_commit(w);
    AUTO(engine_index) index = fixture_open(path);
    cr_assert_eq(fixture_count(index, fixture_term("gas")), 1);
    tempdir_remove(dir);
}

Test(engine_index, a_stub_in_place_of_a_segment_is_not_followed)
{
    char *dir = tempdir_make();
    const char *real = segment(dir, "a", 2);
    const char *stub = fixture_path(dir, "stub");
    char line[500];
    int len = snprintf(line, sizeof line, "glass %s\n", real);
    tempdir_write(stub, line, (size_t)len);
    struct engine_index *index = NULL;
    FAILS(STATUS_STALE, open_paths(&index, &stub, 1, &err));
    tempdir_remove(dir);
}

Test(engine_index, the_same_segment_twice_is_refused)
{
    char *dir = tempdir_make();
    const char *path = segment(dir, "a", 2);
    const char *paths[] = {path, path};
    struct engine_index *index = NULL;
    FAILS(STATUS_CORRUPT, open_paths(&index, paths, 2, &err));
    tempdir_remove(dir);
}

Test(engine_index, files_may_vanish_once_it_is_open)
{
    char *dir = tempdir_make();
    const char *path = segment(dir, "a", 500);
    AUTO(engine_index) index = fixture_open(path);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        cr_assert_eq(unlink(tempdir_file(path, files[i])), 0);
    cr_assert_eq(fixture_count(index, fixture_term("a499")), 1);
    char *data = fixture_data(index, 0, 499);
    cr_assert_str_eq(data, "{\"id\":\"a499\"}");
    free(data);
    tempdir_remove(dir);
}

static enum status read_all(const char *path, struct error *err)
{
    struct engine_index *opened = NULL;
    enum status status = open_paths(&opened, &path, 1, err);
    AUTO(engine_index) index = opened;
    AUTO_DONE(strbuf) out = STRBUF_INIT(1 << 20);
    for (uint32_t docid = 1; !status && docid <= 2000; docid++) {
        struct engine_document document = {0, docid};
        char term[20];
        snprintf(term, sizeof term, "a%u", docid);
        uint32_t frequency;
        strbuf_reset(&out);
        status = engine_document_data(index, document, &out, err);
        if (!status)
            status = engine_document_value(index, document, 0, &out, err);
        if (!status)
            status =
                engine_term_frequency(index, text_from(term), &frequency, err);
    }
    return status;
}

Test(engine_index, truncated_files_are_corrupt)
{
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char *dir = tempdir_make();
        const char *path = segment(dir, "a", 2000);
        const char *file = tempdir_file(path, files[i]);
        size_t len;
        char *bytes = tempdir_read(file, &len);
        const size_t cuts[] = {0, 1, 13, 40, len / 2, len - 1};
        for (size_t k = 0; k < sizeof cuts / sizeof *cuts; k++) {
            tempdir_write(file, bytes, cuts[k]);
            struct error err = ERROR_NONE;
            cr_assert_eq(read_all(path, &err), STATUS_CORRUPT, "%s at %zu: %s",
                         files[i], cuts[k], err.message);
        }
        free(bytes);
        tempdir_remove(dir);
    }
}

/* Only of the first bytes of a block, its revision and its level, does Xapian
 * make sure; what else is damaged may crash it. */
Test(engine_index, flipped_block_headers_are_corrupt_or_go_unnoticed)
{
    char *dir = tempdir_make();
    const char *path = segment(dir, "a", 2000);
    const unsigned rounds = effort(300);
    unsigned noticed = 0;
    srand(5);
    for (unsigned round = 0; round < rounds; round++) {
        const char *file = tempdir_file(path, files[1 + round % 2]);
        size_t len;
        char *bytes = tempdir_read(file, &len);
        size_t at = (size_t)rand() % (len / 8192) * 8192;
        at += (size_t)rand() % 5;
        char old = bytes[at];
        bytes[at] = (char)(old ^ (1 << rand() % 8));
        tempdir_write(file, bytes, len);
        struct error err = ERROR_NONE;
        enum status status = read_all(path, &err);
        cr_assert(status == STATUS_OK || status == STATUS_CORRUPT,
                  "byte %zu: %s: %s", at, status_name(status), err.message);
        noticed += status == STATUS_CORRUPT;
        bytes[at] = old;
        tempdir_write(file, bytes, len);
        free(bytes);
    }
    cr_assert_gt(noticed, rounds / 3);
    tempdir_remove(dir);
}

/* The version file has no checksum either, but it is short. */
Test(engine_index, every_flipped_bit_of_the_version_file_is_survived)
{
    char *dir = tempdir_make();
    const char *path = segment(dir, "a", 2000);
    const char *file = fixture_path(path, "iamglass");
    size_t len, noticed = 0;
    char *bytes = tempdir_read(file, &len);
    for (size_t bit = 0; bit < len * 8; bit++) {
        bytes[bit / 8] = (char)(bytes[bit / 8] ^ (1 << bit % 8));
        tempdir_write(file, bytes, len);
        struct error err = ERROR_NONE;
        enum status status = read_all(path, &err);
        /* Fewer documents than there are is a count like any other. */
        cr_assert(status == STATUS_OK || status == STATUS_CORRUPT ||
                      status == STATUS_NOT_FOUND,
                  "bit %zu: %s: %s", bit, status_name(status), err.message);
        noticed += status == STATUS_CORRUPT;
        bytes[bit / 8] = (char)(bytes[bit / 8] ^ (1 << bit % 8));
    }
    cr_assert_gt(noticed, len * 2);
    free(bytes);
    tempdir_remove(dir);
}

struct seen {
    unsigned count, limit;
    uint32_t last;
    char terms[400];
};

static bool see_posting(void *context, uint32_t docid, uint32_t wdf)
{
    struct seen *seen = context;
    (void)wdf;
    seen->count += docid > seen->last;
    seen->last = docid;
    return seen->count < seen->limit;
}

static bool see_term(void *context, struct text term, uint32_t frequency)
{
    struct seen *seen = context;
    size_t at = strlen(seen->terms);
    snprintf(seen->terms + at, sizeof seen->terms - at, "%.*s:%u ",
             TEXT_ARG(term), frequency);
    seen->count++;
    return seen->count < seen->limit;
}

Test(engine_index, postings_ascend_and_stop_when_asked)
{
    char *dir = tempdir_make();
    AUTO(engine_index) index = fixture_open(segment(dir, "a", 5000));
    struct seen all = {.limit = 10000}, every = {.limit = 10000},
                some = {.limit = 7}, none = {.limit = 10};
    OK(engine_postings(index, 0, text_from("every"), see_posting, &all, &err));
    cr_assert_eq(all.count, 5000);
    OK(engine_postings(index, 0, text_from(""), see_posting, &every, &err));
    cr_assert_eq(every.count, 5000);
    OK(engine_postings(index, 0, text_from("every"), see_posting, &some, &err));
    cr_assert_eq(some.count, 7);
    cr_assert_eq(some.last, 7);
    OK(engine_postings(index, 0, text_from("no"), see_posting, &none, &err));
    cr_assert_eq(none.count, 0);
    tempdir_remove(dir);
}

Test(engine_index, terms_of_a_prefix_come_in_byte_order)
{
    char *dir = tempdir_make();
    AUTO(engine_index) index = fixture_open(segment(dir, "a", 12));
    struct seen some = {.limit = 100}, two = {.limit = 2}, all = {.limit = 100},
                none = {.limit = 100};
    OK(engine_terms(index, 0, text_from("a1"), see_term, &some, &err));
    cr_assert_str_eq(some.terms, "a1:1 a10:1 a11:1 a12:1 ");
    OK(engine_terms(index, 0, text_from("a"), see_term, &two, &err));
    cr_assert_str_eq(two.terms, "a:12 a1:1 ");
    OK(engine_terms(index, 0, text_from(""), see_term, &all, &err));
    cr_assert_eq(all.count, 14);
    char longest[300];
    memset(longest, 'a', sizeof longest);
    OK(engine_terms(index, 0, text_make(longest, 300), see_term, &none, &err));
    cr_assert_eq(none.count, 0);
    tempdir_remove(dir);
}
