#include "indexer/segment_writer.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/analyzer.h"
#include "common/engine/index.h"
#include "common/engine/writer.h"
#include "common/fields.h"
#include "common/mem.h"
#include "common/record.h"
#include "common/tokens.h"
#include "common/vocabulary.h"
#include "indexer/batch.h"
#include "indexer/segment/deflater.h"
#include "indexer/tables.h"
#include "indexer/tables_best.h"
#include "tests/support/archive_fixture.h"
#include "tests/support/failing_tables.h"
#include "tests/support/tempdir.h"

static struct error err;
static char *folder;
static char path[600];

static void begin(void)
{
    folder = tempdir_make();
    snprintf(path, sizeof path, "%s/g1-0", folder);
}

static void end(void)
{
    tempdir_remove(folder);
}

TestSuite(segment_writer, .init = begin, .fini = end);

#define SUCCEEDS(call) cr_assert_eq(call, STATUS_OK, "%s", err.message)

static struct segment_writer *open_with(const struct tables_format *tables,
                                        size_t memory)
{
    struct segment_writer *w = NULL;
    const struct segment_settings settings = {.tables = tables,
                                              .path = path,
                                              .name = "g1-0",
                                              .language = "english",
                                              .memory = memory};
    SUCCEEDS(segment_writer_new(&w, &settings, &err));
    return w;
}

static struct segment_writer *open_writer(void)
{
    return open_with(&tables_glass, 1 << 20);
}

static enum status try_add(struct segment_writer *w, const char *id,
                           const char *title, const char *body)
{
    const struct article a = archive_fixture_article(id, title, body);
    const struct ingest ingest = {segment_writer_count(w) + 1, 10, 20, 1};
    struct digest content;
    record_digest(&a, &content);
    return segment_writer_add(w, &a, &ingest, &content, &err);
}

static void add(struct segment_writer *w, const char *id, const char *title,
                const char *body)
{
    SUCCEEDS(try_add(w, id, title, body));
}

static bool take_first(void *context, uint32_t docid, uint32_t wdf)
{
    (void)wdf;
    *(uint32_t *)context = docid;
    return false;
}

static uint32_t find_term(struct engine_index *index, const char *term)
{
    uint32_t docid = 0;
    SUCCEEDS(
        engine_postings(index, 0, text_from(term), take_first, &docid, &err));
    return docid;
}

static struct engine_index *open_index(void)
{
    struct engine_index *index = NULL;
    const struct engine_segment segment = {.path = path};
    SUCCEEDS(engine_index_open(&index, &segment, 1, &err));
    return index;
}

static void assert_file(const struct manifest_file *file)
{
    char name[700];
    cr_assert_eq(strncmp(file->name, "segments/g1-0/", 14), 0, "%s",
                 file->name);
    snprintf(name, sizeof name, "%s/%s", path, file->name + 14);
    struct digest digest;
    uint64_t size;
    SUCCEEDS(digest_file(&digest, &size, name, NULL, &err));
    cr_assert_eq(size, file->size, "%s", name);
    cr_assert(digest_equal(&digest, &file->digest), "%s", name);
}

static void check_sums(const struct tables_format *tables)
{
    struct manifest_segment s = {.name = "other"};
    AUTO(segment_writer) w = open_with(tables, 1 << 20);
    add(w, "a", "Gas talks", "The gas talks begin.");
    add(w, "b", "Oil", "");
    cr_assert_eq(segment_writer_count(w), 2);
    SUCCEEDS(segment_writer_finish(w, &s, &err));
    cr_assert_str_eq(s.name, "g1-0");
    cr_assert_eq(s.documents, 2);
    cr_assert_eq(s.last_docid, 2);
    cr_assert_eq(s.deleted, 0);
    cr_assert_eq(s.text_bytes, 9 + 20 + 3);
    cr_assert_eq(s.deleted_list.name[0], '\0');
    cr_assert_geq(s.file_count, 5);
    for (size_t i = 0; i < s.file_count; i++)
        assert_file(&s.files[i]);
    SUCCEEDS(engine_check(path, NULL, &err));
    AUTO(engine_index) index = open_index();
    char uuid[ENGINE_UUID_SIZE];
    engine_index_uuid(index, 0, uuid);
    cr_assert_str_eq(uuid, s.uuid);
    cr_assert_eq(engine_index_documents(index, 0), 2);
    cr_assert_eq(find_term(index, "oil"), 2);
    cr_assert_eq(find_term(index, "Qa"), 1);
    cr_assert_eq(find_term(index, "nothing"), 0);
}

