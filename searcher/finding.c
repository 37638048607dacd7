#include "searcher/finding.h"

#include <math.h>

#include "common/clock.h"

enum { QUERY_MAX = 1 << 24 };

static struct search_request request_of(const struct finding *f)
{
    struct search_request request = inquiry_request(&f->inquiry);
    request.first = f->first;
    request.count = f->count;
    return request;
}

static enum status search(struct finding *f, struct error *err)
{
    struct search_result result = {0};
    const struct search_request request = request_of(f);
    enum status status = search_run(&result, &request, err);
    if (status != STATUS_OK)
        return status;
    search_result_done(&f->result);
    f->result = result;
    return STATUS_OK;
}

/* What has some of the words, where nothing has all. */
static enum status fall_back(struct finding *f, struct error *err)
{
    if (f->result.total > 0 || f->result.end != SEARCH_COMPLETE ||
        f->inquiry.settings.match != MATCH_ALL_WORDS)
        return STATUS_OK;
    const struct search_request request = request_of(f);
    enum status status =
        inquiry_fall_back(&f->inquiry, &f->result, &request, err);
    if (status == STATUS_OK && f->result.total > 0)
        f->match = MATCH_FALLBACK;
    return status;
}

static enum status find(struct finding *f, const struct finding_request *r,
                        struct error *err)
{
    struct searcher_settings settings = *r->settings;
    settings.sort = (int)r->sort;
    const struct inquiry_request request = {
        .holdings = r->holdings,
        .settings = &settings,
        .text = strbuf_text(&f->text),
        .deadline_s = INFINITY,
    };
    enum status status = inquiry_begin(&f->inquiry, &request, err);
    if (status == STATUS_OK)
        status = inquiry_plan(&f->inquiry, err);
    if (status == STATUS_OK)
        status = search(f, err);
    if (status == STATUS_OK)
        status = inquiry_suggest(&f->inquiry, &f->result, err);
    return status == STATUS_OK && r->fallback == FINDING_MAY_FALL_BACK
               ? fall_back(f, err)
               : status;
}

enum status finding_make(struct finding *out,
                         const struct finding_request *request,
                         struct error *err)
{
    const double began_s = clock_now_s();
    AUTO_DONE(finding)
    f = {
        .holdings = request->holdings,
        .text = STRBUF_INIT(QUERY_MAX),
        .match = MATCH_AS_ASKED,
        .first = request->first,
        .count = request->count,
    };
    strbuf_append(&f.text, request->query);
    enum status status = find(&f, request, err);
    if (status != STATUS_OK)
        return status;
    f.highlight = highlight_new(f.inquiry.plan, f.holdings->archive,
                                f.holdings->analyzer);
    f.took_s = clock_now_s() - began_s;
    *out = f;
    f = (struct finding){.holdings = NULL};
    return STATUS_OK;
}

enum status finding_page(struct finding *f, size_t first, size_t count,
                         struct error *err)
{
    const double began_s = clock_now_s();
    const size_t first_before = f->first, count_before = f->count;
    f->first = first;
    f->count = count;
    enum status status = search(f, err);
    if (status != STATUS_OK) {
        f->first = first_before;
        f->count = count_before;
    }
    f->took_s = clock_now_s() - began_s;
    return status;
}

void finding_done(struct finding *f)
{
    highlight_free(f->highlight);
    search_result_done(&f->result);
    inquiry_done(&f->inquiry);
    strbuf_done(&f->text);
    *f = (struct finding){.holdings = NULL};
}

enum status finding_hits(struct search_result *out, const struct finding *f,
                         size_t count, struct error *err)
{
    struct search_request request = request_of(f);
    request.first = 0;
    request.count = count;
    return search_run(out, &request, err);
}

static enum status locate(struct engine_document *out, const struct finding *f,
                          size_t rank, struct error *err)
{
    AUTO_DONE(search_result) one = {0};
    if (rank > f->first && rank <= f->first + f->result.count) {
        *out = f->result.hits[rank - f->first - 1].document;
        return STATUS_OK;
    }
    struct search_request request = request_of(f);
    request.first = rank - 1;
    request.count = 1;
    enum status status = rank > 0 ? search_run(&one, &request, err) : STATUS_OK;
    if (status != STATUS_OK)
        return status;
    if (one.count == 0)
        return error_set(err, STATUS_NOT_FOUND, "there is no article %zu",
                         rank);
    *out = one.hits[0].document;
    return STATUS_OK;
}

enum status finding_read(struct hits_article *out, struct finding *f,
                         struct hits *hits, size_t rank, struct error *err)
{
    struct engine_document document;
    enum status status = locate(&document, f, rank, err);
    if (status == STATUS_OK)
        status = hits_read(out, hits, f->holdings->archive, document,
                           f->highlight, err);
    return status;
}
