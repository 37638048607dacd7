#include "searcher/cli.h"

#include <stdlib.h>
#include <string.h>

#include "searcher/cli_check.h"
#include "searcher/output.h"
#include "searcher/show.h"

const char *const cli_periods[] = {"year", "month", "day", NULL};
static const char *const matrices[] = {"year",   "month",   "day",
                                       "source", "section", NULL};
const char *const cli_orders[] = {"relevance", "newest", "oldest", NULL};
const char *const cli_rankings[] = {"neighbours", "pairs", "words", "bm25",
                                    NULL};
static const char *const helps[] = {"all", NULL};
static const char *const explanations[] = {"query", "scores", NULL};

#define MEMBER(name) .member = offsetof(struct searcher_settings, name)

static const struct option rows[] = {
    {.name = "archive",
     .letter = 'a',
     .kind = OPTION_STRING,
     .argument = "DIR",
     .help = "the archive to search (default $MORGUE_ARCHIVE)",
     .group = "What to find",
     MEMBER(archive)},
    {.name = "any",
     .kind = OPTION_FLAG,
     .value = MATCH_ANY_WORD,
     .help = "best match: any of the words is enough",
     MEMBER(match)},
    {.name = "since",
     .kind = OPTION_STRING,
     .argument = "DATE",
     .help = "articles of this day (month, year) and later",
     .more = "Dates are YYYY, YYYY-MM or YYYY-MM-DD, inclusive. "
             "Undated articles match no limit.",
     MEMBER(since_text)},
    {.name = "until",
     .kind = OPTION_STRING,
     .argument = "DATE",
     .help = "articles of this day (month, year) and earlier",
     MEMBER(until_text)},
    {.name = "timezone",
     .use = OPTION_SELDOM,
     .kind = OPTION_STRING,
     .argument = "ZONE",
     .help = "where days begin (default UTC)",
     .more = "For dates in the query, --since, --until, --facet and "
             "--timeline: UTC, local, a distance such as +01:00, or a place "
             "such as Europe/Berlin. An "
             "article that is dated without a time is of midnight in UTC.",
     MEMBER(timezone_text)},
    {.name = "show",
     .kind = OPTION_STRING,
     .argument = "ID",
     .help = "print one article whole",
     MEMBER(show)},
    {.name = "raw",
     .use = OPTION_SELDOM,
     .kind = OPTION_FLAG,
     .value = SHOW_ORIGINAL,
     .help = "with --show: the bytes that it was made of",
     .more = "They are read again where the article was: in its file, its "
             "record of a WARC, its member of a tar or zip. If that is gone or "
             "no longer the same, this is told, and nothing is printed.",
     MEMBER(raw)},
    {.name = "batch",
     .use = OPTION_SELDOM,
     .kind = OPTION_FLAG,
     .value = 1,
     .help = "read queries from stdin, one a line",
     .more = "With the format trec a line is QID, a tab and the query. Empty "
             "lines are passed over.",
     MEMBER(batch)},
    {.name = "serve",
     .use = OPTION_SELDOM,
     .kind = OPTION_FLAG,
     .value = 1,
     .help = "answer requests of JSON on stdin, one a line",
     .more = "The protocol is described in protocol.md. "
             "A request may take 10 seconds, or what --timeout says.",
     MEMBER(serve)},
    {.name = "socket",
     .use = OPTION_SELDOM,
     .kind = OPTION_STRING,
     .argument = "FILE",
     .help = "answer them at a Unix socket that is made there",
     .more = "Only its owner can connect. Several clients are served at once, "
             "until SIGTERM. A socket that systemd hands over is used instead.",
     MEMBER(socket)},
    {.name = "format",
     .letter = 'f',
     .kind = OPTION_CHOICE,
     .argument = "NAME",
     .choices = output_format_names,
     .help = "format of the answer",
     .group = "How to answer",
     MEMBER(format)},
    {.name = "fields",
     .kind = OPTION_STRING,
     .argument = "NAMES",
     .help = "what is said of a hit, such as title,date",
     .more = "In json, jsonl, csv and tsv. There are rank, score, id, title, "
             "url, date, dating, source, "
             "section, authors, lang, tags, path, snippets and body.",
     MEMBER(field_list)},
    {.name = "spreadsheet",
     .use = OPTION_SELDOM,
     .kind = OPTION_FLAG,
     .value = CELLS_WITHOUT_FORMULAS,
     .help = "keep cells of csv and tsv from being formulas",
     .more = "A cell that begins with one of = + - @ has an apostrophe in "
             "front: articles are written by others.",
     MEMBER(cells)},
    {.name = "html",
     .kind = OPTION_STRING,
     .argument = "FILE",
     .help = "write the answer as a page for a browser, or for paper",
     .more = "With a timeline, sources, passages and links, all in one file "
             "without a script. A file that is there is replaced.",
     MEMBER(html)},
    {.name = "limit",
     .letter = 'n',
     .kind = OPTION_NUMBER,
     .argument = "N",
     .max = 1000000,
     .help = "at most so many articles (default 10)",
     MEMBER(limit)},
    {.name = "all",
     .kind = OPTION_FLAG,
     .value = 1,
     .help = "all articles that match",
     MEMBER(all)},
    {.name = "offset",
     .use = OPTION_SELDOM,
     .letter = 'o',
     .kind = OPTION_NUMBER,
     .argument = "N",
     .max = 1000000000,
     .help = "leave out the first N",
     MEMBER(offset)},
    {.name = "sort",
     .kind = OPTION_CHOICE,
     .argument = "ORDER",
     .choices = cli_orders,
     .help = "order of the articles",
     MEMBER(sort)},
    {.name = "degraded",
     .use = OPTION_SELDOM,
     .kind = OPTION_FLAG,
     .value = 1,
     .help = "search a damaged archive: leave out what is damaged",
     .more = "All of the archive is read once to find that out. Every answer "
             "says how many articles are missing.",
     MEMBER(degraded)},
    {.name = "as-generation",
     .use = OPTION_SELDOM,
     .kind = OPTION_NUMBER,
     .argument = "N",
     .min = 1,
     .help = "answer from generation N of the archive, or not at all",
     .more = "Every JSON answer says which generation it is of; the same one "
             "gives the same answer. Older ones are not kept.",
     MEMBER(as_generation)},
    {.name = "ranking",
     .use = OPTION_SELDOM,
     .kind = OPTION_CHOICE,
     .argument = "WHAT",
     .choices = cli_rankings,
     .help = "what the best articles are ranked by, at most",
     .more = "Each looks also at what those behind it look at.",
     MEMBER(ranking)},
    {.name = "expand",
     .use = OPTION_SELDOM,
     .kind = OPTION_FLAG,
     .value = 1,
     .help = "best match, with words of the best articles added",
     .more =
         "May find articles that have none of the words typed, and says so.",
     MEMBER(expand)},
    {.name = "count",
     .kind = OPTION_FLAG,
     .value = ACTION_COUNT,
     .help = "print the exact number of articles, nothing else",
     .more = "In a batch a number a line, and '-' for a query that is refused. "
             "As JSON an object a query.",
     MEMBER(action)},
    {.name = "facet",
     .kind = OPTION_STRING,
     .argument = "NAMES",
     .help = "count by source, section, year, month or day",
     .more = "A list such as source,year. The numbers are exact, and articles "
             "that have none are told apart. In a batch the format is json or "
             "jsonl.",
     MEMBER(facet_list)},
    {.name = "top",
     .use = OPTION_SELDOM,
     .kind = OPTION_NUMBER,
     .argument = "N",
     .min = 1,
     .max = 1000000,
     .help = "at most so many values of a facet (default 10)",
     MEMBER(top)},
    {.name = "timeline",
     .kind = OPTION_CHOICE,
     .argument = "PERIOD",
     .choices = cli_periods,
     .value = BY_YEAR,
     .help = "print how many articles each year, month or day has",
     .more = "From the first that has any to the last, also those in between "
             "that have none.",
     MEMBER(timeline)},
    {.name = "queries",
     .use = OPTION_SELDOM,
     .kind = OPTION_STRING,
     .argument = "FILE",
     .help = "with --matrix: the queries, one a line (- is stdin)",
     .more = "A line may be a name, a tab and the query.",
     MEMBER(queries)},
    {.name = "matrix",
     .use = OPTION_SELDOM,
     .kind = OPTION_CHOICE,
     .argument = "WHAT",
     .choices = matrices,
     .value = MATRIX_YEAR,
     .help = "print a table of counts: queries by year, source ...",
     .more = "As CSV, or TSV. Periods are without gaps; the last column is of "
             "articles that have none. A query that is refused has '-' in its "
             "cells.",
     MEMBER(matrix)},
    {.name = "timeout",
     .use = OPTION_SELDOM,
     .kind = OPTION_STRING,
     .argument = "SECONDS",
     .help = "end a query that takes longer with what it has found",
     .more =
         "Such an answer says that it is partial, and the exit status is 3. "
         "Counts and facets are not given in part.",
     MEMBER(timeout_text)},
    {.name = "explain",
     .kind = OPTION_CHOICE_OR,
     .argument = "WHAT",
     .choices = explanations,
     .value = EXPLAIN_QUERY,
     .help = "print how the query is understood, or the scores",
     MEMBER(explain)},
    {.name = "help",
     .letter = 'h',
     .kind = OPTION_STOP_OR,
     .argument = "all",
     .choices = helps,
     .value = ACTION_HELP,
     .help = "print this, or all options, and exit",
     .group = "About",
     MEMBER(action)},
    {.name = "version",
     .use = OPTION_SELDOM,
     .letter = 'V',
     .kind = OPTION_STOP,
     .value = ACTION_VERSION,
     .help = "print the version and exit",
     MEMBER(action)},
};

