#include "tests/common/engine_fixture.h"

static struct text repeated(char *buffer, char c, size_t len)
{
    memset(buffer, c, len);
    return text_make(buffer, len);
}

Test(engine_writer, what_is_written_can_be_read)
{
    char *dir = tempdir_make();
    const char *path = fixture_path(dir, "s");
    struct engine_writer *w = fixture_writer(path);
    cr_assert_eq(fixture_add(w, "gas pipeline gas", 5, "{\"a\":1}"), 1);
    cr_assert_eq(fixture_add(w, "", NAN, ""), 2);
    cr_assert_eq(fixture_add(w, "gas", -7, "{\"a\":3}"), 3);
    fixture_commit(w);

    AUTO(engine_index) index = fixture_open(path);
    cr_assert_eq(engine_index_documents(index, 0), 3);
    char *data = fixture_data(index, 0, 3);
    cr_assert_str_eq(data, "{\"a\":3}");
    free(data);
    data = fixture_data(index, 0, 2);
    cr_assert_str_eq(data, "");
    free(data);
    uint32_t frequency = 0;
    OK(engine_term_frequency(index, text_from("gas"), &frequency, &err));
    cr_assert_eq(frequency, 2);
    AUTO_DONE(strbuf) value = STRBUF_INIT(100);
    struct engine_document third = {0, 3};
    OK(engine_document_value(index, third, TIME_SLOT, &value, &err));
    cr_assert_eq(engine_number_unpack(strbuf_text(&value)), -7);
    tempdir_remove(dir);
}

static bool sum_counts(void *context, uint32_t docid, uint32_t wdf)
{
    *(uint32_t *)context += docid * 1000 + wdf;
    return true;
}

static uint32_t postings(struct engine_index *index, const char *term,
                         size_t len)
{
    uint32_t sum = 0;
    OK(engine_postings(index, 0, text_make(term, len), sum_counts, &sum, &err));
    return sum;
}

Test(engine_writer, counts_add_up_and_zero_is_boolean)
{
    char *dir = tempdir_make();
    const char *path = fixture_path(dir, "s");
    struct engine_writer *w = fixture_writer(path);
    uint32_t docid;
    OK(engine_writer_term(w, text_from("gas"), 2, &err));
    OK(engine_writer_term(w, text_from("Q1"), 0, &err));
    OK(engine_writer_term(w, text_from("gas"), 3, &err));
    OK(engine_writer_term(w, text_from("Q1"), 0, &err));
    OK(engine_writer_end(w, &docid, &err));
    fixture_commit(w);
    AUTO(engine_index) index = fixture_open(path);
    cr_assert_eq(postings(index, "gas", 3), 1005);
    cr_assert_eq(postings(index, "Q1", 2), 1000);
    tempdir_remove(dir);
}

Test(engine_writer, terms_have_1_to_245_bytes)
{
    char *dir = tempdir_make();
    const char *path = fixture_path(dir, "s");
    struct engine_writer *w = fixture_writer(path);
    char b[300];
    OK(engine_writer_term(w, repeated(b, 'x', 245), 1, &err));
    FAILS(STATUS_INTERNAL,
          engine_writer_term(w, repeated(b, 'x', 246), 1, &err));
    FAILS(STATUS_INTERNAL, engine_writer_term(w, text_make(b, 0), 1, &err));
    OK(engine_writer_term(w, repeated(b, '\0', 122), 1, &err));
    FAILS(STATUS_INTERNAL,
          engine_writer_term(w, repeated(b, '\0', 123), 1, &err));
    memset(b, 'y', 245);
    b[100] = '\0';
    OK(engine_writer_term(w, text_make(b, 244), 1, &err));
    FAILS(STATUS_INTERNAL, engine_writer_term(w, text_make(b, 245), 1, &err));
    OK(engine_writer_term(w, text_make("a\0b", 3), 1, &err));
    uint32_t docid;
    OK(engine_writer_end(w, &docid, &err));
    fixture_commit(w);

    AUTO(engine_index) index = fixture_open(path);
    cr_assert_eq(postings(index, b, 244), 1001);
    cr_assert_eq(postings(index, "a\0b", 3), 1001);
    cr_assert_eq(postings(index, "a", 1), 0);
    cr_assert_eq(postings(index, b, 245), 0);
    repeated(b, 'x', 300);
    cr_assert_eq(postings(index, b, 245), 1001);
    cr_assert_eq(postings(index, b, 246), 0);
    repeated(b, '\0', 122);
    cr_assert_eq(postings(index, b, 122), 1001);
    tempdir_remove(dir);
}

Test(engine_writer, the_last_value_slot_does_not_exist)
{
    char *dir = tempdir_make();
    struct engine_writer *w = fixture_writer(tempdir_file(dir, "s"));
    FAILS(STATUS_INTERNAL,
          engine_writer_value(w, UINT32_MAX, text_from("v"), &err));
    OK(engine_writer_value(w, UINT32_MAX - 1, text_from("v"), &err));
    fixture_commit(w);
    tempdir_remove(dir);
}

Test(engine_writer, does_not_write_where_something_is)
{
    char *dir = tempdir_make();
    const char *path = fixture_path(dir, "s");
    fixture_commit(fixture_writer(path));
    struct engine_writer *w = NULL;
    FAILS(STATUS_EXISTS, engine_writer_create(&w, path, &err));
    tempdir_write(tempdir_file(dir, "file"), "x", 1);
    FAILS(STATUS_IO, engine_writer_create(&w, tempdir_file(dir, "file"), &err));
    FAILS(STATUS_IO,
          engine_writer_create(&w, tempdir_file(dir, "no/where"), &err));
    cr_assert_null(w);
    tempdir_remove(dir);
}

Test(engine_writer, without_commit_there_is_nothing_to_read)
{
    char *dir = tempdir_make();
    const char *path = fixture_path(dir, "s");
    struct engine_writer *w = fixture_writer(path);
    for (int i = 0; i < 100; i++)
        fixture_add(w, "gas", i, "data");
    engine_writer_free(w);
    engine_writer_free(NULL);
    AUTO(engine_index) index = fixture_open(path);
    cr_assert_eq(engine_index_documents(index, 0), 0);
    tempdir_remove(dir);
}

Test(engine_writer, an_empty_segment_can_be_read)
{
    char *dir = tempdir_make();
    const char *path = fixture_path(dir, "s");
    fixture_commit(fixture_writer(path));
    AUTO(engine_index) index = fixture_open(path);
    cr_assert_eq(engine_index_last_docid(index, 0), 0);
    cr_assert_eq(fixture_count(index, engine_query_all()), 0);
    tempdir_remove(dir);
}

/* More documents than Xapian holds back by itself. */
Test(engine_writer, a_large_segment_is_complete)
{
    char *dir = tempdir_make();
    const char *path = fixture_path(dir, "s");
    struct engine_writer *w = fixture_writer(path);
    for (int i = 0; i < 21000; i++)
        fixture_add(w, i % 3 ? "all odd" : "all third", i, "d");
    fixture_commit(w);
    AUTO(engine_index) index = fixture_open(path);
    cr_assert_eq(engine_index_last_docid(index, 0), 21000);
    cr_assert_eq(fixture_count(index, fixture_term("all")), 21000);
    cr_assert_eq(fixture_count(index, fixture_term("third")), 7000);
    OK(engine_check(path, NULL, &err));
    tempdir_remove(dir);
}
