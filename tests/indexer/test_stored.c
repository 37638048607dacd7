#include "indexer/stored.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/record.h"
#include "indexer/generation.h"
#include "indexer/segment_writer.h"
#include "indexer/tables.h"
#include "tests/support/archive_fixture.h"
#include "tests/support/tempdir.h"

static struct error err;

#define SUCCEEDS(call) cr_assert_eq(call, STATUS_OK, "%s", err.message)

static struct article version(const char *id, const char *title)
{
    return archive_fixture_article(id, title, NULL);
}

static struct archive *open_archive(const char *path)
{
    struct archive *archive = NULL;
    SUCCEEDS(archive_open(&archive, path, &err));
    return archive;
}

/* "SEGMENT.DOCID:SEQUENCE " for each article of the walk. */
static void assert_walk(const char *path, const size_t *segments, size_t count,
                        const char *expected)
{
    AUTO(archive) archive = open_archive(path);
    AUTO(stored_walk) walk = NULL;
    SUCCEEDS(stored_walk_new(&walk, archive, segments, count, &err));
    char shown[400] = "";
    size_t len = 0;
    struct engine_document d;
    struct stored_facts facts;
    enum status status;
    while ((status = stored_walk_next(walk, &d, &facts, &err)) == STATUS_OK)
        len += (size_t)snprintf(shown + len, sizeof shown - len, "%d.%d:%d ",
                                (int)d.segment, (int)d.docid,
                                (int)facts.ingest.sequence);
    cr_assert_eq(status, STATUS_END);
    cr_assert_eq(stored_walk_next(walk, &d, &facts, &err), STATUS_END);
    cr_assert_str_eq(shown, expected);
}

Test(stored, facts_are_what_the_run_gave)
{
    const struct article old[] = {version("a", "A")};
    const struct article new[] = {version("x", "X"), version("a", "A2")};
    char *path = archive_fixture_with(old, 1);
    archive_fixture_add(path, new, 2, 2000);
    AUTO(archive) archive = open_archive(path);
    struct stored_facts facts;
    const struct engine_document second = {0, 2};
    SUCCEEDS(stored_facts_read(&facts, archive, second, &err));
    cr_assert_eq(facts.ingest.sequence, 3);
    cr_assert_eq(facts.ingest.first_seen, FIXTURE_NOW);
    cr_assert_eq(facts.ingest.last_changed, 2000);
    cr_assert_eq(facts.ingest.versions, 2);
    struct digest content;
    record_digest(&new[1], &content);
    cr_assert(digest_equal(&facts.content, &content));
    const struct engine_document first = {0, 1};
    SUCCEEDS(stored_facts_read(&facts, archive, first, &err));
    cr_assert_eq(facts.ingest.versions, 1);
    tempdir_remove(path);
}

Test(stored, an_article_that_is_not_there_has_no_facts)
{
    const struct article news[] = {version("a", "A")};
    char *path = archive_fixture_with(news, 1);
    AUTO(archive) archive = open_archive(path);
    struct stored_facts facts = {.ingest = {.sequence = 77}};
    const struct engine_document nobody = {0, 9};
    cr_assert_neq(stored_facts_read(&facts, archive, nobody, &err), STATUS_OK);
    cr_assert_eq(facts.ingest.sequence, 77);
    tempdir_remove(path);
}

Test(stored, the_record_is_appended)
{
    const struct article news[] = {version("a", "A")};
    char *path = archive_fixture_with(news, 1);
    AUTO(archive) archive = open_archive(path);
    AUTO_DONE(strbuf) out = STRBUF_INIT(4096);
    strbuf_append_char(&out, '>');
    const struct engine_document first = {0, 1};
    SUCCEEDS(stored_record(archive, first, &out, &err));
    cr_assert_str_eq(strbuf_string(&out), ">{\"id\":\"a\",\"title\":\"A\"}");
    tempdir_remove(path);
}

