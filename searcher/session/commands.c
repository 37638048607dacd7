#include "searcher/session/commands.h"

#include "searcher/session/actions.h"
#include "searcher/session/query_line.h"

/* Of the narrowings: not in the table, since each has a name of its own. */
static const struct command narrow = {
    .name = "FIELD", .argument = ARGUMENT_TEXT, .run = actions_narrow};

const struct command commands[] = {
    {"next", 'n', ARGUMENT_NONE, NULL, "the next page", actions_next},
    {"previous", 'p', ARGUMENT_NONE, NULL, "the page before", actions_previous},
    {"list", 'l', ARGUMENT_NONE, NULL, "this page again; so does Enter",
     actions_list},
    {"open", 0, ARGUMENT_NUMBER, "N", "read article N; so does N alone",
     actions_open},
    {"more", 0, ARGUMENT_NUMBER, "N", "more articles like article N",
     actions_more},
    {"url", 0, ARGUMENT_NUMBER, "N", "where article N came from", actions_url},
    {"raw", 0, ARGUMENT_NUMBER, "N", "what article N was made of", actions_raw},
    {"kwic", 'k', ARGUMENT_NONE, NULL, "every occurrence in its context",
     actions_kwic},
    {"undo", 'u', ARGUMENT_NONE, NULL, "take the last narrowing back",
     actions_undo},
    {"sort", 0, ARGUMENT_TEXT, "ORDER", "relevance, newest or oldest first",
     actions_sort},
    {"facets", 'f', ARGUMENT_NONE, NULL,
     "sources, sections, years, authors, languages", actions_facets},
    {"share", 's', ARGUMENT_NONE, NULL,
     "the timeline as a share of what the archive holds, and back",
     actions_share},
    {"yes", 'y', ARGUMENT_NONE, NULL, "search for what may have been meant",
     actions_yes},
    {"explain", 'e', ARGUMENT_NONE, NULL, "how the query is understood",
     actions_explain},
    {"export", 0, ARGUMENT_TEXT, "FILE",
     "write this page to FILE, its format by its name (.csv, .json, .txt); "
     "/export FILE all: everything found",
     actions_export},
    {"help", '?', ARGUMENT_NONE, NULL, "this", actions_help},
    {"quit", 'q', ARGUMENT_NONE, NULL, "leave; so does Ctrl-D", actions_quit},
};
const size_t commands_count = sizeof commands / sizeof *commands;

static bool is_field(struct text name)
{
    for (size_t i = 0; query_line_fields[i]; i++)
        if (text_is(name, query_line_fields[i]))
            return true;
    return false;
}

const struct command *commands_find(struct text name)
{
    for (size_t i = 0; i < commands_count; i++)
        if (text_is(name, commands[i].name) ||
            (name.len == 1 && name.ptr[0] == commands[i].letter))
            return &commands[i];
    return is_field(name) ? &narrow : NULL;
}

/* --- a line --------------------------------------------------------------- */

/* False for what is no number, or none that a rank could be. */
static bool read_number(struct text t, size_t *out)
{
    enum { DIGITS_MAX = 9 };
    size_t number = 0;
    if (t.len == 0 || t.len > DIGITS_MAX)
        return false;
    for (size_t i = 0; i < t.len; i++) {
        if (t.ptr[i] < '0' || t.ptr[i] > '9')
            return false;
        number = number * 10 + (size_t)(t.ptr[i] - '0');
    }
    *out = number;
    return true;
}

static struct text first_word(struct text *rest)
{
    size_t len = 0;
    while (len < rest->len && rest->ptr[len] != ' ' && rest->ptr[len] != '\t')
        len++;
    const struct text word = text_slice(*rest, 0, len);
    *rest = text_trim(text_slice(*rest, len, rest->len));
    return word;
}

static enum status check(struct told *told, struct error *err)
{
    const enum command_argument wanted = told->command->argument;
    if (wanted == ARGUMENT_NONE && told->argument.len > 0)
        return error_set(err, STATUS_USAGE, "'/%.*s' stands alone",
                         TEXT_ARG(told->name));
    if (wanted == ARGUMENT_NUMBER &&
        !read_number(told->argument, &told->number))
        return error_set(err, STATUS_USAGE,
                         "'/%.*s' needs the number of an article",
                         TEXT_ARG(told->name));
    return STATUS_OK;
}

static enum status parse_slash(struct told *out, struct text line,
                               struct error *err)
{
    out->argument = text_slice(line, 1, line.len);
    out->name = first_word(&out->argument);
    out->command = commands_find(out->name);
    if (!out->command)
        return error_set(err, STATUS_USAGE, "there is no '/%.*s'; ? helps",
                         TEXT_ARG(text_slice(out->name, 0, 100)));
    return check(out, err);
}

enum status commands_parse(enum commands_kind *kind, struct told *out,
                           struct text line, struct error *err)
{
    *out = (struct told){.command = NULL};
    *kind = COMMANDS_TOLD;
    line = text_trim(line);
    if (line.len > 0 && line.ptr[0] == '/')
        return parse_slash(out, line, err);
    if (line.len <= 1)
        out->command = commands_find(line.len == 0 ? text_from("list") : line);
    if (out->command)
        return STATUS_OK;
    *kind = COMMANDS_NUMBER;
    if (read_number(line, &out->number))
        return STATUS_OK;
    *kind = COMMANDS_TOLD;
    out->argument = line;
    out->name = first_word(&out->argument);
    out->command = commands_find(out->name);
    if (out->command && out->command->argument == ARGUMENT_NUMBER &&
        read_number(out->argument, &out->number))
        return STATUS_OK;
    *out = (struct told){.command = NULL};
    *kind = COMMANDS_QUERY;
    return STATUS_OK;
}