Test(segment_writer, tells_what_it_wrote_to_the_byte)
{
    check_sums(&tables_glass);
}

Test(segment_writer, does_so_through_the_engine_as_well)
{
    check_sums(&tables_api);
}

/* An article that is enough for threads beside the one that finishes: of
 * numbers, each once, from 100000 on, so that the tables are large as well. */
static void add_large(struct segment_writer *w)
{
    enum { NUMBERS = 20000, SIZE = 1200 << 10, LEN = 7 };
    char *body = mem_alloc(SIZE + 1);
    memset(body, ' ', SIZE);
    body[SIZE] = '\0';
    for (int i = 0; i < NUMBERS; i++) {
        snprintf(body + i * LEN, LEN, "%d", 100000 + i);
        body[i * LEN + LEN - 1] = ' ';
    }
    add(w, "large", NULL, body);
    free(body);
}

Test(segment_writer, a_large_segment_is_written_as_a_small_one_is)
{
    struct manifest_segment s;
    AUTO(segment_writer) w = open_with(&tables_glass, 64 << 20);
    add_large(w);
    SUCCEEDS(segment_writer_finish(w, &s, &err));
    cr_assert_eq(s.file_count, 6);
    for (size_t i = 0; i < s.file_count; i++)
        assert_file(&s.files[i]);
    cr_assert_not_null(strstr(s.files[3].name, "/tokens"));
    SUCCEEDS(engine_check(path, NULL, &err));
    AUTO(engine_index) index = open_index();
    cr_assert_eq(find_term(index, "100000"), 1);
    cr_assert_eq(find_term(index, "119999"), 1);
}

Test(segment_writer, what_fails_in_a_thread_beside_is_told)
{
    struct manifest_segment s = {.name = "untouched"};
    AUTO(segment_writer) w = open_with(&tables_glass, 64 << 20);
    add_large(w);
    cr_assert_eq(mkdir(tempdir_file(path, "vocabulary"), 0777), 0);
    cr_assert_eq(segment_writer_finish(w, &s, &err), STATUS_IO);
    cr_assert_not_null(strstr(err.message, "/vocabulary'"), "%s", err.message);
    cr_assert_str_eq(s.name, "untouched");
}

Test(segment_writer, the_token_stream_is_of_the_same_articles)
{
    struct manifest_segment s;
    AUTO(segment_writer) w = open_writer();
    add(w, "a", "Gas talks", "");
    add(w, "b", NULL, "gas");
    add(w, "c", NULL, NULL);
    SUCCEEDS(segment_writer_finish(w, &s, &err));
    AUTO(tokens) tokens = NULL;
    AUTO(vocabulary) words = NULL;
    SUCCEEDS(tokens_open(&tokens, tempdir_file(path, "tokens"), &err));
    SUCCEEDS(vocabulary_open(&words, tempdir_file(path, "vocabulary"), &err));
    cr_assert_eq(tokens_articles(tokens), 3);
    cr_assert_eq(vocabulary_count(words), 2);
    static const char *const expected[] = {"gas 1 0,talks 2 0,", "gas 101 1,",
                                           ""};
    for (uint32_t docid = 1; docid <= 3; docid++) {
        AUTO_DONE(strbuf) out = STRBUF_INIT(4096);
        struct token_cursor cursor;
        struct stream_word word;
        cr_assert(tokens_article(tokens, docid, &cursor));
        while (token_cursor_next(&cursor, &word)) {
            struct vocabulary_entry e;
            cr_assert(vocabulary_by_id(words, word.id, &e));
            strbuf_append_format(&out, "%.*s %u %d,", (int)e.word_len, e.word,
                                 word.position, word.body);
        }
        cr_assert_str_eq(strbuf_string(&out), expected[docid - 1]);
    }
}

