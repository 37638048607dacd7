#include "indexer/cli.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "common/scan.h"
#include "common/text.h"

enum { CHECKPOINT_S = 600, CHECKPOINT_MAX = 1000000000 };

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
    {.name = "map",
     .kind = OPTION_STRING,
     .argument = "PAIRS",
     .help = "columns of tables by field, as title=headline,body=text",
     MEMBER(map)},
    {.name = "accept",
     .kind = OPTION_STRING,
     .argument = "PAIRS",
     .help = "what is accepted, as article=64M,page=16M",
     .more = "Bytes of an article (article=64M) and of a web page (page=16M); "
             "of a container, how many may be around it (depth=3), how many "
             "times its size it may unpack to (ratio=400) once that is more "
             "than so many bytes (unpacked=64M), and how many members are read "
             "(members=50000000). Each is shown with its default.",
     .use = OPTION_SELDOM,
     MEMBER(limits)},
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
    {.name = "rescan",
     .kind = OPTION_FLAG,
     .value = 1,
     .help = "read files again that have not changed since they were read",
     MEMBER(rescan)},
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
     .more = "By default one merge that is due may cost more.",
     MEMBER(merge_budget)},
    {.name = "checkpoint",
     .kind = OPTION_STRING,
     .argument = "WHEN",
     .help = "publish after so many articles or so long (default 10m)",
     .more = "WHEN is a number of articles, a time such as 90s, 10m or 2h, "
             "or both with a comma between them; 0: only at the end.",
     MEMBER(checkpoint)},
    {.name = "wait",
     .kind = OPTION_NUMBER,
     .argument = "SECONDS",
     .help = "wait so long for another writer to end (default 0)",
     MEMBER(wait_s)},
    {.name = "dry-run",
     .kind = OPTION_FLAG,
     .value = 1,
     .help = "change nothing, say what would be done",
     .more = "With --verbose, article by article.",
     MEMBER(dry_run)},
    {.name = "status",
     .kind = OPTION_COMMAND,
     .value = ACTION_STATUS,
     .help = "print what the archive has, its last runs and pending work",
     .group = "Instead of indexing",
     MEMBER(action)},
    {.name = "verify",
     .kind = OPTION_COMMAND,
     .value = ACTION_VERIFY,
     .help = "check every file's digest and structure",
     MEMBER(action)},
    {.name = "deep",
     .kind = OPTION_FLAG,
     .value = 1,
     .help = "with --verify: compare every article with what was read and "
             "indexed of it",
     MEMBER(deep)},
    {.name = "repair",
     .kind = OPTION_COMMAND,
     .value = ACTION_REPAIR,
     .help = "rebuild what is damaged from what can still be read",
     MEMBER(action)},
    {.name = "dump",
     .kind = OPTION_COMMAND,
     .value = ACTION_DUMP,
     .help = "write all stored articles as JSON Lines to stdout",
     MEMBER(action)},
    {.name = "dump-articles",
     .kind = OPTION_COMMAND,
     .value = ACTION_DUMP_ARTICLES,
     .help = "write what is read of the sources as JSON Lines to stdout",
     .more = "No archive is needed, none is changed.",
     MEMBER(action)},
    {.name = "rejects",
     .kind = OPTION_COMMAND,
     .value = ACTION_REJECTS,
     .help = "list the articles that were rejected",
     MEMBER(action)},
    {.name = "retry-rejects",
     .kind = OPTION_COMMAND,
     .value = ACTION_RETRY_REJECTS,
     .help = "read the files again that rejected articles came from",
     MEMBER(action)},
    {.name = "delete",
     .kind = OPTION_COMMAND,
     .value = ACTION_DELETE,
     .help = "delete the articles whose ids are named, or read from -",
     MEMBER(action)},
    {.name = "prune",
     .kind = OPTION_COMMAND,
     .value = ACTION_PRUNE,
     .help = "delete the articles whose source file is gone",
     MEMBER(action)},
    {.name = "purge",
     .kind = OPTION_FLAG,
     .value = 1,
     .help = "with these two: take all that is deleted off the disk, too",
     MEMBER(purge)},
    {.name = "optimize",
     .kind = OPTION_COMMAND,
     .value = ACTION_OPTIMIZE,
     .help = "merge all segments into as few as possible",
     MEMBER(action)},
    {.name = "upgrade",
     .kind = OPTION_COMMAND,
     .value = ACTION_UPGRADE,
     .help = "bring all segments to this program's analysis and format",
     MEMBER(action)},
    {.name = "snapshot",
     .kind = OPTION_COMMAND,
     .value = ACTION_SNAPSHOT,
     .help = "make a consistent copy in a new folder, by hard links",
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
    .synopsis = "[options] [SOURCE | ID | DIR]...",
    .summary = "index news articles from files, folders or - (stdin)",
    .operands = OPERANDS_ARE_FILES,
    .rows = rows,
    .count = sizeof rows / sizeof *rows,
};

/* --- what goes together --------------------------------------------------- */

enum operands { NO_OPERANDS, ONE_OPERAND, SOME_OPERANDS };

/* What an action takes; what is not here takes nothing. */
static const struct {
    const char *missing;
    enum operands operands;
} takes[] = {
    [ACTION_INDEX] = {"nothing to index: name files, folders or - (stdin)",
                      SOME_OPERANDS},
    [ACTION_DUMP_ARTICLES] = {"nothing to read: name files, folders or - "
                              "(stdin)",
                              SOME_OPERANDS},
    [ACTION_DELETE] = {"nothing to delete: name ids, or - to read them from "
                       "stdin, a line each",
                       SOME_OPERANDS},
    [ACTION_SNAPSHOT] = {"no folder to make the snapshot in", ONE_OPERAND},
    [ACTION_VERSION] = {NULL, NO_OPERANDS},
};

