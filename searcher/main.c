#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/engine/engine.h"
#include "common/strbuf.h"
#include "searcher/answer.h"
#include "searcher/batch.h"
#include "searcher/cli.h"
#include "searcher/output.h"
#include "searcher/query.h"

enum exit_code { EXIT_FOUND = 0, EXIT_NOTHING = 1, EXIT_ERROR = 2 };

enum { QUERY_MAX = 1 << 24 };

static int fail(struct messages *messages, const struct error *err)
{
    message_error(messages, "%s", err->message);
    if (err->status == STATUS_USAGE)
        message_lines(messages, text_from("Try 'morgue-search --help'."));
    return EXIT_ERROR;
}

static int refuse(struct messages *messages, struct text query,
                  const struct error *err)
{
    AUTO_DONE(strbuf) lines = STRBUF_INIT(QUERY_MAX);
    if (err->status != STATUS_QUERY)
        return fail(messages, err);
    query_print_error(query, err, &lines);
    struct text rest = strbuf_text(&lines), first;
    text_split(&rest, '\n', &first);
    message_error(messages, "%.*s", TEXT_ARG(first));
    if (rest.len > 0)
        message_lines(messages, rest);
    return EXIT_ERROR;
}

static void join_words(char *const *words, struct strbuf *out)
{
    for (size_t i = 0; words[i]; i++) {
        if (i > 0)
            strbuf_append_char(out, ' ');
        strbuf_append_string(out, words[i]);
    }
}

static int search(struct answerer *answerer,
                  const struct searcher_settings *settings,
                  struct messages *messages)
{
    AUTO_DONE(strbuf) query = STRBUF_INIT(QUERY_MAX);
    struct error err = ERROR_NONE;
    enum answer_found found = ANSWER_NOTHING;
    join_words(settings->words, &query);
    if (answer_query(&found, answerer, strbuf_text(&query), text_make(NULL, 0),
                     &err) != STATUS_OK)
        return refuse(messages, strbuf_text(&query), &err);
    return found == ANSWER_FOUND ? EXIT_FOUND : EXIT_NOTHING;
}

static int show(struct answerer *answerer, const char *id,
                struct messages *messages)
{
    struct error err = ERROR_NONE;
    enum status status = answer_show(answerer, text_from(id), &err);
    if (status == STATUS_OK)
        return EXIT_FOUND;
    fail(messages, &err);
    return status == STATUS_NOT_FOUND ? EXIT_NOTHING : EXIT_ERROR;
}

static int batch(struct answerer *answerer,
                 const struct searcher_settings *settings,
                 struct messages *messages)
{
    struct error err = ERROR_NONE;
    struct batch_result result;
    enum batch_names names =
        settings->format == OUTPUT_TREC ? BATCH_NAMED_QUERIES : BATCH_QUERIES;
    if (batch_run(&result, answerer, stdin, names, messages, &err) != STATUS_OK)
        return fail(messages, &err);
    if (result.refused > 0)
        return EXIT_ERROR;
    return result.found == ANSWER_FOUND ? EXIT_FOUND : EXIT_NOTHING;
}

int main(int argc, char **argv)
{
    (void)argc;
    struct messages messages;
    struct searcher_settings settings;
    struct error err = ERROR_NONE;
    message_init(&messages, "morgue-search", stderr);
    signal(SIGPIPE, SIG_DFL);
    if (cli_parse(&settings, argv, &err) != STATUS_OK)
        return fail(&messages, &err);
    if (settings.action == ACTION_HELP) {
        options_print_help(&cli_table, stdout);
        return EXIT_FOUND;
    }
    if (settings.action == ACTION_VERSION) {
        printf("morgue-search %s (Xapian %s)\n", MORGUE_VERSION,
               engine_version());
        return EXIT_FOUND;
    }
    AUTO(answerer) answerer = NULL;
    if (answerer_new(&answerer, &settings, &messages, stdout, &err) !=
        STATUS_OK)
        return fail(&messages, &err);
    if (settings.show)
        return show(answerer, settings.show, &messages);
    if (settings.action == ACTION_BATCH)
        return batch(answerer, &settings, &messages);
    return search(answerer, &settings, &messages);
}
