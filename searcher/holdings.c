#include "searcher/holdings.h"

#include <stdlib.h>

#include "common/mem.h"

enum {
    WORDS_KEPT_MAX = 8 << 20 /* bytes, for words met in queries and hits */
};

static enum status open_archive(struct holdings *h, struct error *err)
{
    AUTO(archive) archive = NULL;
    AUTO(analyzer) analyzer = NULL;
    enum status status = h->extent == HOLDINGS_SOUND
                             ? archive_open_sound(&archive, h->path, err)
                             : archive_open(&archive, h->path, err);
    if (status != STATUS_OK)
        return status;
    const struct manifest *m = archive_manifest(archive);
    if (m->analyzer_version != ANALYZER_VERSION)
        return error_set(err, STATUS_VERSION,
                         "archive '%s' was analysed by version %u; this "
                         "program has version %d",
                         h->path, m->analyzer_version, ANALYZER_VERSION);
    status = analyzer_new(&analyzer, m->language, err);
    if (status != STATUS_OK)
        return status;
    ranking_stems_free(h->stems);
    archive_free(h->archive);
    analyzer_free(h->analyzer);
    h->archive = TAKE(archive);
    h->stems = ranking_stems_new(h->archive);
    h->analyzer = TAKE(analyzer);
    return STATUS_OK;
}

enum status holdings_new(struct holdings **out, const char *path,
                         enum holdings_extent extent, struct error *err)
{
    AUTO(holdings) h = mem_zeroed(1, sizeof *h);
    h->path = path;
    h->extent = extent;
    enum status status = open_archive(h, err);
    if (status != STATUS_OK)
        return status;
    *out = TAKE(h);
    return STATUS_OK;
}

void holdings_free(struct holdings *h)
{
    if (!h)
        return;
    analyzer_free(h->analyzer);
    ranking_stems_free(h->stems);
    archive_free(h->archive);
    free(h);
}

enum status holdings_refresh(struct holdings *h, struct error *err)
{
    return archive_is_current(h->archive) ? STATUS_OK : open_archive(h, err);
}

void holdings_forget(struct holdings *h)
{
    if (analyzer_memory(h->analyzer) > WORDS_KEPT_MAX)
        analyzer_forget(h->analyzer);
}
