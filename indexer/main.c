#include <signal.h>
#include <stdio.h>

#include "common/engine/engine.h"
#include "common/interrupt.h"
#include "common/standard_streams.h"
#include "indexer/cli.h"
#include "indexer/command.h"
#include "indexer/machine.h"

static enum command_exit act(const struct indexer_settings *settings,
                             struct messages *messages)
{
    switch (settings->action) {
    case ACTION_HELP:
        options_print_help(&cli_table, stdout);
        return COMMAND_DONE;
    case ACTION_VERSION:
        printf("morgue-index %s (Xapian %s)\n", MORGUE_VERSION,
               engine_version());
        return COMMAND_DONE;
    default:
        return command_run(settings, messages, stdout);
    }
}

int main(int argc, char **argv)
{
    (void)argc;
    struct messages messages;
    struct indexer_settings settings;
    struct error err = ERROR_NONE;
    standard_streams_open();
    machine_share_heap();
    message_init(&messages, "morgue-index", stderr);
    signal(SIGPIPE, SIG_DFL);
    if (cli_parse(&settings, argv, &err) != STATUS_OK)
        return command_fail(&messages, &err);
    messages.level = (enum message_level)settings.level;
    int code = act(&settings, &messages);
    if (code != COMMAND_FAILED && standard_streams_finish(&err) != STATUS_OK)
        return command_fail(&messages, &err);
    return interrupt_signal() ? 128 + interrupt_signal() : code;
}
