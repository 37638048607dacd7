#include "common/options.h"

#include <stdbool.h>
#include <string.h>

/* What an option's argument is, for a shell. */
enum argument { NO_ARGUMENT, ANY_TEXT, A_FOLDER, A_FILE, A_WORD };

static enum argument argument_of(const struct option *row)
{
    if (row->choices && row->kind != OPTION_STOP_OR)
        return A_WORD;
    if (!row->argument || row->kind == OPTION_STOP_OR)
        return NO_ARGUMENT;
    if (strcmp(row->argument, "DIR") == 0)
        return A_FOLDER;
    return strcmp(row->argument, "FILE") == 0 ? A_FILE : ANY_TEXT;
}

static void print_words(const char *const *words, const char *separator,
                        FILE *out)
{
    for (size_t i = 0; words[i]; i++)
        fprintf(out, "%s%s", i ? separator : "", words[i]);
}

/* The inside of a string in single quotes; `special` are characters that get a
 * backslash, and `quote` is how a single quote is written. */
static void print_quoted(const char *string, const char *special,
                         const char *quote, FILE *out)
{
    for (; *string; string++) {
        if (*string == '\'') {
            fputs(quote, out);
            continue;
        }
        if (strchr(special, *string))
            fputc('\\', out);
        fputc(*string, out);
    }
}

/* --- bash ---------------------------------------------------------------- */

/* A function's name: the program's with '_' for what is no letter. */
static void print_identifier(const char *program, FILE *out)
{
    for (; *program; program++)
        fputc(*program == '-' ? '_' : *program, out);
}

static void print_bash_case(const struct option *row, FILE *out)
{
    enum argument argument = argument_of(row);
    if (argument == NO_ARGUMENT)
        return;
    fputs("    ", out);
    if (row->letter)
        fprintf(out, "-%c | ", row->letter);
    fprintf(out, "--%s)\n", row->name);
    switch (argument) {
    case A_WORD:
        fputs("        words='", out);
        print_words(row->choices, " ", out);
        fputs("'\n        ;;\n", out);
        break;
    case A_FOLDER:
        fputs("        kind=-d\n        ;;\n", out);
        break;
    case A_FILE:
        fputs("        kind=-f\n        ;;\n", out);
        break;
    case ANY_TEXT:
    case NO_ARGUMENT:
        fputs("        return\n        ;;\n", out);
        break;
    }
}

/* Bash breaks words at '=': --format=js are three. An optional argument is
 * completed behind '=' only. */
static void print_bash_start(const char *program, FILE *out)
{
    fprintf(out, "# bash completion for %s\n", program);
    fputc('_', out);
    print_identifier(program, out);
    fputs("()\n{\n"
          "    local current=${COMP_WORDS[COMP_CWORD]}\n"
          "    local before=${COMP_WORDS[COMP_CWORD - 1]}\n"
          "    local equals='' kind='' words=''\n"
          "    COMPREPLY=()\n"
          "    if [[ $current == '=' ]]; then\n"
          "        current='' equals=1\n"
          "    elif [[ $before == '=' ]]; then\n"
          "        before=${COMP_WORDS[COMP_CWORD - 2]} equals=1\n"
          "    fi\n",
          out);
}

static void print_bash_optional(const struct option_table *table, FILE *out)
{
    for (size_t i = 0; i < table->count; i++)
        if (table->rows[i].kind == OPTION_CHOICE_OR)
            fprintf(out,
                    "    if [[ $before == --%s && -z $equals ]]; then\n"
                    "        before=''\n"
                    "    fi\n",
                    table->rows[i].name);
}

