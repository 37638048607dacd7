#include "common/archive.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/engine/search.h"
#include "common/engine/writer.h"
#include "indexer/segment/origins_writer.h"
#include "indexer/segment/tokens_writer.h"
#include "indexer/segment/vocabulary_writer.h"
#include "tests/support/tempdir.h"

static struct error err;

/* The tests' own stat(): archive_open() looks at the manifest at the start of
 * each attempt, the moment for somebody to publish anew. */
static void (*on_look)(void);

int stat(const char *path, struct stat *out)
{
    if (on_look && strstr(path, "XAPIANDB"))
        on_look();
    return fstatat(AT_FDCWD, path, out, 0);
}

#define SUCCEEDS(call) cr_assert_eq(call, STATUS_OK, "%s", err.message)

static void write_tables(const char *path, uint32_t articles)
{
    AUTO(engine_writer) w = NULL;
    SUCCEEDS(engine_writer_create(&w, path, &err));
    for (uint32_t docid = 1; docid <= articles; docid++) {
        char data[20];
        uint32_t given;
        snprintf(data, sizeof data, "{\"id\":%u}", docid);
        SUCCEEDS(engine_writer_term(w, text_from("gas"), 1, &err));
        SUCCEEDS(engine_writer_data(w, text_from(data), &err));
        SUCCEEDS(engine_writer_end(w, &given, &err));
    }
    SUCCEEDS(engine_writer_commit(w, &err));
}

static struct lexeme gas = {.word = TEXT("gas"), .stem = TEXT("gas")};

static const struct lexeme *only_lexeme(const void *context, uint32_t number)
{
    (void)context, (void)number;
    return &gas;
}

static void write_words(const char *folder, uint32_t articles)
{
    AUTO(tokens_writer) w = NULL;
    struct manifest_file file;
    SUCCEEDS(tokens_writer_new(&w, tempdir_file(folder, "tokens"), &err));
    for (uint32_t i = 0; i < articles; i++) {
        struct token token = {.lexeme = &gas, .length = 3, .span = 1};
        tokens_writer_article(w);
        tokens_writer_add(w, &token);
        tokens_writer_body(w);
    }
    SUCCEEDS(tokens_writer_finish(w, &file, &err));
    struct vocabulary_request request = {.path =
                                             tempdir_file(folder, "vocabulary"),
                                         .lexeme = only_lexeme,
                                         .count = 1};
    SUCCEEDS(vocabulary_writer_save(&request, &file, &err));
}

static void write_origins(const char *folder, uint32_t articles)
{
    AUTO(origins_writer) w = NULL;
    struct manifest_file file;
    SUCCEEDS(origins_writer_new(&w, tempdir_file(folder, "origins"), &err));
    for (uint32_t i = 0; i < articles; i++)
        origins_writer_add(
            w, &(struct origin){.path = TEXT("/in/a"), .offset = 10 * i});
    SUCCEEDS(origins_writer_finish(w, &file, &err));
}

/* A segment of `articles` articles, each with the one word "gas". */
static void add_segment(struct manifest *m, const char *archive,
                        const char *name, uint32_t articles)
{
    char path[300];
    snprintf(path, sizeof path, "%s/segments", archive);
    mkdir(path, 0777);
    snprintf(path, sizeof path, "%s/segments/%s", archive, name);
    write_tables(path, articles);
    write_words(path, articles);
    write_origins(path, articles);
    struct manifest_segment *s = manifest_add_segment(m);
    snprintf(s->name, sizeof s->name, "%s", name);
    s->documents = s->last_docid = articles;
    AUTO(engine_index) index = NULL;
    struct engine_segment segment = {.path = path};
    SUCCEEDS(engine_index_open(&index, &segment, 1, &err));
    engine_index_uuid(index, 0, s->uuid);
}

static void delete_articles(struct manifest *m, const char *archive,
                            size_t segment, uint32_t count)
{
    struct manifest_segment *s = &m->segments[segment];
    AUTO_DONE(deleted_list) list = {NULL, 0, 0};
    for (uint32_t docid = 1; docid <= count; docid++)
        deleted_list_add(&list, docid);
    char name[MANIFEST_NAME_SIZE + 40];
    snprintf(name, sizeof name, "segments/%s.deleted-%u", s->name,
             (unsigned)m->generation + 1);
    SUCCEEDS(deleted_list_save(&list, archive, name, &s->deleted_list, &err));
    s->deleted = count;
}

static void publish(struct manifest *m, const char *archive)
{
    m->generation++;
    m->published = 1644259500;
    SUCCEEDS(manifest_save(m, archive, &err));
}

static char *make_archive(struct manifest *m)
{
    char *archive = tempdir_make();
    manifest_init(m, "english");
    add_segment(m, archive, "one", 3);
    add_segment(m, archive, "two", 5);
    delete_articles(m, archive, 1, 2);
    publish(m, archive);
    return archive;
}