Test(stored, an_archive_without_segments_has_nothing_to_walk)
{
    char *path = archive_fixture_make();
    assert_walk(path, NULL, 0, "");
    tempdir_remove(path);
}

/* Five runs, one segment each; the later ones supersede first, middle and last
 * articles of earlier ones. */
static char *make_holed_archive(void)
{
    const struct article one[] = {version("a", "A"), version("b", "B"),
                                  version("c", "C"), version("d", "D")};
    const struct article two[] = {version("a", "A2"), version("e", "E")};
    const struct article three[] = {version("d", "D2"), version("a", "A3")};
    char *path = archive_fixture_with(one, 4);
    archive_fixture_add(path, two, 2, 2000);
    archive_fixture_add(path, three, 2, 3000);
    return path;
}

Test(stored, walks_what_is_shown_in_order_of_ingest)
{
    char *path = make_holed_archive();
    assert_walk(path, (const size_t[]){0, 1, 2}, 3,
                "0.2:2 0.3:3 1.2:6 2.1:7 2.2:8 ");
    tempdir_remove(path);
}

Test(stored, the_order_does_not_depend_on_that_of_the_segments)
{
    char *path = make_holed_archive();
    assert_walk(path, (const size_t[]){2, 0, 1}, 3,
                "0.2:2 0.3:3 1.2:6 2.1:7 2.2:8 ");
    tempdir_remove(path);
}

Test(stored, walks_only_the_segments_asked_for)
{
    char *path = make_holed_archive();
    assert_walk(path, (const size_t[]){1}, 1, "1.2:6 ");
    assert_walk(path, (const size_t[]){2, 1}, 2, "1.2:6 2.1:7 2.2:8 ");
    assert_walk(path, NULL, 0, "");
    tempdir_remove(path);
}

Test(stored, articles_of_parallel_workers_come_in_one_order)
{
    enum { COUNT = 60 };
    static char ids[COUNT][8];
    struct article news[COUNT];
    for (int i = 0; i < COUNT; i++) {
        snprintf(ids[i], sizeof ids[i], "n%d", i);
        news[i] = version(ids[i], "T");
    }
    char *path = archive_fixture_make();
    const struct fixture_run run = {.articles = news,
                                    .count = COUNT,
                                    .now = FIXTURE_NOW,
                                    .workers = 3,
                                    .batch = 2};
    archive_fixture_run(path, &run);
    char *history = archive_fixture_history(path);
    struct text rest = text_from(history), line;
    for (int i = 0; i < COUNT; i++) {
        char begin[20];
        snprintf(begin, sizeof begin, "n%d %d ", i, i + 1);
        cr_assert(text_split(&rest, '\n', &line));
        cr_assert(text_starts_with(line, text_from(begin)), "%s", begin);
    }
    free(history);
    tempdir_remove(path);
}

/* Nothing publishes such a segment; it is sound all the same. */
Test(stored, a_segment_without_articles_is_walked_past)
{
    const struct article news[] = {version("a", "A")};
    char *path = archive_fixture_with(news, 1);
    AUTO(segment_writer) w = NULL;
    char folder[600];
    snprintf(folder, sizeof folder, "%s/segments/g3-000000000000", path);
    const struct segment_settings settings = {.tables = &tables_glass,
                                              .path = folder,
                                              .name = "g3-000000000000",
                                              .language = "english"};
    struct manifest_segment empty;
    SUCCEEDS(segment_writer_new(&w, &settings, &err));
    SUCCEEDS(segment_writer_finish(w, &empty, &err));
    AUTO_DONE(generation) g;
    SUCCEEDS(generation_begin(&g, path, &err));
    generation_add_segment(&g, &empty);
    SUCCEEDS(generation_publish(&g, 2000, &err));
    assert_walk(path, (const size_t[]){0, 1}, 2, "0.1:1 ");
    assert_walk(path, (const size_t[]){1, 0}, 2, "0.1:1 ");
    assert_walk(path, (const size_t[]){1}, 1, "");
    tempdir_remove(path);
}
