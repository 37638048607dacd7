#include "indexer/intake.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "indexer/publish.h"
#include "indexer/tables.h"
#include "tests/support/archive_fixture.h"
#include "tests/support/tempdir.h"

static struct error err;
static char *home, *in; /* in: a folder for sources */

/* What the next run is given, and what the last has left. */
static const char *base;
static const struct reader_format *format;
static FILE *stream;
static char *said;
static struct summary summary;

static void begin(void)
{
    home = archive_fixture_make();
    char *folder = tempdir_make();
    in = realpath(folder, NULL);
    free(folder);
}

static void end(void)
{
    free(said);
    tempdir_remove(home);
    tempdir_remove(in);
}

TestSuite(intake, .init = begin, .fini = end);

#define SUCCEEDS(call) cr_assert_eq(call, STATUS_OK, "%s", err.message)

static const char *source(const char *name, const char *content)
{
    tempdir_write(tempdir_file(in, name), content, strlen(content));
    return tempdir_file(in, name);
}

static void take_in(struct intake *intake, const struct manifest *m)
{
    const struct workers_settings settings = {.tables = &tables_glass,
                                              .archive = home,
                                              .language = m->language,
                                              .generation = m->generation + 1,
                                              .count = 2,
                                              .memory = 1 << 20};
    SUCCEEDS(workers_new(&intake->workers, &settings, &err));
    SUCCEEDS(intake_run(intake, &err));
    SUCCEEDS(summary_check(&summary, &err));
}

/* One run over the sources, NULL-ended, as run.c does it. */
static void run(const char *const *sources)
{
    AUTO(archive) archive = NULL;
    SUCCEEDS(archive_open(&archive, home, &err));
    const struct manifest *m = archive_manifest(archive);
    AUTO(ledger) ledger = NULL;
    AUTO(rejects) rejects = rejects_new(m, home);
    AUTO(catalog) catalog = catalog_new(archive, m->next_sequence, FIXTURE_NOW);
    SUCCEEDS(ledger_load(&ledger, m, home, &err));
    struct messages messages;
    struct progress progress;
    size_t size;
    free(said);
    FILE *out = stream ? stream : open_memstream(&said, &size);
    message_init(&messages, "test", out);
    messages.level = stream ? MESSAGE_VERBOSE : MESSAGE_NORMAL;
    progress_init(&progress, &messages);
    summary = (struct summary){0};
    struct intake intake = {.sources = (char *const *)sources,
                            .format = format,
                            .base = base,
                            .catalog = catalog,
                            .ledger = ledger,
                            .rejects = rejects,
                            .messages = &messages,
                            .progress = &progress,
                            .summary = &summary};
    take_in(&intake, m);
    AUTO(workers) workers = intake.workers;
    struct publication p = {.archive = archive,
                            .catalog = catalog,
                            .ledger = ledger,
                            .rejects = rejects};
    SUCCEEDS(workers_finish(workers, &p.built, &p.built_count, &err));
    SUCCEEDS(publish_run(&p, &err));
    fclose(out);
    if (stream)
        said = NULL;
    stream = NULL;
}

#define RUN(...) run((const char *const[]){__VA_ARGS__, NULL})

/* read, added, updated, unchanged, rejected; files, unchanged, failed. */
static void assert_counts(const char *expected)
{
    char shown[100];
    const struct summary *s = &summary;
    snprintf(shown, sizeof shown, "%d=%d+%d+%d+%d %d %d %d", (int)s->read,
             (int)s->added, (int)s->updated, (int)s->unchanged,
             (int)s->rejected, (int)s->files, (int)s->files_unchanged,
             (int)s->files_failed);
    cr_assert_str_eq(shown, expected);
}

static void assert_history(const char *expected)
{
    char *history = archive_fixture_history(home);
    cr_assert_str_eq(history, expected);
    free(history);
}

Test(intake, no_sources_are_nothing)
{
    RUN(NULL);
    assert_counts("0=0+0+0+0 0 0 0");
    assert_history("");
}

Test(intake, counts_what_becomes_of_every_article)
{
    const char *first = source("a.jsonl", "{\"id\":\"a\",\"title\":\"A\"}\n"
                                          "{\"id\":\"b\",\"title\":\"B\"}\n"
                                          "broken\n"
                                          "{\"id\":\"a\",\"title\":\"A\"}\n"
                                          "{\"id\":\"a\",\"title\":\"A2\"}\n"
                                          "{\"id\":\"c\"}\n");
    RUN(first);
    assert_counts("6=2+1+1+2 1 0 0");
    cr_assert_eq(summary.text_bytes, 4);
    assert_history("b 2 v1 1000 1000 B\na 3 v2 1000 1000 A2\n");
    cr_assert_not_null(strstr(said, "a.jsonl' line 3: "), "%s", said);
    cr_assert_not_null(strstr(said, "a.jsonl' line 6: "));
}

