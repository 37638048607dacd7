#include "indexer/run.h"

#include <criterion/criterion.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/manifest.h"
#include "indexer/archive_folder.h"
#include "indexer/lock.h"
#include "indexer/verify.h"
#include "tests/support/archive_fixture.h"
#include "tests/support/tempdir.h"

static struct error err;
static struct summary summary;
static char *dir; /* for sources and the archive */
static char archive[600];

static void begin(void)
{
    char *folder = tempdir_make();
    dir = realpath(folder, NULL);
    free(folder);
    snprintf(archive, sizeof archive, "%s/press", dir);
}

static void end(void)
{
    tempdir_remove(dir);
}

TestSuite(run, .init = begin, .fini = end);

static const char *source(const char *name, const char *content)
{
    tempdir_write(tempdir_file(dir, name), content, strlen(content));
    return tempdir_file(dir, name);
}

/* Everything else as the command line leaves it. */
static enum status run(struct indexer_settings settings, const char *first)
{
    const char *const sources[] = {first, NULL};
    struct messages messages;
    FILE *nowhere = fopen("/dev/null", "w");
    message_init(&messages, "test", nowhere);
    settings.archive = archive;
    settings.sources = (char *const *)sources;
    settings.level = LEVEL_QUIET;
    settings.merge_budget = settings.merge_budget ? settings.merge_budget : -1;
    settings.jobs = settings.jobs ? settings.jobs : 2;
    settings.memory = 1 << 20;
    enum status status = run_index(&summary, &settings, &messages, &err);
    fclose(nowhere);
    return status;
}

#define RUN(first, ...) REFUSED(STATUS_OK, first, __VA_ARGS__)

#define REFUSED(expected, first, ...)                                          \
    cr_assert_eq(run((struct indexer_settings){__VA_ARGS__}, first), expected, \
                 "%s", err.message)

static struct manifest load(void)
{
    struct manifest m;
    cr_assert_eq(manifest_load(&m, archive, &err), STATUS_OK, "%s",
                 err.message);
    return m;
}

static void fail_on(void *context, const char *finding)
{
    (void)context;
    cr_assert_fail("%s", finding);
}

/* The ids in order of ingest, a blank after each; and that all is sound. */
static void assert_ids(const char *expected)
{
    struct verify_result result;
    cr_assert_eq(verify_archive(&result,
                                &(struct verify_request){archive, VERIFY_FILES,
                                                         fail_on, NULL, NULL},
                                &err),
                 STATUS_OK);
    char *history = archive_fixture_history(archive);
    AUTO_DONE(strbuf) ids = STRBUF_INIT(4096);
    struct text rest = text_from(history), line, id;
    while (rest.len > 0 && text_split(&rest, '\n', &line)) {
        text_split(&line, ' ', &id);
        strbuf_append(&ids, id);
        strbuf_append_char(&ids, ' ');
    }
    cr_assert_str_eq(strbuf_string(&ids), expected);
    free(history);
}

static const char one_article[] = "{\"id\":\"a\",\"title\":\"A\"}\n";

Test(run, the_first_makes_an_archive_the_second_finds_nothing_new)
{
    RUN(source("a.jsonl", one_article));
    cr_assert_eq(summary.added, 1);
    cr_assert_eq(summary.articles, 1);
    cr_assert_eq(summary.segments, 1);
    cr_assert_gt(summary.archive_bytes, 0);
    cr_assert_eq(summary.generation, 2);
    RUN(tempdir_file(dir, "a.jsonl"));
    cr_assert_eq(summary.read, 0);
    cr_assert_eq(summary.files_unchanged, 1);
    cr_assert_eq(summary.generation, 2);
    AUTO_DONE(manifest) m = load();
    cr_assert_str_eq(m.language, "english");
    assert_ids("a ");
}

