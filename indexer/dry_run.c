#include "indexer/dry_run.h"

#include <time.h>

#include "common/archive.h"
#include "indexer/intake.h"
#include "indexer/request.h"

static enum status open_archive(struct archive **out,
                                const struct request *request, const char *path,
                                struct error *err)
{
    enum status status = archive_open(out, path, err);
    if (status == STATUS_NOT_FOUND)
        return archive_open_empty(out, path, request_language(request), err);
    if (status != STATUS_OK)
        return status;
    return request_check_archive(request, archive_manifest(*out), path, err);
}

static enum status read_sources(struct summary *out, struct archive *archive,
                                const struct request *request,
                                struct intake *intake, struct error *err)
{
    const struct manifest *m = archive_manifest(archive);
    AUTO(catalog)
    catalog = catalog_new(archive, m->next_sequence, out->started);
    AUTO(ledger) ledger = NULL;
    enum status status = ledger_load(&ledger, m, archive_path(archive), err);
    if (status != STATUS_OK)
        return status;
    intake->format = request->format;
    intake->base = request->base;
    intake->limits = &request->limits;
    intake->catalog = catalog;
    intake->ledger = ledger;
    intake->summary = out;
    status = intake_run(intake, err);
    progress_clear(intake->progress);
    out->generation = m->generation;
    out->articles = manifest_articles(m) + out->added - out->withdrawn;
    return status == STATUS_OK ? summary_check(out, err) : status;
}

enum status dry_run_index(struct summary *out,
                          const struct indexer_settings *settings,
                          struct messages *messages, struct error *err)
{
    *out = (struct summary){.started = (timestamp)time(NULL), .dry = true};
    AUTO_DONE(request) request;
    AUTO(archive) archive = NULL;
    struct progress progress;
    progress_init(&progress, messages);
    struct intake intake = {
        .sources = settings->sources,
        .map = settings->map,
        .extent = settings->rescan ? INTAKE_ALL : INTAKE_NEWS,
        .messages = messages,
        .progress = &progress,
    };
    enum status status = request_check(&request, settings, err);
    if (status == STATUS_OK)
        status = open_archive(&archive, &request, settings->archive, err);
    if (status == STATUS_OK)
        status = read_sources(out, archive, &request, &intake, err);
    return status;
}