Test(intake, a_file_seen_before_is_passed_over_until_it_changes)
{
    const char *first = source("a.jsonl", "{\"id\":\"a\",\"title\":\"A\"}\n");
    RUN(first);
    RUN(first);
    assert_counts("0=0+0+0+0 1 1 0");
    source("a.jsonl", "{\"id\":\"a\",\"title\":\"A\"}\n"
                      "{\"id\":\"b\",\"title\":\"B\"}\n");
    RUN(first);
    assert_counts("1=1+0+0+0 1 0 0");
}

Test(intake, a_source_named_twice_is_read_once)
{
    const char *first = source("a.jsonl", "{\"id\":\"a\",\"title\":\"A\"}\n");
    RUN(first, first, in);
    assert_counts("1=1+0+0+0 3 2 0");
}

static void give_stdin(const char *content)
{
    source("stdin", content);
    int fd = open(tempdir_file(in, "stdin"), O_RDONLY);
    cr_assert_geq(fd, 0);
    cr_assert_eq(dup2(fd, STDIN_FILENO), STDIN_FILENO);
    close(fd);
    cr_assert_eq(unlink(tempdir_file(in, "stdin")), 0);
}

Test(intake, standard_input_twice_is_empty_the_second_time)
{
    give_stdin("{\"id\":\"a\",\"title\":\"A\"}\n");
    const char *other = source("b.jsonl", "{\"id\":\"b\",\"title\":\"B\"}\n");
    RUN("-", "-", other);
    assert_counts("2=2+0+0+0 3 0 0");
    cr_assert_eq(summary.files_failed, 0);
}

Test(intake, standard_input_is_read_in_every_run)
{
    give_stdin("{\"id\":\"a\",\"title\":\"A\"}\n");
    RUN("-");
    give_stdin("{\"id\":\"b\",\"title\":\"B\"}\n");
    RUN("-");
    assert_counts("1=1+0+0+0 1 0 0");
    assert_history("a 1 v1 1000 1000 A\nb 2 v1 1000 1000 B\n");
    AUTO_DONE(manifest) m = {0};
    SUCCEEDS(manifest_load(&m, home, &err));
    cr_assert_eq(m.ledger_count, 0);
}

Test(intake, what_is_missing_is_told_and_the_rest_is_read)
{
    const char *first = source("a.jsonl", "{\"id\":\"a\",\"title\":\"A\"}\n");
    RUN("/nowhere/x.jsonl", first, "/nowhere");
    assert_counts("1=1+0+0+0 1 0 2");
    cr_assert_not_null(strstr(said, "cannot open '/nowhere/x.jsonl': No such"));
}

/* A source that can be opened, and not be read. */
Test(intake, a_source_that_breaks_is_told_and_not_noted)
{
    for (int i = 0; i < 2; i++) {
        RUN("/proc/self/mem");
        assert_counts("0=0+0+0+0 1 0 1");
        cr_assert_not_null(strstr(said, "cannot read '/proc/self/mem': "));
    }
}

Test(intake, a_source_of_no_known_format_is_rejected_once)
{
    tempdir_write(tempdir_file(in, "x.bin"), "\0\1\2\3", 4);
    RUN(in);
    assert_counts("1=0+0+0+1 1 0 0");
    cr_assert_not_null(strstr(said, "x.bin' is of no known format"), "%s",
                       said);
    RUN(in);
    assert_counts("0=0+0+0+0 1 1 0");
}

Test(intake, empty_files_are_sources_without_articles)
{
    source("empty", "");
    RUN(in);
    assert_counts("0=0+0+0+0 1 0 0");
    RUN(in);
    assert_counts("0=0+0+0+0 1 1 0");
}

Test(intake, shows_twenty_rejections_of_a_source_and_counts_the_rest)
{
    AUTO_DONE(strbuf) lines = STRBUF_INIT(4096);
    for (int i = 0; i < 25; i++)
        strbuf_append_string(&lines, "broken\n");
    format = reader_format_by_name("jsonl");
    RUN(source("a", strbuf_string(&lines)));
    assert_counts("25=0+0+0+25 1 0 0");
    cr_assert_not_null(strstr(said, "line 20: "));
    cr_assert_null(strstr(said, "line 21: "));
    cr_assert_not_null(strstr(said, "a': 5 more articles were rejected"));
}

Test(intake, counts_warnings)
{
    RUN(source("a.jsonl",
               "{\"id\":\"a\",\"title\":\"A\",\"date\":\"nonsense\"}\n"));
    cr_assert_eq(summary.warnings, 1);
    cr_assert_not_null(strstr(said, "warning: "));
}