void options_print_bash(const struct option_table *table, FILE *out)
{
    print_bash_start(table->program, out);
    print_bash_optional(table, out);
    fputs("    case $before in\n", out);
    for (size_t i = 0; i < table->count; i++)
        print_bash_case(&table->rows[i], out);
    fputs("    *)\n        [[ $current == -* ]] && words='", out);
    for (size_t i = 0; i < table->count; i++)
        fprintf(out, "%s--%s", i ? " " : "", table->rows[i].name);
    fputs("'\n        ;;\n    esac\n"
          "    if [[ $kind ]]; then\n"
          "        compopt -o filenames\n"
          "        mapfile -t COMPREPLY < <(compgen \"$kind\" -- "
          "\"$current\")\n"
          "    elif [[ $words ]]; then\n"
          "        mapfile -t COMPREPLY < <(compgen -W \"$words\" -- "
          "\"$current\")\n",
          out);
    if (table->operands == OPERANDS_ARE_FILES)
        fputs("    elif [[ $current != -* ]]; then\n"
              "        compopt -o filenames\n"
              "        mapfile -t COMPREPLY < <(compgen -f -- \"$current\")\n",
              out);
    fputs("    fi\n}\ncomplete -F _", out);
    print_identifier(table->program, out);
    fprintf(out, " %s\n", table->program);
}

/* --- zsh ----------------------------------------------------------------- */

static void print_zsh_argument(const struct option *row, FILE *out)
{
    enum argument argument = argument_of(row);
    if (argument == NO_ARGUMENT)
        return;
    fprintf(out, "%s:%s:", row->kind == OPTION_CHOICE_OR ? ":" : "",
            row->argument);
    if (argument == A_FOLDER)
        fputs("_files -/", out);
    if (argument == A_FILE)
        fputs("_files", out);
    if (argument == A_WORD) {
        fputc('(', out);
        print_words(row->choices, " ", out);
        fputc(')', out);
    }
}

static void print_zsh_row(const struct option *row, FILE *out)
{
    bool argument = argument_of(row) != NO_ARGUMENT;
    const char *behind = row->kind == OPTION_CHOICE_OR ? "=-" : "=";
    fputs("    ", out);
    if (row->letter)
        fprintf(out, "'(-%c --%s)'{-%c%s,--%s%s}'[", row->letter, row->name,
                row->letter, argument ? "+" : "", row->name,
                argument ? behind : "");
    else
        fprintf(out, "'--%s%s[", row->name, argument ? behind : "");
    print_quoted(row->help, "[]\\", "'\\''", out);
    fputc(']', out);
    print_zsh_argument(row, out);
    fputs("' \\\n", out);
}

void options_print_zsh(const struct option_table *table, FILE *out)
{
    fprintf(out,
            "#compdef %s\n"
            "_arguments -s -S -A '-*' \\\n",
            table->program);
    for (size_t i = 0; i < table->count; i++)
        print_zsh_row(&table->rows[i], out);
    fputs(table->operands == OPERANDS_ARE_FILES ? "    '*:file:_files'\n"
                                                : "    '*:word: '\n",
          out);
}

/* --- fish ---------------------------------------------------------------- */

static void print_fish_row(const char *program, const struct option *row,
                           FILE *out)
{
    fprintf(out, "complete -c %s", program);
    if (row->letter)
        fprintf(out, " -s %c", row->letter);
    fprintf(out, " -l %s", row->name);
    switch (argument_of(row)) {
    case NO_ARGUMENT:
        break;
    case ANY_TEXT:
        fputs(" -x", out);
        break;
    case A_FOLDER:
        fputs(" -x -a '(__fish_complete_directories)'", out);
        break;
    case A_FILE:
        fputs(" -r -F", out);
        break;
    case A_WORD:
        fputs(row->kind == OPTION_CHOICE_OR ? " -f -a '" : " -x -a '", out);
        print_words(row->choices, " ", out);
        fputc('\'', out);
        break;
    }
    fputs(" -d '", out);
    print_quoted(row->help, "\\", "\\'", out);
    fputs("'\n", out);
}

void options_print_fish(const struct option_table *table, FILE *out)
{
    if (table->operands == OPERANDS_ARE_WORDS)
        fprintf(out, "complete -c %s -f\n", table->program);
    for (size_t i = 0; i < table->count; i++)
        print_fish_row(table->program, &table->rows[i], out);
}
