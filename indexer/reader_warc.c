/* Reads the web pages in WARC and ARC files. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/dating.h"
#include "common/mem.h"
#include "indexer/encoding.h"
#include "indexer/http_message.h"
#include "indexer/identity.h"
#include "indexer/page.h"
#include "indexer/reader.h"
#include "indexer/web_record.h"

extern const struct reader_format reader_warc;

/* Why a record is no page; counted. */
enum passed {
    PASSED_TYPE,   /* a request, a revisit, metadata … */
    PASSED_STATUS, /* the server had no page for it */
    PASSED_MEDIUM, /* an image, a script, robots.txt … */
    PASSED_CODING, /* too large, or compressed in an unknown way */
    PASSED_COUNT
};

struct reader_warc {
    struct reader base;
    struct input *in;
    struct web_records records;
    struct strbuf body, page;
    uint64_t passed[PASSED_COUNT];
    bool told;
};

static int warc_recognise(struct text head)
{
    bool warc = text_starts_with(head, (struct text)TEXT("WARC/"));
    bool arc = text_starts_with(head, (struct text)TEXT("filedesc://"));
    return warc || arc ? 2 : 0;
}

static enum status warc_open(struct reader **out, struct input *in,
                             struct error *err)
{
    (void)err;
    struct reader_warc *r = mem_zeroed(1, sizeof *r);
    r->in = in;
    web_records_init(&r->records, in);
    *out = &r->base;
    return STATUS_OK;
}

static void warc_free(struct reader *reader)
{
    struct reader_warc *r = (struct reader_warc *)reader;
    web_records_done(&r->records);
    strbuf_done(&r->body);
    strbuf_done(&r->page);
    input_free(r->in);
    free(r);
}

static bool is_html(struct text type)
{
    static const char *const types[] = {"text/html", "application/xhtml"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (type.len >= strlen(types[i]) &&
            strncasecmp(type.ptr, types[i], strlen(types[i])) == 0)
            return true;
    return false;
}

/* The page of a record as UTF-8 in r->page; or why there is none. */
static enum passed find_page(struct reader_warc *r,
                             const struct web_record *record)
{
    struct http_message m = {.content_type = record->content_type,
                             .body = record->bytes};
    bool response = text_is(record->type, "response");
    bool resource = text_is(record->type, "resource");
    if (!response && !resource)
        return PASSED_TYPE;
    if (record->too_large)
        return PASSED_CODING;
    if (response && http_message_split(record->bytes, &m) && m.status != 200)
        return PASSED_STATUS;
    if (!is_html(m.content_type))
        return PASSED_MEDIUM;
    strbuf_reset(&r->body);
    r->body.max = r->base.limits.page;
    r->page.max = 3 * r->base.limits.page;
    if (!http_message_decode(&m, &r->body))
        return PASSED_CODING;
    struct text html = strbuf_text(&r->body);
    struct text charset = encoding_of_content_type(m.content_type);
    struct encoding_report report;
    strbuf_reset(&r->page);
    encoding_decode(html, charset.len > 0 ? charset : encoding_declared(html),
                    &r->page, &report);
    return PASSED_COUNT;
}

/* At the end, once. */
static void tell_passed(struct reader_warc *r)
{
    const uint64_t *p = r->passed;
    uint64_t sum = p[0] + p[1] + p[2] + p[3];
    struct origin origin = {.path = text_from(input_path(r->in))};
    if (!r->told && sum > 0)
        reader_warn(&r->base, &origin,
                    "%llu records passed over: %llu are no answers, %llu "
                    "answers without a page, %llu no HTML, %llu too large or "
                    "of unknown coding",
                    (unsigned long long)sum, (unsigned long long)p[0],
                    (unsigned long long)p[1], (unsigned long long)p[2],
                    (unsigned long long)p[3]);
    r->told = true;
}

static enum status read_page(struct reader_warc *r,
                             const struct web_record *record,
                             struct arena *arena, struct article *out,
                             struct error *err)
{
    struct rejection why = {.origin = record->origin,
                            .bytes = strbuf_text(&r->page)};
    why.origin.path = text_from(input_path(r->in));
    struct article article = {.origin = why.origin};
    const struct page_request request = {
        .html = why.bytes,
        .url = identity_path(record->url, arena), /* escaped, if it must be */
        .newest = r->base.newest};
    why.reason = page_read(&article, &request, arena);
    if (why.reason)
        return reader_reject_because(&r->base, &why, err, "%s",
                                     page_explain(why.reason));
    enum status status = reader_check_size(&r->base, &article, why.bytes, err);
    if (status != STATUS_OK)
        return status;
    (void)dating_read(&article, record->date, DATING_CRAWL, r->base.newest);
    article.origin.path = arena_text(arena, why.origin.path);
    *out = article;
    return STATUS_OK;
}

static enum status warc_next(struct reader *reader, struct arena *arena,
                             struct article *out, struct error *err)
{
    struct reader_warc *r = (struct reader_warc *)reader;
    for (;;) {
        struct web_record record;
        enum status status = web_records_next(&r->records, &record, err);
        if (status == STATUS_SOURCE)
            return reader_reject(
                reader, &(struct rejection){
                            .reason = r->records.fault,
                            .origin = {.path = text_from(input_path(r->in)),
                                       .offset = r->records.fault_at}});
        if (status == STATUS_END)
            tell_passed(r);
        if (status != STATUS_OK)
            return status;
        enum passed passed = find_page(r, &record);
        if (passed == PASSED_COUNT)
            return read_page(r, &record, arena, out, err);
        r->passed[passed]++;
    }
}

const struct reader_format reader_warc = {
    .name = "warc",
    .summary = "web pages in a WARC or ARC file",
    .recognise = warc_recognise,
    .open = warc_open,
    .next = warc_next,
    .free = warc_free,
};
