#include "common/options.h"

#include <criterion/criterion.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "common/strbuf.h"
#include "common/text.h"
#include "tests/support/tempdir.h"

enum level { LEVEL_QUIET = -1, LEVEL_NORMAL, LEVEL_VERBOSE };
enum action { ACTION_SEARCH, ACTION_COUNT, ACTION_HELP };
enum explain { EXPLAIN_NOTHING, EXPLAIN_QUERY, EXPLAIN_SCORES };
enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_JSONL };

struct settings {
    const char *archive, *list;
    int64_t limit, memory;
    enum format format;
    enum level level;
    enum action action;
    enum explain explain;
};

static const char *const format_names[] = {"text", "json", "jsonl", NULL};
static const char *const explain_names[] = {"query", "scores", NULL};

#define MEMBER(name) .member = offsetof(struct settings, name)

static const struct option rows[] = {
    {.name = "archive",
     .letter = 'a',
     .kind = OPTION_STRING,
     .argument = "DIR",
     .help = "the archive to search (default: $MORGUE_ARCHIVE), which may lie "
             "on a file system that is mounted read-only",
     .group = "Where",
     MEMBER(archive)},
    {.name = "list",
     .kind = OPTION_STRING,
     .argument = "FILE",
     .help = "it's a [list]",
     MEMBER(list)},
    {.name = "limit",
     .letter = 'n',
     .kind = OPTION_NUMBER,
     .argument = "N",
     .min = 0,
     .max = 1000,
     .help = "at most N articles",
     .more = "With --count it means nothing. '.' is no sentence's start",
     .group = "What",
     MEMBER(limit)},
    {.name = "memory",
     .letter = 'm',
     .kind = OPTION_SIZE,
     .argument = "SIZE",
     .min = 1024,
     .help = "memory to use",
     MEMBER(memory)},
    {.name = "format",
     .letter = 'f',
     .kind = OPTION_CHOICE,
     .argument = "NAME",
     .choices = format_names,
     .help = "text, json or jsonl",
     MEMBER(format)},
    {.name = "explain",
     .kind = OPTION_CHOICE_OR,
     .argument = "WHAT",
     .choices = explain_names,
     .value = EXPLAIN_QUERY,
     .help = "print the query or the scores",
     MEMBER(explain)},
    {.name = "count",
     .letter = 'c',
     .kind = OPTION_FLAG,
     .value = ACTION_COUNT,
     .help = "only the number",
     MEMBER(action)},
    {.name = "quiet",
     .letter = 'q',
     .kind = OPTION_FLAG,
     .value = LEVEL_QUIET,
     .help = "no warnings",
     .group = "Messages",
     MEMBER(level)},
    {.name = "verbose",
     .letter = 'v',
     .kind = OPTION_FLAG,
     .value = LEVEL_VERBOSE,
     .help = "say more",
     MEMBER(level)},
    {.name = "help",
     .kind = OPTION_STOP,
     .value = ACTION_HELP,
     .help = "this text",
     MEMBER(action)},
};

static const struct option_table table = {
    .program = "morgue-try",
    .synopsis = "[options] [QUERY...]",
    .summary = "Tries what a table can do.",
    .operands = OPERANDS_ARE_WORDS,
    .rows = rows,
    .count = sizeof rows / sizeof *rows,
};

static struct settings settings;
static struct error err;

/* Splits at blanks; "_" stands for the empty word. Gives the operands, joined
 * by '|', or NULL on failure. */
static const char *parse(const char *line)
{
    static char program[] = "morgue-try", words[20][100], joined[400];
    char *argv[21] = {program};
    struct text rest = text_from(line), word;
    int argc = 1;
    while (*line && text_split(&rest, ' ', &word)) {
        if (text_is(word, "_"))
            word.len = 0;
        snprintf(words[argc], sizeof words[0], "%.*s", TEXT_ARG(word));
        argv[argc] = words[argc];
        argc++;
    }
    char *const *operands = NULL;
    settings = (struct settings){.archive = "none", .limit = 10};
    err = (struct error)ERROR_NONE;
    if (options_parse(&settings, &operands, &table, argv, &err))
        return NULL;
    joined[0] = '\0';
    for (char *const *at = operands; *at; at++)
        snprintf(joined + strlen(joined), sizeof joined - strlen(joined),
                 "%s%s", at > operands ? "|" : "", *at);
    return joined;
}

