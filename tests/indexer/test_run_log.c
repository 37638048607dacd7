#include "indexer/run_log.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/tempdir.h"

static struct error err;

static void append(const char *archive, const char *line)
{
    cr_assert_eq(run_log_append(archive, text_from(line), &err), STATUS_OK,
                 "%s", err.message);
}

static void assert_content(const char *archive, const char *expected)
{
    char *content = tempdir_read(tempdir_file(archive, "runs.jsonl"), NULL);
    cr_assert_str_eq(content, expected);
    free(content);
}

Test(run_log, grows_by_a_line_a_run)
{
    char *archive = tempdir_make();
    append(archive, "{\"run\":1}");
    append(archive, "{\"run\":2}");
    assert_content(archive, "{\"run\":1}\n{\"run\":2}\n");
    tempdir_remove(archive);
}

Test(run_log, half_a_line_is_ended_first)
{
    char *archive = tempdir_make();
    tempdir_write(tempdir_file(archive, "runs.jsonl"), "{\"ru", 4);
    append(archive, "{}");
    assert_content(archive, "{\"ru\n{}\n");
    tempdir_remove(archive);
}

Test(run_log, what_does_not_fit_leaves_no_half_line)
{
    char *archive = tempdir_make();
    append(archive, "{}");
    static char line[3001];
    memset(line, 'x', sizeof line - 1);
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit limit = {1000, RLIM_INFINITY},
                  none = {RLIM_INFINITY, RLIM_INFINITY};
    setrlimit(RLIMIT_FSIZE, &limit);
    enum status status = run_log_append(archive, text_from(line), &err);
    setrlimit(RLIMIT_FSIZE, &none);
    cr_assert_eq(status, STATUS_IO);
    assert_content(archive, "{}\n");
    append(archive, "{}");
    assert_content(archive, "{}\n{}\n");
    tempdir_remove(archive);
}

Test(run_log, needs_its_folder_and_follows_no_link)
{
    char *archive = tempdir_make();
    const char *none = tempdir_file(archive, "none");
    cr_assert_eq(run_log_append(none, text_from("{}"), &err), STATUS_IO);
    const char *other = tempdir_file(archive, "other");
    tempdir_write(other, "x", 1);
    cr_assert_eq(symlink(other, tempdir_file(archive, "runs.jsonl")), 0);
    cr_assert_eq(run_log_append(archive, text_from("{}"), &err), STATUS_IO);
    tempdir_remove(archive);
}
