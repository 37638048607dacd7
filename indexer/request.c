#include "indexer/request.h"

#include <stdlib.h>
#include <string.h>

#include "indexer/limits.h"

enum status request_check(struct request *out, const struct indexer_settings *s,
                          struct error *err)
{
    *out = (struct request){.limits = READER_LIMITS};
    enum status status = limits_parse(&out->limits, s->limits, err);
    if (status != STATUS_OK)
        return status;
    if (s->from && !(out->format = reader_format_by_name(s->from)))
        return error_set(err, STATUS_USAGE, "unknown format '%s'", s->from);
    if (s->base && !(out->base = realpath(s->base, NULL)))
        return error_io(err, "find", s->base);
    return s->language ? analyzer_new(&out->analyzer, s->language, err)
                       : STATUS_OK;
}

void request_done(struct request *r)
{
    free(r->base);
    analyzer_free(r->analyzer);
}

const char *request_language(const struct request *r)
{
    return r->analyzer ? analyzer_language(r->analyzer) : "english";
}

enum status request_check_archive(const struct request *r,
                                  const struct manifest *m, const char *path,
                                  struct error *err)
{
    if (m->analyzer_version != ANALYZER_VERSION)
        return error_set(err, STATUS_VERSION,
                         "archive '%s' was analysed by version %u; this "
                         "program has version %d",
                         path, m->analyzer_version, ANALYZER_VERSION);
    if (r->analyzer && strcmp(request_language(r), m->language) != 0)
        return error_set(err, STATUS_USAGE,
                         "archive '%s' is in %s: its language cannot become %s",
                         path, m->language, request_language(r));
    return STATUS_OK;
}