static void refuses(const char *line, const char *message)
{
    cr_assert_null(parse(line), "%s", line);
    cr_assert_eq(err.status, STATUS_USAGE);
    cr_assert_str_eq(err.message, message);
}

Test(options, nothing_typed_leaves_the_defaults)
{
    cr_assert_str_eq(parse(""), "");
    cr_assert_str_eq(settings.archive, "none");
    cr_assert_eq(settings.limit, 10);
    char *const nothing[] = {NULL};
    char *const *operands = NULL;
    cr_assert_eq(options_parse(&settings, &operands, &table, nothing, &err),
                 STATUS_OK);
    cr_assert_null(*operands);
}

Test(options, arguments_may_be_written_in_every_way)
{
    static const char *const ways[] = {"--limit=5 x", "--limit 5 x", "-n5 x",
                                       "-n 5 x",      "-qn5 x",      "-cqn 5 x",
                                       "-n1 -n5 x"};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        cr_assert_str_eq(parse(ways[i]), "x", "%s", ways[i]);
        cr_assert_eq(settings.limit, 5, "%s", ways[i]);
    }
    parse("--archive=a=b");
    cr_assert_str_eq(settings.archive, "a=b");
    parse("--archive=");
    cr_assert_str_eq(settings.archive, "");
    parse("--archive --count");
    cr_assert_str_eq(settings.archive, "--count");
    parse("-a-");
    cr_assert_str_eq(settings.archive, "-");
}

Test(options, end_at_the_first_operand)
{
    cr_assert_str_eq(parse("gas -price --limit 3"), "gas|-price|--limit|3");
    cr_assert_eq(settings.limit, 10);
    cr_assert_str_eq(parse("-q -- -price -- x"), "-price|--|x");
    cr_assert_eq(settings.level, LEVEL_QUIET);
    cr_assert_str_eq(parse("- -q"), "-|-q");
    cr_assert_str_eq(parse("_ -q"), "|-q");
    cr_assert_eq(settings.level, LEVEL_NORMAL);
}

Test(options, flags_bundle_and_the_last_one_holds)
{
    cr_assert_str_eq(parse("-qcv"), "");
    cr_assert_eq(settings.level, LEVEL_VERBOSE);
    cr_assert_eq(settings.action, ACTION_COUNT);
}

Test(options, help_is_heard_whatever_follows)
{
    cr_assert_str_eq(parse("--help --nonsense"), "--nonsense");
    cr_assert_eq(settings.action, ACTION_HELP);
}

Test(options, sizes_have_binary_units)
{
    static const struct {
        const char *line;
        int64_t bytes;
    } sizes[] = {{"-m 4096", 4096},
                 {"-m512K", 512 << 10},
                 {"--memory=64M", 64 << 20},
                 {"-m 2g", INT64_C(2) << 30},
                 {"-m 3T", INT64_C(3) << 40}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        cr_assert(parse(sizes[i].line));
        cr_assert_eq(settings.memory, sizes[i].bytes, "%s", sizes[i].line);
    }
    refuses("-m 64X", "option '-m' needs a size such as 64M, not '64X'");
    refuses("-m 64MB", "option '-m' needs a size such as 64M, not '64MB'");
    refuses("-m M", "option '-m' needs a size such as 64M, not 'M'");
    refuses("-m 1K5", "option '-m' needs a size such as 64M, not '1K5'");
    refuses("-m 1", "option '-m' must be at least 1024");
    refuses("-m 9999999999T",
            "option '-m' must be at most 9223372036854775806");
    refuses("-m -9999999999T", "option '-m' must be at least 1024");
}