Test(run, an_article_keeps_its_history_from_run_to_run)
{
    RUN(source("1.jsonl", "{\"id\":\"a\",\"title\":\"A\"}\n"
                          "{\"id\":\"b\",\"title\":\"B\"}\n"));
    RUN(source("2.jsonl", "{\"id\":\"a\",\"title\":\"A2\"}\n"));
    cr_assert_eq(summary.updated, 1);
    RUN(source("3.jsonl", "{\"id\":\"a\",\"title\":\"A\"}\n"));
    cr_assert_eq(summary.updated, 1);
    RUN(source("4.jsonl", "{\"id\":\"a\",\"title\":\"A\"}\n"));
    cr_assert_eq(summary.unchanged, 1);
    char *history = archive_fixture_history(archive);
    cr_assert_not_null(strstr(history, "a 4 v3 "), "%s", history);
    free(history);
    assert_ids("b a ");
}

Test(run, of_a_thousand_versions_in_a_run_the_last_is_kept)
{
    AUTO_DONE(strbuf) lines = STRBUF_INIT(1 << 20);
    for (int i = 1; i <= 1000; i++)
        strbuf_append_format(&lines, "{\"id\":\"a\",\"title\":\"T%d\"}\n", i);
    RUN(source("a.jsonl", strbuf_string(&lines)), .jobs = 4);
    cr_assert_eq(summary.read, 1000);
    cr_assert_eq(summary.added, 1);
    cr_assert_eq(summary.updated, 999);
    cr_assert_eq(summary.articles, 1);
    char *history = archive_fixture_history(archive);
    cr_assert_not_null(strstr(history, " T1000\n"), "%s", history);
    free(history);
    assert_ids("a ");
}

Test(run, segments_are_merged_after_enough_nights)
{
    static const char *const ids[] = {"a", "b", "c", "d"};
    for (int i = 0; i < 4; i++) {
        char line[100], name[20];
        snprintf(line, sizeof line, "{\"id\":\"%s\",\"title\":\"T\"}\n",
                 ids[i]);
        snprintf(name, sizeof name, "%d.jsonl", i);
        RUN(source(name, line), .merge_budget = 1000);
    }
    cr_assert_eq(summary.merges, 1);
    cr_assert_eq(summary.segments, 1);
    assert_ids("a b c d ");
}

Test(run, nights_of_one_size_are_merged_without_being_told)
{
    for (int i = 0; i < 4; i++) {
        char line[100], name[20];
        snprintf(line, sizeof line, "{\"id\":\"%d\",\"title\":\"T\"}\n", i);
        snprintf(name, sizeof name, "%d.jsonl", i);
        RUN(source(name, line));
    }
    cr_assert_eq(summary.merges, 1);
    cr_assert_eq(summary.segments, 1);
    assert_ids("0 1 2 3 ");
}

/* --- what is missing, or wrong -------------------------------------------- */

Test(run, without_its_source_the_first_makes_an_empty_archive)
{
    RUN("/nowhere/a.jsonl");
    cr_assert_eq(summary.files_failed, 1);
    cr_assert_eq(summary.generation, 1);
    assert_ids("");
    RUN(source("a.jsonl", one_article));
    assert_ids("a ");
}

Test(run, an_archive_that_never_had_an_article_may_change_its_language)
{
    RUN("/nowhere/a.jsonl");
    RUN(source("a.jsonl", one_article), .language = "german");
    AUTO_DONE(manifest) m = load();
    cr_assert_str_eq(m.language, "german");
    assert_ids("a ");
}

Test(run, one_that_had_an_article_may_not)
{
    RUN(source("a.jsonl", one_article), .language = "de");
    REFUSED(STATUS_USAGE, source("b.jsonl", one_article),
            .language = "english");
    char expected[700];
    snprintf(expected, sizeof expected,
             "archive '%s' is in german: its language cannot become english",
             archive);
    cr_assert_str_eq(err.message, expected);
    AUTO_DONE(manifest) m = load();
    cr_assert_str_eq(m.language, "german");
    cr_assert_eq(m.generation, 2);
    RUN(source("b.jsonl", one_article), .language = "german"); /* the same */
}

