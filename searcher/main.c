#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "common/engine/engine.h"
#include "common/heap.h"
#include "common/standard_streams.h"
#include "searcher/answer.h"
#include "searcher/cli.h"
#include "searcher/command.h"
#include "searcher/serve/serve.h"

/* Bytes. One query takes about a megabyte, and the next takes what it freed. */
enum { ONE_QUERY = 2 << 20, FREED_KEPT = 64 << 20 };

static enum command_exit act(const struct searcher_settings *settings,
                             struct messages *messages)
{
    struct error err = ERROR_NONE;
    if (settings->action == ACTION_HELP ||
        settings->action == ACTION_HELP_ALL) {
        if (settings->action == ACTION_HELP)
            options_print_short_help(&cli_table, stdout);
        else
            options_print_help(&cli_table, stdout);
        return COMMAND_FOUND;
    }
    if (settings->action == ACTION_VERSION) {
        printf("morgue-search %s (Xapian %s)\n", MORGUE_VERSION,
               engine_version());
        return COMMAND_FOUND;
    }
    if (settings->serve || settings->socket)
        return serve_run(settings, &err) == STATUS_OK
                   ? COMMAND_FOUND
                   : command_fail(messages, &err);
    if (settings->in_session)
        return command_session(settings, messages);
    if (settings->html)
        return command_report(settings, messages);
    AUTO(answerer) answerer = NULL;
    if (answerer_new(&answerer, settings, messages, stdout, &err) != STATUS_OK)
        return command_fail(messages, &err);
    if (settings->show)
        return command_show(answerer, settings, messages);
    if (settings->matrix)
        return command_matrix(answerer, settings, messages);
    if (settings->batch)
        return command_batch(answerer, settings, stdin, messages);
    return command_search(answerer, settings, messages);
}

int main(int argc, char **argv)
{
    (void)argc;
    struct messages messages;
    struct searcher_settings settings;
    struct error err = ERROR_NONE;
    heap_keep_freed(FREED_KEPT);
    heap_go_on_in_large_pages(ONE_QUERY);
    standard_streams_open();
    message_init(&messages, "morgue-search", stderr);
    signal(SIGPIPE, SIG_DFL);
    const enum cli_place place = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO)
                                     ? CLI_ON_TERMINAL
                                     : CLI_ELSEWHERE;
    if (cli_parse(&settings, argv, place, &err) != STATUS_OK)
        return command_fail(&messages, &err);
    enum command_exit code = act(&settings, &messages);
    if (code != COMMAND_FAILED && standard_streams_finish(&err) != STATUS_OK)
        return command_fail(&messages, &err);
    return code;
}