Test(segment_writer, an_article_of_nothing_but_an_id_is_kept)
{
    struct manifest_segment s;
    AUTO(segment_writer) w = open_writer();
    add(w, "n-1", NULL, NULL);
    SUCCEEDS(segment_writer_finish(w, &s, &err));
    cr_assert_eq(s.documents, 1);
    cr_assert_eq(s.text_bytes, 0);
    AUTO(engine_index) index = open_index();
    AUTO_DONE(strbuf) data = STRBUF_INIT(4096);
    const struct engine_document first = {0, 1};
    SUCCEEDS(engine_document_data(index, first, &data, &err));
    cr_assert_str_eq(strbuf_string(&data), "{\"id\":\"n-1\"}");
    SUCCEEDS(engine_check(path, NULL, &err));
}

static void add_deflated(const struct tables_format *tables, struct text data)
{
    struct manifest_segment s;
    AUTO(deflater) deflater = deflater_new();
    AUTO(segment_writer) w = open_with(tables, 1 << 20);
    struct batch_entry entry = {
        .article = archive_fixture_article("n-1", "Gas talks", NULL)};
    cr_assert(deflater_run(deflater, data, &entry.deflated));
    SUCCEEDS(segment_writer_add_entry(w, &entry, &err));
    add(w, "n-2", NULL, NULL);
    SUCCEEDS(segment_writer_finish(w, &s, &err));
}

static void assert_data(uint32_t docid, const char *expected)
{
    AUTO(engine_index) index = open_index();
    AUTO_DONE(strbuf) data = STRBUF_INIT(4096);
    const struct engine_document document = {0, docid};
    SUCCEEDS(engine_document_data(index, document, &data, &err));
    cr_assert_str_eq(strbuf_string(&data), expected);
}

/* Other bytes than the article's record, so that it shows whose they are. */
static const char other_data[] =
    "{\"title\":\"gas gas gas gas gas gas gas gas gas "
    "gas gas gas gas gas gas gas gas gas\"}";

Test(segment_writer, what_was_deflated_is_stored_where_tables_take_it)
{
    add_deflated(&tables_glass, text_from(other_data));
    assert_data(1, other_data);
    assert_data(2, "{\"id\":\"n-2\"}");
}

Test(segment_writer, so_it_is_by_the_tables_that_a_run_uses)
{
    cr_assert(tables_best.takes_deflated);
    add_deflated(&tables_best, text_from(other_data));
    assert_data(1, other_data);
}

Test(segment_writer, and_its_record_where_they_do_not)
{
    add_deflated(&tables_api, text_from(other_data));
    assert_data(1, "{\"id\":\"n-1\",\"title\":\"Gas talks\"}");
    assert_data(2, "{\"id\":\"n-2\"}");
}

Test(segment_writer, without_finish_nothing_is_left)
{
    AUTO(segment_writer) w = open_writer();
    add(w, "a", "Gas", "talks");
    cr_assert_eq(access(path, F_OK), 0);
    segment_writer_free(TAKE(w));
    cr_assert_neq(access(path, F_OK), 0);
}

Test(segment_writer, what_is_finished_stays)
{
    struct manifest_segment s;
    AUTO(segment_writer) w = open_writer();
    add(w, "a", "Gas", "talks");
    SUCCEEDS(segment_writer_finish(w, &s, &err));
    segment_writer_free(TAKE(w));
    cr_assert_eq(access(path, F_OK), 0);
}

