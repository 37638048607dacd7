#include "indexer/cli.h"

#include <stdbool.h>
#include <stdlib.h>

static const char *const formats[] = {"text", "json", NULL};

#define MEMBER(name) .member = offsetof(struct indexer_settings, name)

static const struct option rows[] = {
    {.name = "archive",
     .letter = 'a',
     .kind = OPTION_STRING,
     .argument = "DIR",
     .help = "the archive; made if there is none (default $MORGUE_ARCHIVE)",
     .group = "What to index",
     MEMBER(archive)},
    {.name = "from",
     .kind = OPTION_STRING,
     .argument = "FORMAT",
     .help = "format of the sources, such as jsonl (default: by content)",
     MEMBER(from)},
    {.name = "language",
     .letter = 'l',
     .kind = OPTION_STRING,
     .argument = "NAME",
     .help = "language of a new archive (default english); none: no stemming",
     .more = "It is recorded in the archive, so that neither later runs nor "
             "searches need to be told.",
     MEMBER(language)},
    {.name = "base",
     .kind = OPTION_STRING,
     .argument = "DIR",
     .help = "name articles by their files' paths relative to DIR",
     .more = "Only for files that hold one article each and do not name it "
             "themselves; by default its name is the absolute path.",
     MEMBER(base)},
    {.name = "jobs",
     .letter = 'j',
     .kind = OPTION_NUMBER,
     .argument = "N",
     .min = 1,
     .max = 256,
     .help = "threads that index (default: one a core)",
     .group = "How",
     MEMBER(jobs)},
    {.name = "memory",
     .letter = 'm',
     .kind = OPTION_SIZE,
     .argument = "SIZE",
     .min = 1 << 20,
     .help = "memory to use for postings (default: a quarter of it)",
     MEMBER(memory)},
    {.name = "merge-budget",
     .kind = OPTION_SIZE,
     .argument = "SIZE",
     .help = "text to rewrite in merges (default: twice what was added)",
     MEMBER(merge_budget)},
    {.name = "dump",
     .kind = OPTION_FLAG,
     .value = ACTION_DUMP,
     .help = "write all stored articles as JSON Lines to stdout",
     .group = "Instead of indexing",
     MEMBER(action)},
    {.name = "dump-articles",
     .kind = OPTION_FLAG,
     .value = ACTION_DUMP_ARTICLES,
     .help = "write what is read of the sources as JSON Lines to stdout",
     .more = "No archive is needed, none is changed.",
     MEMBER(action)},
    {.name = "verify",
     .kind = OPTION_FLAG,
     .value = ACTION_VERIFY,
     .help = "check every file's digest and structure",
     MEMBER(action)},
    {.name = "quiet",
     .letter = 'q',
     .kind = OPTION_FLAG,
     .value = LEVEL_QUIET,
     .help = "print only what a person must act on",
     .group = "Messages",
     MEMBER(level)},
    {.name = "verbose",
     .letter = 'v',
     .kind = OPTION_FLAG,
     .value = LEVEL_VERBOSE,
     .help = "print what is done, file by file",
     MEMBER(level)},
    {.name = "stats",
     .kind = OPTION_FLAG,
     .value = 1,
     .help = "print stage times, memory and bytes",
     MEMBER(stats)},
    {.name = "format",
     .letter = 'f',
     .kind = OPTION_CHOICE,
     .argument = "NAME",
     .choices = formats,
     .help = "format of the run's summary",
     MEMBER(format)},
    {.name = "help",
     .letter = 'h',
     .kind = OPTION_STOP,
     .value = ACTION_HELP,
     .help = "print this and exit",
     MEMBER(action)},
    {.name = "version",
     .letter = 'V',
     .kind = OPTION_STOP,
     .value = ACTION_VERSION,
     .help = "print the version and exit",
     MEMBER(action)},
};

const struct option_table cli_table = {
    .program = "morgue-index",
    .synopsis = "[options] SOURCE...",
    .summary = "index news articles from files, folders or - (stdin)",
    .operands = OPERANDS_ARE_FILES,
    .rows = rows,
    .count = sizeof rows / sizeof *rows,
};

static enum status check(const struct indexer_settings *s, struct error *err)
{
    if (s->action == ACTION_HELP || s->action == ACTION_VERSION)
        return STATUS_OK;
    bool reads = s->action == ACTION_INDEX || s->action == ACTION_DUMP_ARTICLES;
    if (s->action != ACTION_DUMP_ARTICLES && (!s->archive || !*s->archive))
        return error_set(err, STATUS_USAGE,
                         "no archive: say --archive DIR or set MORGUE_ARCHIVE");
    if (reads && !s->sources[0])
        return error_set(err, STATUS_USAGE,
                         "nothing to %s: name files, folders or - (stdin)",
                         s->action == ACTION_INDEX ? "index" : "read");
    if (!reads && s->sources[0])
        return error_set(err, STATUS_USAGE, "unexpected '%s'", s->sources[0]);
    return STATUS_OK;
}

enum status cli_parse(struct indexer_settings *out, char *const *argv,
                      struct error *err)
{
    struct indexer_settings s = {
        .archive = getenv("MORGUE_ARCHIVE"),
        .merge_budget = -1,
    };
    enum status status = options_parse(&s, &s.sources, &cli_table, argv, err);
    if (status == STATUS_OK)
        status = check(&s, err);
    if (status == STATUS_OK)
        *out = s;
    return status;
}