Test(options, numbers_are_checked)
{
    refuses("--limit x", "option '--limit' needs a number, not 'x'");
    refuses("--limit=", "option '--limit' needs a number, not ''");
    refuses("-n 5x", "option '-n' needs a number, not '5x'");
    refuses("-n +5", "option '-n' needs a number, not '+5'");
    refuses("-n -", "option '-n' needs a number, not '-'");
    refuses("-n -1", "option '-n' must be at least 0");
    refuses("-n 1001", "option '-n' must be at most 1000");
    refuses("-n 99999999999999999999", "option '-n' must be at most 1000");
    cr_assert(parse("-n 0") && settings.limit == 0);
    cr_assert(parse("-n 1000") && settings.limit == 1000);
}

Test(options, choices_are_words_of_a_list)
{
    cr_assert(parse("-f jsonl"));
    cr_assert_eq(settings.format, FORMAT_JSONL);
    refuses("--format xml",
            "option '--format' needs one of text, json, jsonl, not 'xml'");
    refuses("--format=",
            "option '--format' needs one of text, json, jsonl, not ''");
}

Test(options, an_optional_argument_needs_the_equals_sign)
{
    cr_assert_str_eq(parse("--explain scores"), "scores");
    cr_assert_eq(settings.explain, EXPLAIN_QUERY);
    cr_assert_str_eq(parse("--explain=scores x"), "x");
    cr_assert_eq(settings.explain, EXPLAIN_SCORES);
    refuses("--explain=all",
            "option '--explain' needs one of query, scores, not 'all'");
}

Test(options, what_is_unknown_is_named_with_the_nearest)
{
    refuses("--fromat x", "unknown option '--fromat'; did you mean "
                          "'--format'?");
    refuses("--limits=3", "unknown option '--limits'; did you mean "
                          "'--limit'?");
    refuses("--zebra", "unknown option '--zebra'");
    refuses("--x", "unknown option '--x'");
    refuses("--lim 5", "unknown option '--lim'; did you mean '--limit'?");
    refuses("-z", "unknown option '-z'");
    refuses("-qz", "unknown option '-z'");
    refuses("-q5", "unknown option '-5'");
    refuses("--=x", "unknown option '--'");
    char line[100];
    memset(line, 'x', sizeof line);
    memcpy(line, "--", 2);
    line[90] = '\0';
    cr_assert_null(parse(line));
}

Test(options, arguments_are_missed_and_not_wanted)
{
    refuses("--limit", "option '--limit' takes a value");
    refuses("-qn", "option '-n' takes a value");
    refuses("--count=3", "option '--count' takes no value");
    refuses("--help=", "option '--help' takes no value");
}

Test(options, what_came_before_a_fault_is_kept)
{
    refuses("-f json --zebra", "unknown option '--zebra'");
    cr_assert_eq(settings.format, FORMAT_JSON);
}

static char *generated(const char *what)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    cr_assert_eq(options_generate(&table, what, out, &err), STATUS_OK);
    fclose(out);
    return text;
}

Test(options, help_is_grouped_aligned_and_narrow)
{
    char *help = generated("help");
    cr_assert_str_eq(
        help,
        "usage: morgue-try [options] [QUERY...]\n"
        "Tries what a table can do.\n"
        "\n"
        "Where:\n"
        "  -a, --archive DIR     the archive to search (default: "
        "$MORGUE_ARCHIVE), which\n"
        "                        may lie on a file system that is mounted "
        "read-only\n"
        "      --list FILE       it's a [list]\n"
        "\n"
        "What:\n"
        "  -n, --limit N         at most N articles\n"
        "  -m, --memory SIZE     memory to use\n"
        "  -f, --format NAME     text, json or jsonl\n"
        "      --explain[=WHAT]  print the query or the scores\n"
        "  -c, --count           only the number\n"
        "\n"
        "Messages:\n"
        "  -q, --quiet           no warnings\n"
        "  -v, --verbose         say more\n"
        "      --help            this text\n");
    struct text rest = text_from(help), line;
    while (text_split(&rest, '\n', &line))
        cr_assert_leq(line.len, 79);
    free(help);
}

