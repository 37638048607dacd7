/* What is typed in a session: queries and their narrowings, commands, and the
 * script that a shell would be given. */
#include "searcher/session/query_line.h"

#include <criterion/criterion.h>
#include <string.h>

#include "searcher/script.h"
#include "searcher/session/commands.h"

static const char *written(const struct query_line *l)
{
    static struct strbuf out = STRBUF_INIT(1 << 20);
    strbuf_reset(&out);
    query_line_write(l, &out);
    return strbuf_string(&out);
}

static enum status narrow(struct query_line *l, const char *field,
                          const char *value)
{
    struct error err = ERROR_NONE;
    return query_line_narrow(l, text_from(field), text_from(value), &err);
}

Test(query_line, a_narrowing_is_written_as_the_language_has_it)
{
    static const struct {
        const char *query, *field, *value, *expected;
    } rows[] = {
        {"gas", "source", "reuters", "gas source:reuters"},
        {"gas", "source", " the meridian ", "gas source:\"the meridian\""},
        {"gas", "source", "\"the meridian\"", "gas source:\"the meridian\""},
        {"gas", "source", "the \"big\" one", "gas source:\"the big one\""},
        {"gas", "title", "(oil OR coal)", "gas title:(oil OR coal)"},
        {"gas oil", "since", "2022-01", "gas oil since:2022-01"},
        {"gas OR oil", "until", "7d", "(gas OR oil) until:7d"},
        {"(gas OR oil)", "lang", "en", "(gas OR oil) lang:en"},
        {"(gas) OR (oil)", "lang", "en", "((gas) OR (oil)) lang:en"},
        {"gas w/5 oil", "section", "world", "gas w/5 oil section:world"},
        {"-gas", "tag", "x", "-gas tag:x"},
        {"\"gas OR oil\"", "date", "2022", "\"gas OR oil\" date:2022"},
        {"gas", "length", ">500", "gas length>500"},
        {"gas", "length", "200..800", "gas length:200..800"},
        {"gas", "with", "price", "gas price"},
        {"gas", "with", "oil OR coal", "gas (oil OR coal)"},
        {"gas", "without", "oil", "gas -oil"},
        {"gas", "without", "oil coal", "gas -(oil coal)"},
        {"gas", "without", "\"oil coal\"", "gas -\"oil coal\""},
        {"gas", "source", "", "gas"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        AUTO(query_line) l = query_line_new(ENGINE_RELEVANCE);
        query_line_ask(l, text_from(rows[i].query));
        cr_expect_str_eq(written(l), rows[i].query);
        cr_expect_eq(narrow(l, rows[i].field, rows[i].value), STATUS_OK);
        cr_expect_str_eq(written(l), rows[i].expected, "%s", written(l));
        cr_expect(query_line_undo(l));
        cr_expect_str_eq(written(l), rows[i].query);
    }
}

Test(query_line, the_last_value_of_a_field_counts_and_words_add_up)
{
    AUTO(query_line) l = query_line_new(ENGINE_RELEVANCE);
    query_line_ask(l, text_from("gas"));
    cr_expect_eq(narrow(l, "source", "reuters"), STATUS_OK);
    cr_expect_eq(narrow(l, "with", "oil"), STATUS_OK);
    cr_expect_eq(narrow(l, "source", "afp"), STATUS_OK);
    cr_expect_eq(narrow(l, "with", "coal"), STATUS_OK);
    cr_expect_str_eq(written(l), "gas oil source:afp coal");
    cr_expect_eq(narrow(l, "source", ""), STATUS_OK);
    cr_expect_str_eq(written(l), "gas oil coal");
    query_line_undo(l);
    cr_expect_str_eq(written(l), "gas oil source:afp coal");
    query_line_undo(l);
    query_line_undo(l);
    cr_expect_str_eq(written(l), "gas source:reuters oil");
}

Test(query_line, undoing_a_query_brings_the_one_before_back)
{
    AUTO(query_line) l = query_line_new(ENGINE_OLDEST);
    cr_expect(query_line_is_empty(l));
    cr_expect(!query_line_undo(l));
    cr_expect_str_eq(written(l), "");
    query_line_ask(l, text_from("gas"));
    cr_expect_eq(narrow(l, "lang", "en"), STATUS_OK);
    query_line_sort(l, ENGINE_NEWEST);
    query_line_ask(l, text_from(" oil "));
    cr_expect_str_eq(written(l), "oil");
    cr_expect_eq(query_line_order(l), ENGINE_NEWEST, "the order stays");
    query_line_undo(l);
    cr_expect_str_eq(written(l), "gas lang:en");
    query_line_undo(l);
    cr_expect_eq(query_line_order(l), ENGINE_OLDEST);
    cr_expect_str_eq(written(l), "gas lang:en");
    query_line_undo(l);
    query_line_undo(l);
    cr_expect(query_line_is_empty(l));
}

Test(query_line, what_cannot_be_narrowed_is_refused_and_changes_nothing)
{
    AUTO(query_line) l = query_line_new(ENGINE_RELEVANCE);
    cr_expect_eq(narrow(l, "source", "x"), STATUS_USAGE, "no query yet");
    query_line_ask(l, text_from("gas"));
    cr_expect_eq(narrow(l, "colour", "red"), STATUS_USAGE);
    cr_expect_eq(narrow(l, "with", "  "), STATUS_USAGE);
    cr_expect_eq(narrow(l, "title", ""), STATUS_USAGE);
    cr_expect_str_eq(written(l), "gas");
}

Test(query_line, forgets_the_oldest_of_very_many_steps)
{
    AUTO(query_line) l = query_line_new(ENGINE_RELEVANCE);
    query_line_ask(l, text_from("first"));
    query_line_ask(l, text_from("gas"));
    for (int i = 0; i < QUERY_LINE_STEPS_MAX - 1; i++)
        cr_assert_eq(narrow(l, "lang", i % 2 ? "en" : "de"), STATUS_OK);
    cr_expect_str_eq(written(l), "gas lang:de", "%s", written(l));
    cr_assert_eq(narrow(l, "lang", "fr"), STATUS_OK);
    cr_expect(query_line_is_empty(l), "the query itself was forgotten");
    cr_expect_str_eq(written(l), "");
    for (int i = 0; i < QUERY_LINE_STEPS_MAX; i++)
        cr_assert(query_line_undo(l));
    cr_expect(!query_line_undo(l));
}

/* --- commands ------------------------------------------------------------- */

Test(commands, are_told_from_queries)
{
    static const struct {
        const char *line, *name; /* of the command; NULL: a query */
        size_t number;
    } rows[] = {
        {"gas", NULL, 0},
        {"/next", "next", 0},
        {"  /next  ", "next", 0},
        {"n", "next", 0},
        {"n gas", NULL, 0},
        {"?", "help", 0},
        {"", "list", 0},
        {"   ", "list", 0},
        {"open 3", "open", 3},
        {"/open 12", "open", 12},
        {"open door", NULL, 0},
        {"open", NULL, 0},
        {"raw 1", "raw", 1},
        {"raw 1 2", NULL, 0},
        {"next 3", NULL, 0},
        {"/since 2022-01", "FIELD", 0},
        {"/source the meridian", "FIELD", 0},
        {"source:x", NULL, 0},
        {"3000000000", NULL, 0},
        {"n\xc3\xa9", NULL, 0},
        {"z", NULL, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct error err = ERROR_NONE;
        struct told told;
        enum commands_kind kind;
        cr_expect_eq(
            commands_parse(&kind, &told, text_from(rows[i].line), &err),
            STATUS_OK, "%s: %s", rows[i].line, err.message);
        cr_expect_eq(kind, rows[i].name ? COMMANDS_TOLD : COMMANDS_QUERY, "%s",
                     rows[i].line);
        if (rows[i].name && kind == COMMANDS_TOLD)
            cr_expect_str_eq(told.command->name, rows[i].name);
        if (rows[i].number)
            cr_expect_eq(told.number, rows[i].number);
    }
}

Test(commands, a_number_alone_is_one)
{
    struct error err = ERROR_NONE;
    struct told told;
    enum commands_kind kind;
    cr_expect_eq(commands_parse(&kind, &told, text_from(" 17 "), &err),
                 STATUS_OK);
    cr_expect_eq(kind, COMMANDS_NUMBER);
    cr_expect_eq(told.number, 17);
}

Test(commands, what_lacks_something_is_refused)
{
    static const char *const lines[] = {
        "/", "/nonsense", "/open", "/open x", "/next 3", "/raw 1x", "/open -1"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct error err = ERROR_NONE;
        struct told told;
        enum commands_kind kind;
        cr_expect_eq(commands_parse(&kind, &told, text_from(lines[i]), &err),
                     STATUS_USAGE, "%s", lines[i]);
    }
}

Test(commands, each_name_and_letter_is_one_commands)
{
    for (size_t i = 0; i < commands_count; i++) {
        cr_expect_eq(commands_find(text_from(commands[i].name)), &commands[i]);
        if (commands[i].letter)
            cr_expect_eq(commands_find(text_make(&commands[i].letter, 1)),
                         &commands[i]);
        for (size_t k = 0; query_line_fields[k]; k++)
            cr_expect_str_neq(commands[i].name, query_line_fields[k]);
    }
}

/* --- scripts -------------------------------------------------------------- */

Test(script, a_shell_reads_the_query_back)
{
    static const struct {
        const char *query, *expected;
    } rows[] = {
        {"gas", "morgue-search gas"},
        {"gas -price", "morgue-search 'gas -price'"},
        {"-gas", "morgue-search -- -gas"},
        {"it's", "morgue-search 'it'\\''s'"},
        {"*", "morgue-search '*'"},
        {"$(ls) `x` \"a\\b\"", "morgue-search '$(ls) `x` \"a\\b\"'"},
        {"", "morgue-search ''"},
    };
    const struct searcher_settings settings = {.archive = "press"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        AUTO_DONE(strbuf) out = STRBUF_INIT(4096);
        script_write(&out, &settings, ENGINE_RELEVANCE,
                     text_from(rows[i].query));
        cr_expect_str_eq(strbuf_string(&out), rows[i].expected);
    }
}

Test(script, repeats_what_the_session_was_begun_with)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(4096);
    const struct searcher_settings settings = {
        .archive = "my press",
        .archive_named = true,
        .since_text = "2022",
        .timezone_text = "Europe/Berlin",
        .match = MATCH_ANY_WORD,
        .ranking = 3,
    };
    script_write(&out, &settings, ENGINE_NEWEST, text_from("gas"));
    cr_expect_str_eq(strbuf_string(&out),
                     "morgue-search --archive 'my press' --any --since 2022 "
                     "--timezone Europe/Berlin --sort newest --ranking bm25 "
                     "gas");
}