static size_t count_gas(struct archive *a)
{
    AUTO(engine_query) query = engine_query_term(text_from("gas"), 1);
    AUTO_DONE(engine_hits) hits = {.hits = NULL};
    struct engine_request request = {
        .query = query, .count = 100, .check_at_least = UINT32_MAX};
    SUCCEEDS(engine_search(&hits, archive_index(a), &request, &err));
    return hits.count;
}

static int remove_one(const char *path, const struct stat *info, int type,
                      struct FTW *ftw)
{
    (void)info, (void)type, (void)ftw;
    return remove(path);
}

static void remove_segments(const char *archive)
{
    nftw(tempdir_file(archive, "segments"), remove_one, 8,
         FTW_DEPTH | FTW_PHYS);
}

Test(archive, opens_all_that_the_manifest_names)
{
    AUTO_DONE(manifest) m;
    char *path = make_archive(&m);
    AUTO(archive) a = NULL;
    SUCCEEDS(archive_open(&a, path, &err));
    cr_assert_str_eq(archive_path(a), path);
    cr_assert_eq(archive_manifest(a)->generation, 1);
    cr_assert_eq(manifest_articles(archive_manifest(a)), 6);
    cr_assert_eq(engine_index_segments(archive_index(a)), 2);
    cr_assert_eq(tokens_articles(archive_tokens(a, 0)), 3);
    cr_assert_eq(tokens_articles(archive_tokens(a, 1)), 5);
    cr_assert_eq(vocabulary_count(archive_vocabulary(a, 1)), 1);
    cr_assert_eq(archive_deleted(a, 0)->count, 0);
    cr_assert_eq(archive_deleted(a, 1)->count, 2);
    cr_assert_eq(count_gas(a), 6);
    tempdir_remove(path);
}

Test(archive, without_articles_finds_nothing)
{
    char *path = tempdir_make();
    AUTO_DONE(manifest) m;
    manifest_init(&m, "english");
    publish(&m, path);
    AUTO(archive) a = NULL;
    SUCCEEDS(archive_open(&a, path, &err));
    cr_assert_eq(engine_index_segments(archive_index(a)), 0);
    cr_assert_eq(count_gas(a), 0);
    tempdir_remove(path);
}

Test(archive, is_not_where_there_is_none)
{
    char *path = tempdir_make();
    AUTO(archive) a = NULL;
    cr_assert_eq(archive_open(&a, path, &err), STATUS_NOT_FOUND);
    const char *none = tempdir_file(path, "none");
    cr_assert_eq(archive_open(&a, none, &err), STATUS_NOT_FOUND);
    tempdir_write(none, "x", 1);
    cr_assert_eq(archive_open(&a, none, &err), STATUS_NOT_FOUND);
    cr_assert_null(a);
    tempdir_remove(path);
}

Test(archive, a_snapshot_survives_the_removal_of_its_files)
{
    AUTO_DONE(manifest) m;
    char *path = make_archive(&m);
    AUTO(archive) a = NULL;
    SUCCEEDS(archive_open(&a, path, &err));
    remove_segments(path);
    cr_assert_eq(count_gas(a), 6);
    AUTO_DONE(strbuf) data = STRBUF_INIT(1000);
    struct engine_document third = {1, 3};
    SUCCEEDS(engine_document_data(archive_index(a), third, &data, &err));
    cr_assert_str_eq(strbuf_string(&data), "{\"id\":3}");
    struct token_cursor cursor;
    struct stream_word word;
    cr_assert(tokens_article(archive_tokens(a, 0), 3, &cursor));
    cr_assert(token_cursor_next(&cursor, &word));
    tempdir_remove(path);
}

Test(archive, says_where_articles_come_from)
{
    AUTO_DONE(manifest) m;
    char *path = make_archive(&m);
    AUTO(archive) a = NULL;
    AUTO_DONE(arena) arena = ARENA_INIT;
    struct origin origin;
    SUCCEEDS(archive_open(&a, path, &err));
    SUCCEEDS(archive_origin(&origin, a, (struct engine_document){1, 3}, &arena,
                            &err));
    cr_assert(text_is(origin.path, "/in/a"));
    cr_assert_eq(origin.offset, 20);
    cr_assert_eq(archive_origin(&origin, a, (struct engine_document){1, 6},
                                &arena, &err),
                 STATUS_CORRUPT);
    cr_assert(strstr(err.message, "segments/two"), "%s", err.message);
    tempdir_remove(path);
}

Test(archive, another_form_of_records_is_refused)
{
    AUTO_DONE(manifest) m;
    char *path = make_archive(&m);
    AUTO(archive) a = NULL;
    m.record_version--;
    publish(&m, path);
    cr_assert_eq(archive_open(&a, path, &err), STATUS_VERSION);
    cr_assert_null(a);
    cr_assert(strstr(err.message, "stores articles in form 2"), "%s",
              err.message);
    tempdir_remove(path);
}