Test(segment_writer, a_folder_that_is_there_is_not_touched)
{
    struct segment_writer *none = NULL;
    cr_assert_eq(mkdir(path, 0777), 0);
    tempdir_write(tempdir_file(path, "tokens"), "mine", 4);
    const struct segment_settings settings = {.tables = &tables_glass,
                                              .path = path,
                                              .name = "g1-0",
                                              .language = "english"};
    cr_assert_eq(segment_writer_new(&none, &settings, &err), STATUS_EXISTS);
    cr_assert_null(none);
    size_t len;
    char *kept = tempdir_read(tempdir_file(path, "tokens"), &len);
    cr_assert_eq(len, 4);
    free(kept);
}

Test(segment_writer, an_unknown_language_leaves_no_folder)
{
    struct segment_writer *none = NULL;
    const struct segment_settings settings = {.tables = &tables_glass,
                                              .path = path,
                                              .name = "g1-0",
                                              .language = "klingon"};
    cr_assert_eq(segment_writer_new(&none, &settings, &err), STATUS_USAGE);
    cr_assert_neq(access(path, F_OK), 0);
}

/* Every other article finds the writer over its memory. */
Test(segment_writer, little_memory_changes_nothing_that_is_found)
{
    enum { ARTICLES = 60 };
    struct manifest_segment s;
    AUTO(segment_writer) w = open_with(&tables_glass, 1);
    for (int i = 0; i < ARTICLES; i++) {
        char id[20], body[60];
        snprintf(id, sizeof id, "n-%d", i);
        snprintf(body, sizeof body, "common word%d and pair%d", i, i / 2);
        add(w, id, "Common title", body);
    }
    SUCCEEDS(segment_writer_finish(w, &s, &err));
    cr_assert_eq(s.documents, ARTICLES);
    SUCCEEDS(engine_check(path, NULL, &err));
    AUTO(engine_index) index = open_index();
    uint32_t frequency;
    SUCCEEDS(
        engine_term_frequency(index, text_from("common"), &frequency, &err));
    cr_assert_eq(frequency, ARTICLES);
    for (int i = 0; i < ARTICLES; i++) {
        char term[20];
        snprintf(term, sizeof term, "word%d", i);
        cr_assert_eq(find_term(index, term), i + 1);
    }
}

Test(segment_writer, an_article_that_cannot_be_added_is_not_counted)
{
    AUTO(segment_writer) w = open_with(&failing_tables, 1 << 20);
    failing_tables_adds = 1;
    add(w, "a", "Gas", "talks");
    cr_assert_eq(try_add(w, "b", "Gas", "talks"), STATUS_IO);
    cr_assert_eq(segment_writer_count(w), 1);
    segment_writer_free(TAKE(w));
    cr_assert_neq(access(path, F_OK), 0);
}

Test(segment_writer, a_failed_finish_leaves_nothing_and_says_nothing)
{
    struct manifest_segment s = {.name = "untouched"};
    AUTO(segment_writer) w = open_with(&failing_tables, 1 << 20);
    failing_tables_finishes = 0;
    add(w, "a", "Gas", "talks");
    cr_assert_eq(segment_writer_finish(w, &s, &err), STATUS_IO);
    cr_assert_str_eq(s.name, "untouched");
    segment_writer_free(TAKE(w));
    cr_assert_neq(access(path, F_OK), 0);
}

Test(segment_writer, a_folder_that_cannot_be_made_is_named)
{
    struct segment_writer *none = NULL;
    const struct segment_settings settings = {.tables = &tables_glass,
                                              .path = "/nowhere/at/all",
                                              .name = "g1-0",
                                              .language = "english"};
    cr_assert_eq(segment_writer_new(&none, &settings, &err), STATUS_IO);
    cr_assert_not_null(strstr(err.message, "'/nowhere/at/all'"));
}
