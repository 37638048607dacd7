#include "indexer/command.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "indexer/lock.h"
#include "tests/support/archive_fixture.h"
#include "tests/support/tempdir.h"

static struct error err;
static char *archive, *dir;
static char *out, *said;

typedef enum command_exit command_fn(const struct indexer_settings *settings,
                                     struct messages *messages, FILE *out);

static void begin(void)
{
    const struct article old = archive_fixture_article("a", "A", NULL);
    archive = archive_fixture_with(&old, 1);
    dir = tempdir_make();
}

static void end(void)
{
    free(out);
    free(said);
    tempdir_remove(archive);
    tempdir_remove(dir);
}

TestSuite(command, .init = begin, .fini = end);

/* Leaves what it printed in `out` and what it said in `said`. */
static enum command_exit call(command_fn *command,
                              struct indexer_settings settings)
{
    size_t size;
    struct messages messages;
    free(out);
    free(said);
    FILE *stdout_ = open_memstream(&out, &size);
    FILE *stderr_ = open_memstream(&said, &size);
    message_init(&messages, "test", stderr_);
    settings.archive = settings.archive ? settings.archive : archive;
    enum command_exit code = command(&settings, &messages, stdout_);
    fclose(stdout_);
    fclose(stderr_);
    return code;
}

static enum command_exit call_index(const char *content,
                                    struct indexer_settings settings)
{
    const char *source = tempdir_file(dir, "x.jsonl");
    const char *const sources[] = {content ? source : "/nowhere", NULL};
    if (content)
        tempdir_write(source, content, strlen(content));
    settings.sources = (char *const *)sources;
    settings.merge_budget = -1;
    settings.jobs = 1;
    return call(command_index, settings);
}

#define SETTINGS(...) ((struct indexer_settings){__VA_ARGS__})

static const char good[] = "{\"id\":\"b\",\"title\":\"B\"}\n";

Test(command, index_prints_its_summary)
{
    cr_assert_eq(call_index(good, SETTINGS()), COMMAND_DONE);
    cr_assert_str_eq(out, "read 1: 1 added, 0 updated, 0 unchanged, 0 "
                          "rejected; 2 articles in generation 3\n");
    cr_assert_str_eq(said, "");
}

Test(command, index_is_silent_when_quiet_and_all_is_well)
{
    cr_assert_eq(call_index(good, SETTINGS(.level = LEVEL_QUIET)),
                 COMMAND_DONE);
    cr_assert_str_eq(out, "");
    cr_assert_str_eq(said, "");
}

Test(command, index_prints_json_even_when_quiet)
{
    cr_assert_eq(
        call_index(good, SETTINGS(.level = LEVEL_QUIET, .format = FORMAT_JSON)),
        COMMAND_DONE);
    cr_assert_eq(strncmp(out, "{\"schema\":\"morgue.run/1\",", 25), 0, "%s",
                 out);
    cr_assert_eq(strchr(out, '\n'), out + strlen(out) - 1);
}

Test(command, statistics_are_no_result)
{
    cr_assert_eq(call_index(good, SETTINGS(.stats = 1)), COMMAND_DONE);
    cr_assert_not_null(strstr(said, "memory   "));
    cr_assert_null(strstr(out, "memory"));
}

Test(command, index_tells_rejections_failures_and_a_busy_archive_apart)
{
    cr_assert_eq(
        call_index("{\"id\":\"b\",\"title\":\"B\"}\nbroken\n", SETTINGS()),
        COMMAND_REJECTED);
    cr_assert_eq(call_index(NULL, SETTINGS()), COMMAND_FAILED);
    cr_assert_not_null(strstr(out, "1 source not read"));
    AUTO(lock) lock = NULL;
    cr_assert_eq(lock_take(&lock, archive, 0, &err), STATUS_OK);
    cr_assert_eq(call_index(good, SETTINGS()), COMMAND_BUSY);
    cr_assert_str_eq(out, "");
}

Test(command, a_mistake_in_usage_points_to_the_help)
{
    cr_assert_eq(call_index(good, SETTINGS(.from = "xml")), COMMAND_FAILED);
    cr_assert_str_eq(said, "test: unknown format 'xml'\n"
                           "Try 'morgue-index --help'.\n");
}

Test(command, verify_says_what_it_looked_at)
{
    cr_assert_eq(call(command_verify, SETTINGS()), COMMAND_DONE);
    cr_assert_eq(strncmp(out, "1 articles in ", 14), 0);
    cr_assert_not_null(strstr(out, " bytes: no damage found\n"));
    cr_assert_eq(call(command_verify, SETTINGS(.level = LEVEL_QUIET)),
                 COMMAND_DONE);
    cr_assert_str_eq(out, "");
    cr_assert_eq(call(command_verify, SETTINGS(.archive = "/nowhere")),
                 COMMAND_FAILED);
    cr_assert_str_eq(said, "test: there is no archive at '/nowhere'\n");
}

Test(command, dump_prints_the_articles)
{
    cr_assert_eq(call(command_dump, SETTINGS()), COMMAND_DONE);
    cr_assert_str_eq(out, "{\"id\":\"a\",\"title\":\"A\"}\n");
    cr_assert_eq(call(command_dump, SETTINGS(.archive = "/nowhere")),
                 COMMAND_FAILED);
    cr_assert_str_eq(out, "");
}