Test(archive, is_current_until_something_is_published)
{
    AUTO_DONE(manifest) m;
    char *path = make_archive(&m);
    AUTO(archive) a = NULL;
    SUCCEEDS(archive_open(&a, path, &err));
    cr_assert(archive_is_current(a));
    publish(&m, path);
    cr_assert_not(archive_is_current(a));
    archive_free(TAKE(a));
    SUCCEEDS(archive_open(&a, path, &err));
    cr_assert(archive_is_current(a));
    unlink(tempdir_file(path, "XAPIANDB"));
    cr_assert_not(archive_is_current(a));
    tempdir_remove(path);
}

Test(archive, each_missing_file_is_damage_and_named)
{
    static const char *const names[] = {
        "segments/one/tokens",   "segments/two/vocabulary",
        "segments/one/origins",  "segments/two.deleted-1",
        "segments/one/iamglass", "segments/two/postlist.glass"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        AUTO_DONE(manifest) m;
        char *path = make_archive(&m);
        cr_assert_eq(unlink(tempdir_file(path, names[i])), 0);
        AUTO(archive) a = NULL;
        cr_assert_eq(archive_open(&a, path, &err), STATUS_CORRUPT, "%s",
                     names[i]);
        cr_assert_null(a);
        cr_assert(strstr(err.message, "is damaged: "), "%s", err.message);
        char segment[13];
        snprintf(segment, sizeof segment, "%s", names[i]);
        cr_assert(strstr(err.message, segment), "%s", err.message);
        tempdir_remove(path);
    }
}

/* --- publications while it is being opened -------------------------------- */

static struct manifest *published;
static const char *published_path;
static int looks;

static void publish_at_second_look(void)
{
    if (++looks != 2)
        return;
    published->segment_count = 1;
    publish(published, published_path);
}

static void publish_at_every_look(void)
{
    looks++;
    publish(published, published_path);
}

Test(archive, starts_over_when_a_new_generation_replaces_a_missing_file)
{
    AUTO_DONE(manifest) m;
    char *path = make_archive(&m);
    unlink(tempdir_file(path, "segments/two/tokens"));
    published = &m;
    published_path = path;
    on_look = publish_at_second_look;
    AUTO(archive) a = NULL;
    SUCCEEDS(archive_open(&a, path, &err));
    on_look = NULL;
    cr_assert_eq(looks, 2);
    cr_assert_eq(archive_manifest(a)->generation, 2);
    cr_assert_eq(count_gas(a), 3);
    tempdir_remove(path);
}

Test(archive, gives_up_when_every_generation_is_gone_at_once)
{
    AUTO_DONE(manifest) m;
    char *path = make_archive(&m);
    unlink(tempdir_file(path, "segments/two/tokens"));
    published = &m;
    published_path = path;
    on_look = publish_at_every_look;
    AUTO(archive) a = NULL;
    cr_assert_eq(archive_open(&a, path, &err), STATUS_STALE);
    on_look = NULL;
    cr_assert_eq(looks, 10);
    cr_assert(strstr(err.message, "replaced faster"), "%s", err.message);
    tempdir_remove(path);
}

/* --- segments that are not what was published ----------------------------- */

static void assert_refused(struct manifest *m, const char *path,
                           const char *why)
{
    publish(m, path);
    AUTO(archive) a = NULL;
    cr_assert_eq(archive_open(&a, path, &err), STATUS_CORRUPT);
    cr_assert(strstr(err.message, why), "%s", err.message);
}

Test(archive, a_segment_that_is_not_the_published_one_is_refused)
{
    AUTO_DONE(manifest) m;
    char *path = make_archive(&m);
    struct manifest_segment *one = &m.segments[0];
    one->documents = 2;
    assert_refused(&m, path, "another number of articles");
    one->documents = 3;
    one->last_docid = 4;
    assert_refused(&m, path, "another token stream");
    one->last_docid = 3;
    one->uuid[0] = one->uuid[0] == '0' ? '1' : '0';
    assert_refused(&m, path, "another UUID");
    m.segments[1].deleted = 1;
    assert_refused(&m, path, "another number of deleted articles");
    tempdir_remove(path);
}

Test(archive, xapians_own_tools_open_it)
{
    AUTO_DONE(manifest) m;
    char *path = make_archive(&m);
    char command[400];
    snprintf(command, sizeof command,
             "xapian-delve %s 2>&1 | grep -q 'number of documents = 8'", path);
    if (system("command -v xapian-delve >/dev/null") == 0)
        cr_assert_eq(system(command), 0);
    tempdir_remove(path);
}
