/* The command line of a program as one table. From the table come the parsing,
 * the text of --help, the OPTIONS section of the manual page, and completions
 * for bash, zsh and fish; so none of them can lag behind the others.
 *
 *     struct settings { const char *archive; int64_t limit; };
 *     static const struct option rows[] = {
 *         {.name = "archive", .letter = 'a', .kind = OPTION_STRING,
 *          .argument = "DIR", .help = "the archive to search",
 *          .member = offsetof(struct settings, archive)},
 *         ...
 *
 * POSIX order: options end at the first operand or at `--`. An argument may be
 * written --limit=5, --limit 5, -n5 or -n 5; an optional one only
 * --explain=scores. Letters of flags may be bundled. A long name is never
 * abbreviated, so that a new option cannot change what an old script means. */
#ifndef COMMON_OPTIONS_H
#define COMMON_OPTIONS_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "common/compiler.h"
#include "common/error.h"

enum option_kind {                 /* what the member of the settings is: */
                   OPTION_FLAG,    /* int or enum: gets `value` */
                   OPTION_STOP,    /* the same, and nothing behind it is read:
                                      --help */
                   OPTION_STOP_OR, /* the same; with a word behind '=' `value` +
                                      1
                                      + its index: --help=all */
                   OPTION_COMMAND, /* as a flag, one of several that exclude
                                      each other: at most one for a member,
                                      which is 0 without */
                   OPTION_STRING,  /* const char *, borrowed from argv */
                   OPTION_NUMBER,  /* int64_t */
                   OPTION_SIZE, /* int64_t, in bytes: 512K, 64M, 2G, 1T or plain
                                 */
                   OPTION_CHOICE,   /* int or enum: `value` + the index of the
                                       word */
                   OPTION_CHOICE_OR /* the same; without a word it is the first.
                                       No letter */
};

/* What is seldom wanted is not in the way of who asks for help. */
enum option_use { OPTION_OFTEN, OPTION_SELDOM };

struct option {
    const char *name; /* long, without dashes */
    char letter;      /* or 0 */
    enum option_kind kind;
    const char *argument;       /* NULL for flags. DIR and FILE are completed
                                   as such */
    const char *const *choices; /* NULL-ended; for choices only */
    int64_t min, max;           /* of numbers and sizes; max 0: no maximum */
    int value;                  /* of flags and choices */
    size_t member;              /* offsetof in the settings */
    const char *help;  /* about half a line, lower case, no full stop */
    const char *more;  /* sentences only for the manual page; or NULL */
    const char *group; /* heading, on the first row of a group */
    enum option_use use;
};

enum option_operands { OPERANDS_ARE_WORDS, OPERANDS_ARE_FILES };

struct option_table {
    const char *program;
    const char *synopsis; /* behind the program's name */
    const char *summary;  /* what it does, half a line */
    enum option_operands operands;
    const struct option *rows;
    size_t count;
};

/* Fills the members of `settings` that are named on the command line, in its
 * order; the caller has set the defaults. `argv` begins with the program's
 * name and ends with NULL. `*operands` becomes the rest of it. On STATUS_USAGE
 * the settings hold what came before the fault. */
enum status options_parse(void *settings, char *const **operands,
                          const struct option_table *table, char *const *argv,
                          struct error *err) NODISCARD;

/* At most 80 columns; the short one is without what is seldom wanted. */
void options_print_help(const struct option_table *table, FILE *out);
void options_print_short_help(const struct option_table *table, FILE *out);

/* A section OPTIONS in mdoc. */
void options_print_man(const struct option_table *table, FILE *out);

/* For a program made at build time (cmake/Options.cmake): `what` is "help",
 * "man", "bash", "zsh" or "fish". */
enum status options_generate(const struct option_table *table, const char *what,
                             FILE *out, struct error *err) NODISCARD;

/* For the above: options_completion.c. */
void options_print_bash(const struct option_table *table, FILE *out);
void options_print_zsh(const struct option_table *table, FILE *out);
void options_print_fish(const struct option_table *table, FILE *out);

#endif
