#include "searcher/cli.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "common/engine/search.h"
#include "searcher/output.h"

static struct searcher_settings s;
static struct error err;

static void begin(void)
{
    unsetenv("MORGUE_ARCHIVE");
    err = (struct error)ERROR_NONE;
}

TestSuite(cli, .init = begin);

/* The settings borrow from it. */
static const char *argv[32];

static enum status parse(const char *const *words)
{
    size_t count = 0;
    argv[count++] = "morgue-search";
    while (*words)
        argv[count++] = *words++;
    argv[count] = NULL;
    return cli_parse(&s, (char *const *)argv, CLI_ELSEWHERE, &err);
}

#define PARSE(...) parse((const char *const[]){__VA_ARGS__, NULL})

#define REFUSED(part, ...)                                                     \
    do {                                                                       \
        cr_expect_eq(PARSE(__VA_ARGS__), STATUS_USAGE);                        \
        cr_expect(strstr(err.message, part), "%s", err.message);               \
    } while (0)

Test(cli, what_is_not_said_has_its_usual_value)
{
    cr_assert_eq(PARSE("-a", "press", "gas"), STATUS_OK, "%s", err.message);
    cr_expect_str_eq(s.archive, "press");
    cr_expect_str_eq(s.words[0], "gas");
    cr_expect_null(s.words[1]);
    cr_expect_eq(s.limit, 10);
    cr_expect_eq(s.offset, 0);
    cr_expect_eq(s.since, TIMESTAMP_UNKNOWN);
    cr_expect_eq(s.until, TIMESTAMP_UNKNOWN);
    cr_expect_eq(s.format, OUTPUT_TEXT);
    cr_expect_eq(s.match, MATCH_ALL_WORDS);
    cr_expect_eq(s.sort, ENGINE_RELEVANCE);
    cr_expect_eq(s.explain, EXPLAIN_NOTHING);
    cr_expect_eq(s.action, ACTION_SEARCH);
    cr_expect_eq(s.batch, 0);
    cr_expect_null(s.show);
}

Test(cli, every_option_reaches_its_place)
{
    cr_assert_eq(PARSE("-a", "x", "--any", "--since", "2022-02", "--until",
                       "2022-02", "-f", "jsonl", "-n", "3", "-o", "7", "--sort",
                       "oldest", "--count", "--explain=scores", "gas",
                       "-price"),
                 STATUS_OK, "%s", err.message);
    cr_expect_eq(s.match, MATCH_ANY_WORD);
    cr_expect_eq(s.since, 1643673600);
    cr_expect_eq(s.until, 1646092799);
    cr_expect_eq(s.format, OUTPUT_JSONL);
    cr_expect_eq(s.limit, 3);
    cr_expect_eq(s.offset, 7);
    cr_expect_eq(s.sort, ENGINE_OLDEST);
    cr_expect_eq(s.action, ACTION_COUNT);
    cr_expect_eq(s.explain, EXPLAIN_SCORES);
    cr_expect_str_eq(s.words[0], "gas");
    cr_expect_str_eq(s.words[1], "-price");
}

Test(cli, the_archive_may_come_from_the_environment)
{
    REFUSED("no archive", "gas");
    setenv("MORGUE_ARCHIVE", "", 1);
    REFUSED("no archive", "gas");
    setenv("MORGUE_ARCHIVE", "there", 1);
    cr_assert_eq(PARSE("gas"), STATUS_OK);
    cr_expect_str_eq(s.archive, "there");
    cr_assert_eq(PARSE("-a", "here", "gas"), STATUS_OK);
    cr_expect_str_eq(s.archive, "here");
}

Test(cli, days_are_inclusive_and_must_be_in_order)
{
    cr_assert_eq(PARSE("-a", "x", "--since", "2022-02-07", "--until",
                       "2022-02-07", "gas"),
                 STATUS_OK);
    cr_expect_eq(s.until - s.since, 86399);
    cr_assert_eq(
        PARSE("-a", "x", "--since", "2022", "--until", "2022-01", "gas"),
        STATUS_OK);
    REFUSED("'--since 2022-02-08' is after '--until 2022-02-07'", "-a", "x",
            "--since", "2022-02-08", "--until", "2022-02-07", "gas");
    REFUSED("needs a date", "-a", "x", "--since", "2022-02-30", "gas");
    REFUSED("needs a date", "-a", "x", "--until", "", "gas");
    REFUSED("needs a date", "-a", "x", "--until", "soon", "gas");
}

Test(cli, a_query_is_needed_where_it_makes_sense_and_only_there)
{
    REFUSED("no query", "-a", "x");
    REFUSED("no query", "-a", "x", "--count");
    REFUSED("unexpected 'gas'", "-a", "x", "--batch", "gas");
    REFUSED("unexpected 'gas'", "-a", "x", "--show", "p1", "gas");
    cr_expect_eq(PARSE("-a", "x", "--batch"), STATUS_OK);
    cr_expect_eq(PARSE("-a", "x", "--show", "p1"), STATUS_OK);
    cr_expect_str_eq(s.show, "p1");
    cr_expect_eq(PARSE("--help"), STATUS_OK);
    cr_expect_eq(PARSE("--version"), STATUS_OK);
}