Test(options, a_spelling_that_is_too_wide_gets_a_line_of_its_own)
{
    static const struct option wide[] = {
        {.name = "a-name-that-leaves-no-room",
         .argument = "ARGUMENT",
         .kind = OPTION_STRING,
         .help = "help"},
        {.name = "x", .kind = OPTION_FLAG, .help = "more help"}};
    static const struct option_table t = {"p",  "", "s", OPERANDS_ARE_WORDS,
                                          wide, 2};
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    options_print_help(&t, out);
    fclose(out);
    cr_assert_str_eq(text, "usage: p \ns\n\nOptions:\n"
                           "      --a-name-that-leaves-no-room ARGUMENT\n"
                           "           help\n"
                           "      --x  more help\n");
    free(text);
}

Test(options, the_manual_has_every_option_and_escapes_what_roff_reads)
{
    char *man = generated("man");
    cr_assert(strstr(man, ".Sh OPTIONS\n.Ss Where\n.Bl -tag -width Ds\n"
                          ".It Fl a , Fl \\-archive Ar DIR\n"
                          "The archive to search (default: $MORGUE_ARCHIVE), "
                          "which may lie on a\n"
                          "file system that is mounted read-only.\n"),
              "%s", man);
    cr_assert(strstr(man, ".El\n.Ss What\n.Bl -tag -width Ds\n"
                          ".It Fl n , Fl \\-limit Ar N\n"
                          "At most N articles.\n"
                          "With \\-\\-count it means nothing.\n"
                          "\\&'.' is no sentence's start\n"),
              "%s", man);
    cr_assert(strstr(man, ".It Fl \\-explain Ns Op = Ns Ar WHAT\n"));
    struct text rest = text_from(man), last = {"", 0}, line;
    while (text_split(&rest, '\n', &line))
        last = line.len > 0 ? line : last;
    cr_assert(text_is(last, ".El"));
    free(man);
}

/* Runs the completion for words and prints the answers on one line. */
static void completes(const char *words, const char *answers)
{
    char *folder = tempdir_make(), *bash = generated("bash");
    tempdir_write(tempdir_file(folder, "completion"), bash, strlen(bash));
    tempdir_write(tempdir_file(folder, "a file"), "", 0);
    char command[1000], found[1000] = "";
    snprintf(command, sizeof command,
             "cd '%s' && mkdir folder && bash -c 'compopt() { :; }; "
             ". ./completion; COMP_WORDS=(morgue-try %s); "
             "COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _morgue_try; "
             "IFS=,; printf %%s \"${COMPREPLY[*]}\"' 2>&1",
             folder, words);
    FILE *shell = popen(command, "r");
    size_t len = fread(found, 1, sizeof found - 1, shell);
    found[len] = '\0';
    int status = pclose(shell);
    tempdir_remove(folder);
    free(bash);
    cr_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    cr_assert_str_eq(found, answers);
}

Test(options, bash_completes_names_words_and_files)
{
    completes("--ver", "--verbose");
    completes("-q --l", "--list,--limit");
    completes("--format js", "json,jsonl");
    completes("--format = js", "json,jsonl");
    completes("--format =", "text,json,jsonl");
    completes("-f t", "text");
    completes("--explain = s", "scores");
    completes("--explain --co", "--count");
    completes("--explain s", "");
    completes("-a f", "folder");
    completes("--list a", "a file");
    completes("-n 1", "");
    completes("wor", "");
}

Test(options, zsh_and_fish_get_their_own_quoting)
{
    char *zsh = generated("zsh"), *fish = generated("fish");
    cr_assert(
        strstr(zsh, "#compdef morgue-try\n_arguments -s -S -A '-*' \\\n"));
    cr_assert(strstr(zsh, "    '(-n --limit)'{-n+,--limit=}'[at most N "
                          "articles]:N:' \\\n"));
    cr_assert(strstr(zsh, "'--list=[it'\\''s a \\[list\\]]:FILE:_files'"));
    cr_assert(strstr(zsh, "'--explain=-[print the query or the scores]"
                          "::WHAT:(query scores)'"));
    cr_assert(strstr(zsh, "'(-q --quiet)'{-q,--quiet}'[no warnings]'"));
    cr_assert(strstr(fish, "complete -c morgue-try -f\n"));
    cr_assert(strstr(fish, "complete -c morgue-try -s a -l archive -x -a "
                           "'(__fish_complete_directories)' -d 'the archive"));
    cr_assert(strstr(fish, "-l list -r -F -d 'it\\'s a [list]'\n"));
    cr_assert(strstr(fish, "-l explain -f -a 'query scores' -d"));
    free(zsh);
    free(fish);
}

