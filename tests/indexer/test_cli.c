#include "indexer/cli.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static struct error err;

static void begin(void)
{
    unsetenv("MORGUE_ARCHIVE");
}

TestSuite(cli, .init = begin);

#define ARGUMENTS(...)                                                         \
    ((char *const *)(const char *const[]){"morgue-index", __VA_ARGS__, NULL})

static struct indexer_settings parse(char *const *argv)
{
    struct indexer_settings s = {0};
    cr_assert_eq(cli_parse(&s, argv, &err), STATUS_OK, "%s", err.message);
    return s;
}

static void assert_refused(char *const *argv, const char *message)
{
    struct indexer_settings s = {.archive = "untouched"};
    cr_assert_eq(cli_parse(&s, argv, &err), STATUS_USAGE);
    cr_assert_str_eq(err.message, message);
    cr_assert_str_eq(s.archive, "untouched");
}

Test(cli, an_archive_and_a_source_are_enough)
{
    struct indexer_settings s = parse(ARGUMENTS("-a", "press", "x.jsonl", "-"));
    cr_assert_str_eq(s.archive, "press");
    cr_assert_str_eq(s.sources[0], "x.jsonl");
    cr_assert_str_eq(s.sources[1], "-");
    cr_assert_null(s.sources[2]);
    cr_assert_eq(s.action, ACTION_INDEX);
    cr_assert_eq(s.level, LEVEL_NORMAL);
    cr_assert_eq(s.format, FORMAT_TEXT);
    cr_assert_eq(s.jobs, 0);
    cr_assert_eq(s.memory, 0);
    cr_assert_eq(s.merge_budget, -1);
    cr_assert_eq(s.stats, 0);
    cr_assert_null(s.language);
    cr_assert_null(s.from);
    cr_assert_null(s.base);
}

Test(cli, takes_all_options)
{
    struct indexer_settings s = parse(
        ARGUMENTS("--archive", "press", "--from", "text", "-l", "german",
                  "--base", "/in", "-j", "3", "-m", "64M", "--merge-budget",
                  "0", "-v", "--stats", "--format", "json", "folder"));
    cr_assert_str_eq(s.from, "text");
    cr_assert_str_eq(s.language, "german");
    cr_assert_str_eq(s.base, "/in");
    cr_assert_eq(s.jobs, 3);
    cr_assert_eq(s.memory, 64 << 20);
    cr_assert_eq(s.merge_budget, 0);
    cr_assert_eq(s.level, LEVEL_VERBOSE);
    cr_assert_eq(s.stats, 1);
    cr_assert_eq(s.format, FORMAT_JSON);
}

Test(cli, the_archive_may_come_from_the_environment)
{
    setenv("MORGUE_ARCHIVE", "/press", 1);
    cr_assert_str_eq(parse(ARGUMENTS("x")).archive, "/press");
    cr_assert_str_eq(parse(ARGUMENTS("-a", "mine", "x")).archive, "mine");
    setenv("MORGUE_ARCHIVE", "", 1);
    assert_refused(ARGUMENTS("x"),
                   "no archive: say --archive DIR or set MORGUE_ARCHIVE");
}

Test(cli, says_what_is_missing)
{
    assert_refused(ARGUMENTS("x"),
                   "no archive: say --archive DIR or set MORGUE_ARCHIVE");
    assert_refused(ARGUMENTS("-a", "press"),
                   "nothing to index: name files, folders or - (stdin)");
}

Test(cli, other_actions_take_no_sources)
{
    cr_assert_eq(parse(ARGUMENTS("-a", "p", "--dump")).action, ACTION_DUMP);
    cr_assert_eq(parse(ARGUMENTS("-a", "p", "--verify")).action, ACTION_VERIFY);
    assert_refused(ARGUMENTS("-a", "p", "--dump", "x"), "unexpected 'x'");
    assert_refused(ARGUMENTS("-a", "p", "--verify", "x"), "unexpected 'x'");
    assert_refused(ARGUMENTS("--verify"),
                   "no archive: say --archive DIR or set MORGUE_ARCHIVE");
}

Test(cli, articles_are_dumped_of_sources_and_without_an_archive)
{
    cr_assert_eq(parse(ARGUMENTS("--dump-articles", "x")).action,
                 ACTION_DUMP_ARTICLES);
    assert_refused(ARGUMENTS("--dump-articles"),
                   "nothing to read: name files, folders or - (stdin)");
}