Test(intake, a_full_batch_is_sent_and_the_next_begun)
{
    enum { COUNT = 2 * BATCH_ARTICLES + 1 };
    AUTO_DONE(strbuf) lines = STRBUF_INIT(1 << 20);
    for (int i = 0; i < COUNT; i++)
        strbuf_append_format(&lines, "{\"id\":\"n%d\",\"title\":\"T\"}\n", i);
    RUN(source("a.jsonl", strbuf_string(&lines)));
    cr_assert_eq(summary.added, COUNT);
}

/* --- ids ------------------------------------------------------------------ */

static void assert_only_id(const char *expected)
{
    char *history = archive_fixture_history(home);
    struct text line = text_from(history), id;
    cr_assert(text_split(&line, ' ', &id));
    cr_assert(text_is(id, expected), "%.*s", TEXT_ARG(id));
    free(history);
}

Test(intake, a_text_file_is_named_by_its_path)
{
    RUN(source("a.txt", "Title\n\nBody of it.\n"));
    char id[600];
    snprintf(id, sizeof id, "%s/a.txt", in);
    assert_only_id(id);
}

Test(intake, or_by_its_path_below_the_base)
{
    cr_assert_eq(mkdir(tempdir_file(in, "2022"), 0777), 0);
    base = in;
    RUN(source("2022/a.txt", "Title\n\nBody of it.\n"));
    assert_only_id("2022/a.txt");
}

Test(intake, the_base_may_be_the_root)
{
    base = "/";
    RUN(source("a.txt", "Title\n\nBody of it.\n"));
    char id[600];
    snprintf(id, sizeof id, "%s/a.txt", in + 1);
    assert_only_id(id);
}

Test(intake, a_folder_whose_name_only_begins_like_the_base_is_not_below_it)
{
    char begins[600], id[600];
    cr_assert_eq(mkdir(tempdir_file(in, "press-old"), 0777), 0);
    snprintf(begins, sizeof begins, "%s/press", in);
    snprintf(id, sizeof id, "%s/press-old/a.txt", in);
    base = begins;
    RUN(source("press-old/a.txt", "Title\n\nBody of it.\n"));
    assert_only_id(id);
}

Test(intake, text_from_standard_input_is_named_by_its_digest)
{
    format = reader_format_by_name("text");
    give_stdin("Title\n\nBody of it.\n");
    RUN("-");
    char *history = archive_fixture_history(home);
    cr_assert_eq(strncmp(history, "xxh3:", 5), 0, "%s", history);
    free(history);
}

/* Another text came through there yesterday. */
Test(intake, a_pipe_with_a_name_does_not_name_what_comes_through_it)
{
    const char *pipe = tempdir_file(in, "pipe");
    cr_assert_eq(mkfifo(pipe, 0666), 0);
    pid_t writer = fork();
    if (writer == 0) {
        int fd = open(pipe, O_WRONLY);
        ssize_t ignored = write(fd, "Title\n\nBody.\n", 13);
        _exit(ignored != 13);
    }
    RUN(pipe);
    char *history = archive_fixture_history(home);
    cr_assert_eq(strncmp(history, "xxh3:", 5), 0, "%s", history);
    free(history);
}

Test(intake, a_file_name_that_is_not_utf8_names_one_article_for_ever)
{
    const char *first = source("caf\xe9.txt", "Title\n\nBody of it.\n");
    RUN(first);
    char id[600];
    snprintf(id, sizeof id, "%s/caf%%E9.txt", in);
    assert_only_id(id);
    source("caf\xe9.txt", "Title two\n\nBody of it.\n");
    RUN(first);
    assert_counts("1=0+1+0+0 1 0 0");
}

/* --- a file that changes while it is read --------------------------------- */

/* A stream for messages that writes to the source when it is told that the
 * source was read: after the look at it, and before it is noted. */
static ssize_t write_to_source(void *context, const char *bytes, size_t size)
{
    static const char note[] = "read 1 articles from";
    if (memmem(bytes, size, note, sizeof note - 1)) {
        FILE *f = fopen(context, "a");
        fputs("{\"id\":\"late\",\"title\":\"L\"}\n", f);
        fclose(f);
    }
    return (ssize_t)size;
}

Test(intake, what_is_added_to_a_file_while_it_is_read_is_read_next_time)
{
    static char path[600];
    snprintf(path, sizeof path, "%s",
             source("a.jsonl", "{\"id\":\"a\",\"title\":\"A\"}\n"));
    stream = fopencookie(path, "w",
                         (cookie_io_functions_t){.write = write_to_source});
    setvbuf(stream, NULL, _IONBF, 0);
    RUN(path);
    assert_counts("1=1+0+0+0 1 0 0");
    RUN(path);
    assert_counts("1=1+0+0+0 1 0 0");
}
