/* The command line of morgue-index: one table, from which parsing, --help, the
 * manual page and completions come. */
#ifndef INDEXER_CLI_H
#define INDEXER_CLI_H

#include <stdint.h>

#include "common/compiler.h"
#include "common/error.h"
#include "common/options.h"

enum indexer_action {
    ACTION_INDEX,
    ACTION_DUMP,
    ACTION_DUMP_ARTICLES,
    ACTION_VERIFY,
    ACTION_STATUS,
    ACTION_REJECTS,
    ACTION_RETRY_REJECTS,
    ACTION_DELETE,
    ACTION_PRUNE,
    ACTION_OPTIMIZE,
    ACTION_UPGRADE,
    ACTION_REPAIR,
    ACTION_SNAPSHOT,
    ACTION_HELP,
    ACTION_VERSION
};

enum indexer_level { LEVEL_QUIET = -1, LEVEL_NORMAL, LEVEL_VERBOSE };

enum indexer_format { FORMAT_TEXT, FORMAT_JSON };

struct kept_rejects;
struct indexer_settings {
    const char *archive;
    const char *base;     /* NULL: canonical absolute paths as ids */
    const char *from;     /* format's name; NULL: by content */
    const char *map;      /* fields of tables' columns; NULL: by their names */
    const char *limits;   /* NULL: as they are */
    const char *language; /* NULL: the archive's own, english for a new one */
    int64_t jobs;         /* 0: as many as there are cores */
    int64_t memory;       /* bytes; 0: a quarter of the machine's */
    int64_t merge_budget; /* bytes; -1: twice what the run added */
    int64_t wait_s;       /* for the lock */
    const char *checkpoint; /* as typed; what it means is in the next two */
    int64_t checkpoint_articles; /* 0: however many */
    int64_t checkpoint_s;        /* 0: however long */
    int action;                  /* enum indexer_action */
    int level;                   /* enum indexer_level */
    int format;                  /* enum indexer_format */
    int rescan;                  /* 1: read unchanged files, too */
    int dry_run;                 /* 1: change nothing, say what would be done */
    int purge;                   /* 1: rewrite what has deleted articles */
    int deep;                    /* 1: verify every article, too */
    int stats;                   /* 1: print stage times, memory and bytes */
    const struct kept_rejects *kept; /* to be tried again; or NULL */
    char *const *sources; /* the operands, NULL-ended: sources, ids, or what
                             the action takes */
};

extern const struct option_table cli_table;

/* `argv` begins with the program's name. STATUS_USAGE also when what was asked
 * lacks something: an archive, a source. */
enum status cli_parse(struct indexer_settings *out, char *const *argv,
                      struct error *err) NODISCARD;

#endif
