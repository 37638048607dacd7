/* Runs that publish as they go, or are stopped before their end. */
#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/interrupt.h"
#include "indexer/dry_run.h"
#include "indexer/run.h"
#include "tests/support/archive_fixture.h"
#include "tests/support/tempdir.h"

enum { ARTICLES = 700 }; /* more than two batches */

static struct error err;
static struct summary summary;
static char *dir, *said;
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
    free(said);
    tempdir_remove(dir);
}

TestSuite(checkpoint, .init = begin, .fini = end);

static const char *source(void)
{
    return tempdir_file(dir, "x.jsonl");
}

static void append_articles(int first, int count)
{
    FILE *f = fopen(source(), "a");
    for (int i = first; i < first + count; i++)
        fprintf(f, "{\"id\":\"a%d\",\"title\":\"T%d\",\"body\":\"b\"}\n", i, i);
    fclose(f);
}

typedef enum status run_fn(struct summary *out,
                           const struct indexer_settings *settings,
                           struct messages *messages, struct error *err);

static void run(run_fn *how, struct indexer_settings settings)
{
    const char *const sources[] = {source(), NULL};
    struct messages messages;
    size_t size;
    free(said);
    FILE *stream = open_memstream(&said, &size);
    message_init(&messages, "test", stream);
    messages.level = MESSAGE_VERBOSE;
    settings.archive = archive;
    settings.sources = (char *const *)sources;
    settings.merge_budget = -1;
    settings.jobs = 2;
    settings.memory = 1 << 20;
    cr_assert_eq(how(&summary, &settings, &messages, &err), STATUS_OK, "%s",
                 err.message);
    fclose(stream);
}

#define RUN(...) run(run_index, (struct indexer_settings){__VA_ARGS__})
#define DRY(...) run(dry_run_index, (struct indexer_settings){__VA_ARGS__})

/* read, added, updated, unchanged, rejected */
static void assert_counts(const char *expected)
{
    char shown[100];
    snprintf(shown, sizeof shown, "%d=%d+%d+%d+%d", (int)summary.read,
             (int)summary.added, (int)summary.updated, (int)summary.unchanged,
             (int)summary.rejected);
    cr_assert_str_eq(shown, expected, "%s", shown);
}

static int times_said(const char *what)
{
    int count = 0;
    for (const char *at = said; (at = strstr(at, what)); at++)
        count++;
    return count;
}

Test(checkpoint, publishes_after_so_many_articles)
{
    append_articles(0, ARTICLES);
    RUN(.checkpoint_articles = 300);
    assert_counts("700=700+0+0+0");
    cr_assert_eq(times_said("published generation"), 2, "%s", said);
    cr_assert_eq(summary.articles, ARTICLES);
    cr_assert_geq(summary.generation, 4, "an empty one, two, and the rest");
    RUN(.checkpoint_articles = 300);
    assert_counts("0=0+0+0+0");
    cr_assert_eq(summary.files_unchanged, 1);
}

Test(checkpoint, the_same_article_before_and_after_is_one)
{
    append_articles(0, 300);
    append_articles(0, 1);
    FILE *f = fopen(source(), "a");
    fputs("{\"id\":\"a1\",\"title\":\"Other\"}\nbroken\n", f);
    fclose(f);
    RUN(.checkpoint_articles = 300);
    assert_counts("303=300+1+1+1");
    cr_assert_eq(summary.articles, 300);
}

Test(checkpoint, publishes_after_so_long)
{
    append_articles(0, 20);
    RUN(.checkpoint_s = 3600);
    cr_assert_eq(times_said("published generation"), 0);
}

/* --- stopping --------------------------------------------------------------
 */

/* A message of the run is where the signal comes: after 256 articles, that is,
 * with the first checkpoint's. */
static ssize_t stop_at_checkpoint(void *cookie, const char *bytes, size_t size)
{
    (void)cookie;
    if (memmem(bytes, size, "published", 9))
        raise(SIGTERM);
    return (ssize_t)size;
}

static void run_until_stopped(void)
{
    const char *const sources[] = {source(), NULL};
    struct messages messages;
    FILE *stream = fopencookie(
        NULL, "w", (cookie_io_functions_t){.write = stop_at_checkpoint});
    message_init(&messages, "test", stream);
    messages.level = MESSAGE_VERBOSE;
    const struct indexer_settings settings = {.archive = archive,
                                              .sources = (char *const *)sources,
                                              .merge_budget = -1,
                                              .jobs = 1,
                                              .memory = 1 << 20,
                                              .checkpoint_articles = 300};
    cr_assert_eq(run_index(&summary, &settings, &messages, &err), STATUS_OK,
                 "%s", err.message);
    fclose(stream);
}

static int in_child(void (*child)(void))
{
    fflush(NULL);
    int status = -1;
    pid_t pid = fork();
    if (pid == 0) {
        child();
        _exit(summary.signal == SIGTERM && summary.read == 300 ? 0 : 1);
    }
    waitpid(pid, &status, 0);
    return status;
}

Test(checkpoint, a_stopped_run_is_gone_on_with)
{
    append_articles(0, ARTICLES);
    cr_assert_eq(in_child(run_until_stopped), 0);
    append_articles(ARTICLES, 1);
    RUN(.stats = 0);
    assert_counts("401=401+0+0+0");
    cr_assert_eq(summary.articles, ARTICLES + 1);
}

/* --- rescan and dry runs ---------------------------------------------------
 */

Test(checkpoint, a_rescan_reads_what_is_unchanged)
{
    append_articles(0, 3);
    RUN(.stats = 0);
    RUN(.rescan = 1);
    assert_counts("3=0+0+3+0");
}

Test(checkpoint, a_dry_run_says_what_would_be_done_and_makes_nothing)
{
    append_articles(0, 2);
    DRY(.stats = 0);
    assert_counts("2=2+0+0+0");
    cr_assert(summary.dry);
    cr_assert_eq(summary.articles, 2);
    cr_assert_eq(times_said("would add 'a1'"), 1, "%s", said);
    cr_assert_eq(access(archive, F_OK), -1);
    RUN(.stats = 0);
    append_articles(2, 1);
    append_articles(0, 1);
    FILE *f = fopen(source(), "a");
    fputs("{\"id\":\"a1\",\"title\":\"Other\"}\nbroken\n", f);
    fclose(f);
    DRY(.stats = 0);
    assert_counts("4=1+1+1+1");
    cr_assert_eq(times_said("would update 'a1'"), 1, "%s", said);
    cr_assert_eq(times_said("would not change 'a0'"), 1);
    RUN(.stats = 0);
    assert_counts("4=1+1+1+1");
}