Test(cli, what_cannot_go_together_is_refused)
{
    REFUSED("'--show' stands without '--batch'", "-a", "x", "--show", "p1",
            "--batch");
    REFUSED("'--show' stands without '--count'", "-a", "x", "--count", "--show",
            "p1");
    REFUSED("'--serve' stands without '--since'", "-a", "x", "--serve",
            "--since", "2022");
    REFUSED("'--socket' stands without '--all'", "-a", "x", "--socket", "s",
            "--all");
    REFUSED("'--html' stands without '--timeout'", "-a", "x", "--html", "f",
            "--timeout", "1", "gas");
    REFUSED("'--timeline' stands without '--count'", "-a", "x", "--timeline",
            "day", "--count", "gas");
    REFUSED("'--expand' stands without '--sort'", "-a", "x", "--expand",
            "--sort", "newest", "gas");
    REFUSED("'--queries' and '--matrix' need each other", "-a", "x",
            "--queries", "q");
    REFUSED("'--raw' needs '--show ID'", "-a", "x", "--raw", "gas");
    REFUSED("'--matrix' has no place in the format 'json'", "-a", "x",
            "--queries", "q", "--matrix", "year", "--format", "json");
    REFUSED("'--facet' has no place in the format 'csv' of a batch", "-a", "x",
            "--facet", "source", "--format", "csv", "--batch");
}

Test(cli, a_batch_may_be_of_counts)
{
    cr_assert_eq(PARSE("-a", "x", "--batch", "--count"), STATUS_OK);
    cr_expect_eq(s.batch, 1);
    cr_expect_eq(s.action, ACTION_COUNT);
    cr_assert_eq(PARSE("-a", "x", "--count", "--batch"), STATUS_OK);
    cr_expect_eq(s.batch, 1);
    cr_expect_eq(s.action, ACTION_COUNT);
}

Test(cli, numbers_have_limits)
{
    cr_expect_eq(PARSE("-a", "x", "-n", "0", "gas"), STATUS_OK);
    cr_expect_eq(s.limit, 0);
    cr_expect_eq(PARSE("-a", "x", "-n", "1000000", "gas"), STATUS_OK);
    REFUSED("at most 1000000", "-a", "x", "-n", "1000001", "gas");
    REFUSED("at least 0", "-a", "x", "-n", "-1", "gas");
    REFUSED("at most 1000000000", "-a", "x", "-o", "1000000001", "gas");
}

Test(cli, settings_are_untouched_on_failure)
{
    cr_assert_eq(PARSE("-a", "x", "gas"), STATUS_OK);
    cr_expect_eq(PARSE("-a", "y", "-n", "5"), STATUS_USAGE);
    cr_expect_str_eq(s.archive, "x");
    cr_expect_eq(s.limit, 10);
}

Test(cli, a_timeout_is_in_seconds)
{
    cr_assert_eq(PARSE("-a", "x", "--timeout", "2.5", "gas"), STATUS_OK);
    cr_expect_float_eq(s.timeout_s, 2.5, 1e-9);
    REFUSED("'--timeout' needs seconds", "-a", "x", "--timeout", "0", "gas");
    REFUSED("'--timeout' needs seconds", "-a", "x", "--timeout", "-1", "gas");
    REFUSED("'--timeout' needs seconds", "-a", "x", "--timeout", "5s", "gas");
    REFUSED("'--timeout' needs seconds", "-a", "x", "--timeout", "", "gas");
    REFUSED("'--timeout' needs seconds", "-a", "x", "--timeout", "nan", "gas");
    REFUSED("'--timeout' needs seconds", "-a", "x", "--timeout", "1e9", "gas");
}

Test(cli, days_begin_in_the_time_zone)
{
    cr_assert_eq(PARSE("-a", "x", "--since", "2022-02-07", "--until",
                       "2022-02-07", "--timezone", "+01:00", "gas"),
                 STATUS_OK, "%s", err.message);
    cr_expect_eq(s.since, 1644188400);
    cr_expect_eq(s.until, 1644274799);
    REFUSED("option '--timezone': 'Atlantis' is no time zone", "-a", "x",
            "--timezone", "Atlantis", "gas");
}

static bool begins_session(const char *const *words)
{
    size_t count = 0;
    argv[count++] = "morgue-search";
    while (*words)
        argv[count++] = *words++;
    argv[count] = NULL;
    err = (struct error)ERROR_NONE;
    return cli_parse(&s, (char *const *)argv, CLI_ON_TERMINAL, &err) ==
               STATUS_OK &&
           s.in_session;
}

#define BEGINS_SESSION(...)                                                    \
    begins_session((const char *const[]){__VA_ARGS__, NULL})

Test(cli, no_query_on_a_terminal_begins_a_session)
{
    cr_expect(BEGINS_SESSION("-a", "press"));
    cr_expect(s.archive_named);
    cr_expect(BEGINS_SESSION("-a", "press", "--sort", "newest", "--any"));
    setenv("MORGUE_ARCHIVE", "press", 1);
    cr_expect(BEGINS_SESSION(NULL));
    cr_expect(!s.archive_named);
    cr_expect(!BEGINS_SESSION("gas"));
    cr_expect_eq(err.status, STATUS_OK);
    cr_expect(!BEGINS_SESSION("--batch"));
    cr_expect_eq(err.status, STATUS_OK);
    cr_expect(!BEGINS_SESSION("--count"));
    cr_expect_eq(err.status, STATUS_USAGE);
    cr_expect(!BEGINS_SESSION("--format", "json"));
    cr_expect(!BEGINS_SESSION("--facet", "source"));
    cr_expect(!BEGINS_SESSION("--explain"));
}
