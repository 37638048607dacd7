#include "indexer/delete.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/archive_find.h"
#include "common/clock.h"
#include "indexer/account.h"
#include "indexer/removal.h"

static enum status delete_id(struct removal *r, struct text id,
                             struct summary *s, struct error *err)
{
    struct engine_document document;
    struct error missing = ERROR_NONE;
    enum status status =
        archive_find(&document, r->session->archive, id, &missing);
    if (status == STATUS_OK) {
        removal_add(r, document);
        return STATUS_OK;
    }
    if (status != STATUS_NOT_FOUND) {
        *err = missing;
        return status;
    }
    message_error(r->session->messages, "%s", missing.message);
    s->missing++;
    return STATUS_OK;
}

static enum status delete_lines(struct removal *r, FILE *in, struct summary *s,
                                struct error *err)
{
    char *line = NULL;
    size_t size = 0;
    ssize_t len;
    enum status status = STATUS_OK;
    while (status == STATUS_OK && (len = getline(&line, &size, in)) >= 0) {
        struct text id = text_make(line, (size_t)len);
        if (id.len > 0 && id.ptr[id.len - 1] == '\n')
            id.len--;
        if (id.len > 0)
            status = delete_id(r, id, s, err);
    }
    free(line);
    if (status == STATUS_OK && ferror(in))
        return error_io(err, "read", "-");
    return status;
}

static enum status delete_all(struct session *session, struct summary *s,
                              struct error *err)
{
    AUTO_DONE(removal) r;
    removal_begin(&r, session);
    enum status status = STATUS_OK;
    for (char *const *id = session->settings->sources;
         *id && status == STATUS_OK; id++)
        status = strcmp(*id, "-") == 0 ? delete_lines(&r, stdin, s, err)
                                       : delete_id(&r, text_from(*id), s, err);
    return status == STATUS_OK ? removal_publish(&r, NULL, s, err) : status;
}

enum status delete_run(struct summary *out,
                       const struct indexer_settings *settings,
                       struct messages *messages, struct error *err)
{
    double began_s = clock_now_s();
    *out =
        (struct summary){.command = "delete", .started = (timestamp)time(NULL)};
    AUTO_DONE(session) session;
    enum status status = session_begin(&session, settings, messages, err);
    if (status == STATUS_OK)
        status = delete_all(&session, out, err);
    if (status != STATUS_OK || out->dry)
        return status;
    return account_run(out, settings->archive, began_s, err);
}