#define ON(action) (1u << (action))

enum {
    READING = ON(ACTION_INDEX) | ON(ACTION_RETRY_REJECTS) | ON(ACTION_REPAIR),
    HIDING = ON(ACTION_DELETE) | ON(ACTION_PRUNE),
    BUILDING = READING | HIDING | ON(ACTION_OPTIMIZE) | ON(ACTION_UPGRADE),
    WRITING = BUILDING | ON(ACTION_SNAPSHOT)
};

/* Options that only some actions have a use for. */
static const struct {
    const char *name;
    unsigned actions;
} uses[] = {
    {"from", READING | ON(ACTION_DUMP_ARTICLES)},
    {"map", READING | ON(ACTION_DUMP_ARTICLES)},
    {"accept", READING | ON(ACTION_DUMP_ARTICLES)},
    {"language", ON(ACTION_INDEX)},
    {"base", READING},
    {"rescan", ON(ACTION_INDEX)},
    {"jobs", READING},
    {"memory", BUILDING},
    {"merge-budget", READING},
    {"checkpoint", READING},
    {"wait", WRITING},
    {"dry-run", ON(ACTION_INDEX) | HIDING},
    {"purge", HIDING},
    {"deep", ON(ACTION_VERIFY)},
    {"stats", READING},
};

static const struct option *row_of(const char *name)
{
    size_t i = 0;
    while (strcmp(rows[i].name, name) != 0)
        i++;
    return &rows[i];
}

static const char *name_of(int action)
{
    const char *name = "";
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].kind == OPTION_COMMAND && rows[i].value == action)
            name = rows[i].name;
    return name;
}

static size_t member_size(enum option_kind kind)
{
    switch (kind) {
    case OPTION_STRING:
        return sizeof(const char *);
    case OPTION_NUMBER:
    case OPTION_SIZE:
        return sizeof(int64_t);
    default:
        return sizeof(int);
    }
}

static enum status check_uses(const struct indexer_settings *s,
                              const struct indexer_settings *defaults,
                              struct error *err)
{
    for (size_t i = 0; i < sizeof uses / sizeof *uses; i++) {
        const struct option *row = row_of(uses[i].name);
        bool given = memcmp((const char *)s + row->member,
                            (const char *)defaults + row->member,
                            member_size(row->kind)) != 0;
        if (!given || (uses[i].actions & ON(s->action)))
            continue;
        if (s->action == ACTION_INDEX)
            return error_set(err, STATUS_USAGE, "option '--%s' is for %s",
                             row->name,
                             uses[i].actions == HIDING ? "--delete and --prune"
                                                       : "--verify");
        return error_set(err, STATUS_USAGE,
                         "option '--%s' is of no use with '--%s'", row->name,
                         name_of(s->action));
    }
    return STATUS_OK;
}

static enum status check_operands(const struct indexer_settings *s,
                                  struct error *err)
{
    enum operands wanted = takes[s->action].operands;
    if (wanted != NO_OPERANDS && !s->sources[0])
        return error_set(err, STATUS_USAGE, "%s", takes[s->action].missing);
    if (wanted == NO_OPERANDS && s->sources[0])
        return error_set(err, STATUS_USAGE, "unexpected '%s'", s->sources[0]);
    if (wanted == ONE_OPERAND && s->sources[1])
        return error_set(err, STATUS_USAGE, "unexpected '%s'", s->sources[1]);
    return STATUS_OK;
}

static enum status check(const struct indexer_settings *s,
                         const struct indexer_settings *defaults,
                         struct error *err)
{
    if (s->action == ACTION_HELP || s->action == ACTION_VERSION)
        return STATUS_OK;
    if (s->action != ACTION_DUMP_ARTICLES && (!s->archive || !*s->archive))
        return error_set(err, STATUS_USAGE,
                         "no archive: say --archive DIR or set MORGUE_ARCHIVE");
    enum status status = check_uses(s, defaults, err);
    return status == STATUS_OK ? check_operands(s, err) : status;
}

/* --- checkpoints ---------------------------------------------------------- */

/* ARTICLES, TIME or both. */
static bool parse_checkpoint(struct indexer_settings *s)
{
    struct text rest = text_from(s->checkpoint), part;
    s->checkpoint_s = 0;
    while (text_split(&rest, ',', &part)) {
        uint64_t number;
        if (!scan_number(&part, CHECKPOINT_MAX, &number))
            return false;
        if (part.len == 0)
            s->checkpoint_articles = (int64_t)number;
        else if (text_is(part, "s"))
            s->checkpoint_s = (int64_t)number;
        else if (text_is(part, "m"))
            s->checkpoint_s = (int64_t)number * 60;
        else if (text_is(part, "h"))
            s->checkpoint_s = (int64_t)number * 3600;
        else
            return false;
    }
    return true;
}

enum status cli_parse(struct indexer_settings *out, char *const *argv,
                      struct error *err)
{
    const struct indexer_settings defaults = {
        .archive = getenv("MORGUE_ARCHIVE"),
        .merge_budget = -1,
        .checkpoint_s = CHECKPOINT_S,
    };
    struct indexer_settings s = defaults;
    enum status status = options_parse(&s, &s.sources, &cli_table, argv, err);
    if (status == STATUS_OK)
        status = check(&s, &defaults, err);
    if (status == STATUS_OK && s.checkpoint && !parse_checkpoint(&s))
        status = error_set(err, STATUS_USAGE,
                           "option '--checkpoint' needs a number of articles, "
                           "a time such as 10m, or both, not '%s'",
                           s.checkpoint);
    if (status == STATUS_OK)
        *out = s;
    return status;
}
