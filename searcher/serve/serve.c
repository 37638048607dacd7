#include "searcher/serve/serve.h"

#include <stdio.h>
#include <unistd.h>

#include "common/message.h"
#include "searcher/serve/clients.h"
#include "searcher/serve/conversation.h"
#include "searcher/serve/listener.h"
#include "searcher/serve/responder.h"

#define TIMEOUT_USUAL_S 10.0

static enum status serve_socket(const struct searcher_settings *settings,
                                struct messages *messages, struct error *err)
{
    struct listener listener;
    enum status status = listener_open(&listener, settings->socket, err);
    if (status != STATUS_OK)
        return status;
    status = clients_serve(listener.fd, settings, messages, err);
    listener_close(&listener);
    return status;
}

static enum status serve_input(struct responder *responder, struct error *err)
{
    const struct conversation conversation = {
        .responder = responder,
        .in = STDIN_FILENO,
        .out = STDOUT_FILENO,
        .patience_ms = -1,
    };
    return conversation_hold(&conversation, err);
}

enum status serve_run(const struct searcher_settings *wanted, struct error *err)
{
    struct searcher_settings settings = *wanted;
    struct messages messages;
    message_init(&messages, "morgue-search", stderr);
    messages.level = MESSAGE_QUIET;
    if (settings.timeout_s == 0)
        settings.timeout_s = TIMEOUT_USUAL_S;
    settings.limit = SETTINGS_LIMIT_UNSET;
    AUTO(responder) responder = responder_new(&settings, &messages);
    enum status status = responder_open(responder, err);
    if (status != STATUS_OK)
        return status;
    if (!settings.socket)
        return serve_input(responder, err);
    responder_free(responder);
    responder = NULL;
    return serve_socket(&settings, &messages, err);
}