const struct option_table cli_table = {
    .program = "morgue-search",
    .synopsis = "[options] [QUERY...]",
    .summary = "search an archive of news articles",
    .operands = OPERANDS_ARE_WORDS,
    .rows = rows,
    .count = sizeof rows / sizeof *rows,
};

/* A person at the terminal who asks for nothing in particular. */
static bool wants_session(const struct searcher_settings *s)
{
    return !s->words[0] && !s->batch && !s->show && !s->serve && !s->socket &&
           s->action == ACTION_SEARCH && s->format == OUTPUT_TEXT &&
           s->explain == EXPLAIN_NOTHING && !s->expand && !s->facet_list &&
           s->timeline == NO_TIMELINE && !s->html;
}

enum status cli_parse(struct searcher_settings *out, char *const *argv,
                      enum cli_place place, struct error *err)
{
    const char *usual_archive = getenv("MORGUE_ARCHIVE");
    struct searcher_settings s = SETTINGS_USUAL;
    s.archive = usual_archive;
    enum status status = options_parse(&s, &s.words, &cli_table, argv, err);
    if (status == STATUS_OK && s.action < ACTION_HELP) {
        s.archive_named = s.archive != usual_archive;
        s.in_session = place == CLI_ON_TERMINAL && wants_session(&s);
        if (s.matrix != NO_MATRIX && s.format == OUTPUT_TEXT)
            s.format = OUTPUT_CSV; /* there is no other way to print it */
        status = settings_complete(&s, "--", err);
        if (status == STATUS_OK)
            status = cli_check(&s, err);
    }
    if (status == STATUS_OK)
        *out = s;
    return status;
}
