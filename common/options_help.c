#include "common/options.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "common/strbuf.h"
#include "common/text.h"

enum { COLUMNS = 79, HELP_COLUMN_MAX = 28, LINE_MAX_BYTES = 4096 };

/* Takes the words that fit into `width` columns off `*rest`: at least one. */
static struct text take_line(struct text *rest, size_t width)
{
    struct text t = text_trim(*rest);
    size_t len = t.len;
    if (t.len > width) {
        len = width + 1;
        while (len > 0 && t.ptr[len - 1] != ' ')
            len--;
        while (len == 0 || (len < t.len && t.ptr[len - 1] != ' '))
            len++;
    }
    *rest = text_trim(text_slice(t, len, t.len));
    return text_trim(text_slice(t, 0, len));
}

/* "-a, --archive DIR" */
static void append_spelling(const struct option *row, struct strbuf *out)
{
    if (row->letter)
        strbuf_append_format(out, "  -%c, --%s", row->letter, row->name);
    else
        strbuf_append_format(out, "      --%s", row->name);
    if (row->kind == OPTION_CHOICE_OR || row->kind == OPTION_STOP_OR)
        strbuf_append_format(out, "[=%s]", row->argument);
    else if (row->argument)
        strbuf_append_format(out, " %s", row->argument);
}

static bool is_shown(const struct option *row, enum option_use use)
{
    return row->use <= use;
}

static size_t help_column(const struct option_table *table, enum option_use use)
{
    size_t column = 0;
    AUTO_DONE(strbuf) spelling = STRBUF_INIT(LINE_MAX_BYTES);
    for (size_t i = 0; i < table->count; i++) {
        if (!is_shown(&table->rows[i], use))
            continue;
        strbuf_reset(&spelling);
        append_spelling(&table->rows[i], &spelling);
        size_t wanted = spelling.len + 2;
        if (wanted > column && wanted <= HELP_COLUMN_MAX)
            column = wanted;
    }
    return column;
}

static void print_row(const struct option *row, size_t column, FILE *out)
{
    AUTO_DONE(strbuf) left = STRBUF_INIT(LINE_MAX_BYTES);
    append_spelling(row, &left);
    if (left.len + 2 > column) {
        fprintf(out, "%s\n", strbuf_string(&left));
        strbuf_reset(&left);
    }
    struct text rest = text_from(row->help);
    while (rest.len > 0) {
        struct text line = take_line(&rest, COLUMNS - column);
        fprintf(out, "%-*s%.*s\n", (int)column, strbuf_string(&left),
                TEXT_ARG(line));
        strbuf_reset(&left);
    }
}

/* Options up to that use. */
static void print_help(const struct option_table *table, enum option_use use,
                       FILE *out)
{
    fprintf(out, "usage: %s %s\n%s\n", table->program, table->synopsis,
            table->summary);
    size_t column = help_column(table, use);
    for (size_t i = 0; i < table->count; i++) {
        if (i == 0 || table->rows[i].group)
            fprintf(out, "\n%s:\n",
                    table->rows[i].group ? table->rows[i].group : "Options");
        if (is_shown(&table->rows[i], use))
            print_row(&table->rows[i], column, out);
    }
}

void options_print_help(const struct option_table *table, FILE *out)
{
    print_help(table, OPTION_SELDOM, out);
}

void options_print_short_help(const struct option_table *table, FILE *out)
{
    print_help(table, OPTION_OFTEN, out);
}

/* A minus sign that a reader may copy is \-; one within a word is a hyphen. */
static void print_man_line(struct text line, FILE *out)
{
    if (line.len > 0 && (line.ptr[0] == '.' || line.ptr[0] == '\''))
        fputs("\\&", out);
    for (size_t i = 0; i < line.len; i++) {
        bool inside = i > 0 && isalnum((unsigned char)line.ptr[i - 1]);
        if (line.ptr[i] == '\\')
            fputs("\\e", out);
        else if (line.ptr[i] == '-' && !inside)
            fputs("\\-", out);
        else
            fputc(line.ptr[i], out);
    }
    fputc('\n', out);
}

/* mdoc wants every sentence on a line of its own. */
static void print_man_text(struct text sentences, FILE *out)
{
    while (sentences.len > 0) {
        const char *end =
            memmem(sentences.ptr, sentences.len, ". ", strlen(". "));
        size_t len = end ? (size_t)(end - sentences.ptr) + 1 : sentences.len;
        struct text sentence = text_slice(sentences, 0, len);
        sentences = text_trim(text_slice(sentences, len, sentences.len));
        while (sentence.len > 0)
            print_man_line(take_line(&sentence, COLUMNS - 8), out);
    }
}

static void print_man_row(const struct option *row, FILE *out)
{
    fputs(".It ", out);
    if (row->letter)
        fprintf(out, "Fl %c , ", row->letter);
    fprintf(out, "Fl \\-%s", row->name);
    if (row->kind == OPTION_CHOICE_OR || row->kind == OPTION_STOP_OR)
        fprintf(out, " Ns Op = Ns Ar %s", row->argument);
    else if (row->argument)
        fprintf(out, " Ar %s", row->argument);
    fputc('\n', out);

    AUTO_DONE(strbuf) text = STRBUF_INIT(LINE_MAX_BYTES);
    strbuf_append_format(&text, "%c%s. %s",
                         toupper((unsigned char)row->help[0]), row->help + 1,
                         row->more ? row->more : "");
    print_man_text(text_trim(strbuf_text(&text)), out);
}

void options_print_man(const struct option_table *table, FILE *out)
{
    fputs(".Sh OPTIONS\n", out);
    for (size_t i = 0; i < table->count; i++) {
        const struct option *row = &table->rows[i];
        if (row->group && i > 0)
            fputs(".El\n", out);
        if (row->group)
            fprintf(out, ".Ss %s\n", row->group);
        if (row->group || i == 0)
            fputs(".Bl -tag -width Ds\n", out);
        print_man_row(row, out);
    }
    fputs(".El\n", out);
}

enum status options_generate(const struct option_table *table, const char *what,
                             FILE *out, struct error *err)
{
    static const struct {
        const char *what;
        void (*print)(const struct option_table *table, FILE *out);
    } printers[] = {
        {"help", options_print_help}, {"man", options_print_man},
        {"bash", options_print_bash}, {"zsh", options_print_zsh},
        {"fish", options_print_fish},
    };
    for (size_t i = 0; i < sizeof printers / sizeof *printers; i++) {
        if (strcmp(what, printers[i].what) == 0) {
            printers[i].print(table, out);
            return STATUS_OK;
        }
    }
    return error_set(err, STATUS_USAGE, "cannot generate '%s'", what);
}