Test(run, what_is_asked_for_in_vain_leaves_nothing_behind)
{
    const char *first = source("a.jsonl", one_article);
    REFUSED(STATUS_USAGE, first, .from = "xml");
    cr_assert_str_eq(err.message, "unknown format 'xml'");
    REFUSED(STATUS_USAGE, first, .language = "klingon");
    REFUSED(STATUS_IO, first, .base = "/nowhere");
    cr_assert_str_eq(err.message,
                     "cannot find '/nowhere': No such file or directory");
    cr_assert_neq(access(archive, F_OK), 0);
}

Test(run, of_another_version_of_analysis_is_refused)
{
    RUN(source("a.jsonl", one_article));
    AUTO_DONE(manifest) m = load();
    m.analyzer_version++;
    cr_assert_eq(manifest_save(&m, archive, &err), STATUS_OK);
    REFUSED(STATUS_VERSION, source("b.jsonl", one_article));
    cr_assert_not_null(strstr(err.message, "was analysed by version 2"));
}

Test(run, the_base_may_end_in_a_slash)
{
    char base[610];
    snprintf(base, sizeof base, "%s/", dir);
    RUN(source("a.txt", "Title\n\nBody of it.\n"), .base = base);
    assert_ids("a.txt ");
}

Test(run, takes_only_the_format_it_is_told)
{
    RUN(source("a.txt", "Title\n\nBody of it.\n"), .from = "jsonl");
    cr_assert_gt(summary.rejected, 0);
    cr_assert_eq(summary.articles, 0);
}

Test(run, another_writer_is_told_and_nothing_changes)
{
    RUN(source("a.jsonl", one_article));
    AUTO(lock) lock = NULL;
    cr_assert_eq(lock_take(&lock, archive, 0, &err), STATUS_OK);
    REFUSED(STATUS_BUSY, source("b.jsonl", "{\"id\":\"b\",\"title\":\"B\"}\n"));
    assert_ids("a ");
}

Test(run, a_file_in_the_place_of_the_archive_stays)
{
    tempdir_write(archive, "mine", 4);
    REFUSED(STATUS_EXISTS, source("a.jsonl", one_article));
    size_t len;
    free(tempdir_read(archive, &len));
    cr_assert_eq(len, 4);
}

Test(run, a_manifest_cut_in_half_is_refused_and_stays)
{
    RUN(source("a.jsonl", one_article));
    size_t len, after;
    free(tempdir_read(tempdir_file(archive, "XAPIANDB"), &len));
    cr_assert_eq(truncate(tempdir_file(archive, "XAPIANDB"), len / 2), 0);
    REFUSED(STATUS_CORRUPT, source("b.jsonl", one_article));
    free(tempdir_read(tempdir_file(archive, "XAPIANDB"), &after));
    cr_assert_eq(after, len / 2);
}

Test(run, a_missing_segment_is_told)
{
    RUN(source("a.jsonl", one_article));
    AUTO_DONE(manifest) m = load();
    cr_assert_eq(unlink(tempdir_file(archive, m.segments[0].files[0].name)), 0);
    REFUSED(STATUS_CORRUPT, source("b.jsonl", one_article));
}

/* --- the log -------------------------------------------------------------- */

Test(run, every_run_is_a_line_of_the_log_that_adds_up)
{
    RUN(source("a.jsonl", "{\"id\":\"a\",\"title\":\"A\"}\nbroken\n"));
    RUN(tempdir_file(dir, "a.jsonl"));
    char *log = tempdir_read(tempdir_file(archive, "runs.jsonl"), NULL);
    struct text rest = text_from(log), line;
    int lines = 0;
    for (; rest.len > 0 && text_split(&rest, '\n', &line); lines++) {
        json_t *json = json_loadb(line.ptr, line.len, 0, NULL);
        int read = 0, added = 0, updated = 0, unchanged = 0, rejected = 0;
        cr_assert_eq(json_unpack(json, "{s:i s:i s:i s:i s:i}", "read", &read,
                                 "added", &added, "updated", &updated,
                                 "unchanged", &unchanged, "rejected",
                                 &rejected),
                     0);
        cr_assert_eq(read, added + updated + unchanged + rejected);
        cr_assert_eq(read, lines == 0 ? 2 : 0);
        json_decref(json);
    }
    cr_assert_eq(lines, 2);
    free(log);
}