Test(cli, help_and_version_need_nothing_else)
{
    cr_assert_eq(parse(ARGUMENTS("--help")).action, ACTION_HELP);
    cr_assert_eq(parse(ARGUMENTS("-V")).action, ACTION_VERSION);
    cr_assert_eq(parse(ARGUMENTS("--help", "--nonsense")).action, ACTION_HELP);
}

Test(cli, numbers_have_limits)
{
    struct indexer_settings s;
    cr_assert_eq(cli_parse(&s, ARGUMENTS("-a", "p", "-j", "0", "x"), &err),
                 STATUS_USAGE);
    cr_assert_eq(cli_parse(&s, ARGUMENTS("-a", "p", "-j", "257", "x"), &err),
                 STATUS_USAGE);
    cr_assert_eq(cli_parse(&s, ARGUMENTS("-a", "p", "-m", "1k", "x"), &err),
                 STATUS_USAGE);
    cr_assert_eq(cli_parse(&s, ARGUMENTS("-a", "p", "-f", "xml", "x"), &err),
                 STATUS_USAGE);
    cr_assert_eq(cli_parse(&s, ARGUMENTS("-a", "p", "--upward", "x"), &err),
                 STATUS_USAGE);
}

Test(cli, every_option_has_a_line_of_help_and_a_name_of_its_own)
{
    for (size_t i = 0; i < cli_table.count; i++) {
        const struct option *o = &cli_table.rows[i];
        cr_assert(o->help && *o->help, "%s", o->name);
        cr_assert_leq(strlen(o->help), 78);
        for (size_t j = 0; j < i; j++) {
            const struct option *other = &cli_table.rows[j];
            cr_assert_str_neq(o->name, other->name);
            cr_assert(!o->letter || o->letter != other->letter, "-%c",
                      o->letter);
        }
    }
}

Test(cli, what_excludes_each_other_or_is_of_no_use_is_refused)
{
    assert_refused(ARGUMENTS("-a", "p", "--dump", "--verify"),
                   "options '--dump' and '--verify' exclude each other");
    cr_assert_eq(parse(ARGUMENTS("-a", "p", "--dump", "--dump")).action,
                 ACTION_DUMP);
    assert_refused(ARGUMENTS("-a", "p", "--status", "--jobs", "2"),
                   "option '--jobs' is of no use with '--status'");
    assert_refused(ARGUMENTS("-a", "p", "--purge", "x"),
                   "option '--purge' is for --delete and --prune");
}

Test(cli, actions_say_what_they_take)
{
    cr_assert_eq(parse(ARGUMENTS("-a", "p", "--delete", "x", "y")).action,
                 ACTION_DELETE);
    cr_assert_str_eq(parse(ARGUMENTS("-a", "p", "--snapshot", "x")).sources[0],
                     "x");
    cr_assert_eq(parse(ARGUMENTS("-a", "p", "--prune", "--purge")).purge, 1);
    assert_refused(ARGUMENTS("-a", "p", "--snapshot"),
                   "no folder to make the snapshot in");
    assert_refused(ARGUMENTS("-a", "p", "--snapshot", "x", "y"),
                   "unexpected 'y'");
    assert_refused(ARGUMENTS("-a", "p", "--optimize", "x"), "unexpected 'x'");
}

static void assert_checkpoint(const char *when, int articles, int seconds)
{
    struct indexer_settings s =
        parse(ARGUMENTS("-a", "p", "--checkpoint", when, "x"));
    cr_assert_eq(s.checkpoint_articles, articles, "%s", when);
    cr_assert_eq(s.checkpoint_s, seconds, "%s", when);
}

Test(cli, a_checkpoint_is_a_number_of_articles_or_a_time)
{
    struct indexer_settings s = parse(ARGUMENTS("-a", "p", "x"));
    cr_assert_eq(s.checkpoint_articles, 0);
    cr_assert_eq(s.checkpoint_s, 600);
    assert_checkpoint("0", 0, 0);
    assert_checkpoint("5000", 5000, 0);
    assert_checkpoint("90s", 0, 90);
    assert_checkpoint("10m", 0, 600);
    assert_checkpoint("2h", 0, 7200);
    assert_checkpoint("5000,1m", 5000, 60);
    static const char *const bad[] = {"",    "m",   "10d",        "-1",
                                      "1m,", "1 m", "99999999999"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        cr_assert_eq(
            cli_parse(&s, ARGUMENTS("-a", "p", "--checkpoint", bad[i], "x"),
                      &err),
            STATUS_USAGE, "'%s'", bad[i]);
}