Test(options, only_what_is_known_is_generated)
{
    cr_assert_eq(options_generate(&table, "csh", stdout, &err), STATUS_USAGE);
}

Test(options, commands_exclude_each_other)
{
    struct {
        int action, other;
    } s = {0, 0};
    static const struct option commands[] = {
        {.name = "list", .kind = OPTION_COMMAND, .value = 1, .help = "h"},
        {.name = "drop",
         .letter = 'd',
         .kind = OPTION_COMMAND,
         .value = 2,
         .help = "h"},
        {.name = "more",
         .kind = OPTION_COMMAND,
         .value = 1,
         .help = "h",
         .member = sizeof(int)}};
    const struct option_table t = {
        .program = "morgue-try", .rows = commands, .count = 3};
    char *const *rest;
    static const char *const both[] = {"x", "--list", "-d", NULL};
    static const char *const twice[] = {"x", "--list", "--more", "--list",
                                        NULL};
    static const char *const value[] = {"x", "--list=1", NULL};
    cr_assert_eq(options_parse(&s, &rest, &t, (char *const *)both, &err),
                 STATUS_USAGE);
    cr_assert_str_eq(err.message, "options '--list' and '-d' exclude each "
                                  "other");
    s.action = s.other = 0;
    cr_assert_eq(options_parse(&s, &rest, &t, (char *const *)twice, &err),
                 STATUS_OK);
    cr_assert_eq(s.action, 1);
    cr_assert_eq(s.other, 1, "another member is another question");
    cr_assert_eq(options_parse(&s, &rest, &t, (char *const *)value, &err),
                 STATUS_USAGE);
}

/* A table of its own: what is seldom wanted, and a help that can show it. */
struct seldom_settings {
    int shown, often;
};

static const char *const extents[] = {"all", "more", NULL};
static const struct option seldom_rows[] = {
    {.name = "often",
     .kind = OPTION_FLAG,
     .value = 1,
     .help = "often wanted",
     .group = "Options",
     .member = offsetof(struct seldom_settings, often)},
    {.name = "seldom-wanted-name",
     .kind = OPTION_FLAG,
     .value = 2,
     .help = "seldom wanted",
     .use = OPTION_SELDOM,
     .member = offsetof(struct seldom_settings, often)},
    {.name = "help",
     .letter = 'h',
     .kind = OPTION_STOP_OR,
     .argument = "all",
     .choices = extents,
     .value = 3,
     .help = "this",
     .member = offsetof(struct seldom_settings, shown)},
};
static const struct option_table seldom_table = {.program = "prog",
                                                 .synopsis = "WORD",
                                                 .summary = "does it",
                                                 .operands = OPERANDS_ARE_WORDS,
                                                 .rows = seldom_rows,
                                                 .count = 3};

static int shown_by(const char *word)
{
    struct seldom_settings s = {0};
    struct error problem = ERROR_NONE;
    char *const *rest;
    const char *words[] = {"prog", word, "--nonsense", NULL};
    return options_parse(&s, &rest, &seldom_table, (char *const *)words,
                         &problem) == STATUS_OK
               ? s.shown
               : -1;
}

Test(options, help_may_be_asked_for_all)
{
    cr_assert_eq(shown_by("--help"), 3);
    cr_assert_eq(shown_by("-h"), 3);
    cr_assert_eq(shown_by("--help=all"), 4);
    cr_assert_eq(shown_by("--help=more"), 5);
    cr_assert_eq(shown_by("--help=most"), -1);
    cr_assert_eq(shown_by("--help="), -1);
}

Test(options, short_help_is_without_what_is_seldom_wanted)
{
    char *text;
    size_t len;
    FILE *out = open_memstream(&text, &len);
    options_print_short_help(&seldom_table, out);
    fclose(out);
    cr_assert_str_eq(text, "usage: prog WORD\ndoes it\n\nOptions:\n"
                           "      --often       often wanted\n"
                           "  -h, --help[=all]  this\n");
    free(text);
}
