/* Reads the web pages in WARC and ARC files. */
#include <stdio.h>
#include <stdlib.h>

#include "common/dating.h"
#include "common/mem.h"
#include "common/utf8.h"
#include "indexer/cleaning.h"
#include "indexer/encoding.h"
#include "indexer/http_message.h"
#include "indexer/identity.h"
#include "indexer/page.h"
#include "indexer/reader.h"
#include "indexer/web_record.h"

extern const struct reader_format reader_html, reader_warc;

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
    head = text_trim(utf8_without_mark(head));
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

/* Of Common Crawl's WET files: the text of a page. */
static bool is_conversion(const struct web_record *record)
{
    return text_starts_in_any_case(record->type, "conversion");
}

enum medium { MEDIUM_PAGE, MEDIUM_UNSAID, MEDIUM_TEXT, MEDIUM_OTHER };

static enum medium medium_of(struct text type)
{
    static const char *const pages[] = {"text/html", "application/xhtml",
                                        "application/vnd.wap.xhtml"};
    static const char *const vague[] = {"application/octet-stream",
                                        "application/unknown", "no-type",
                                        "unknown"};
    if (text_starts_with(type, (struct text)TEXT("\"")))
        type = text_slice(type, 1, type.len);
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        if (text_starts_in_any_case(type, pages[i]))
            return MEDIUM_PAGE;
    for (size_t i = 0; i < sizeof vague / sizeof *vague; i++)
        if (type.len == 0 || text_starts_in_any_case(type, vague[i]))
            return MEDIUM_UNSAID;
    return text_starts_in_any_case(type, "text/plain") ? MEDIUM_TEXT
                                                       : MEDIUM_OTHER;
}

/* Unless the page cannot be what its server says. */
static struct text charset_of(struct text type, struct text page)
{
    struct text said = encoding_of_content_type(type);
    struct text own = encoding_declared(page);
    bool wrong = text_starts_in_any_case(said, "utf-8") && !utf8_is_valid(page);
    return said.len > 0 && (!wrong || own.len == 0) ? said : own;
}

/* What was answered, in `m`; or why that cannot be a page. */
static enum passed find_answer(const struct web_record *record,
                               struct http_message *m)
{
    const bool response = text_starts_in_any_case(record->type, "response");
    if (!response && !text_starts_in_any_case(record->type, "resource") &&
        !is_conversion(record))
        return PASSED_TYPE;
    if (record->too_large)
        return PASSED_CODING;
    if (response && http_message_split(record->bytes, m))
        return m->status == 200 || m->status == 203 ? PASSED_COUNT
                                                    : PASSED_STATUS;
    *m = (struct http_message){.body = record->bytes};
    if (!text_starts_in_any_case(record->content_type, "application/http"))
        m->content_type = record->content_type;
    return PASSED_COUNT;
}

/* The page of a record, or the text made of one, as UTF-8 in r->page; or why
 * there is none. */
static enum passed find_page(struct reader_warc *r,
                             const struct web_record *record)
{
    struct http_message m;
    enum passed passed = find_answer(record, &m);
    if (passed != PASSED_COUNT)
        return passed;
    enum medium medium = medium_of(m.content_type);
    bool text = medium == MEDIUM_TEXT && is_conversion(record);
    if (medium > MEDIUM_UNSAID && !text)
        return PASSED_MEDIUM;
    strbuf_reset(&r->body);
    r->body.max = r->base.limits.page;
    r->page.max = 3 * r->base.limits.page;
    if (!http_message_decode(&m, &r->body))
        return PASSED_CODING;
    struct text body = strbuf_text(&r->body);
    if (medium == MEDIUM_UNSAID && reader_html.recognise(body) < 2)
        return PASSED_MEDIUM;
    struct encoding_report report;
    strbuf_reset(&r->page);
    encoding_decode(body, charset_of(m.content_type, body), &r->page, &report);
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

/* The first line is the title: nothing says more of it. */
static const char *read_text(struct article *out, struct text text,
                             const struct web_record *record,
                             struct arena *arena)
{
    struct text line, rest = text_trim(text);
    bool nul = false;
    (void)text_split(&rest, '\n', &line);
    out->published = TIMESTAMP_UNKNOWN;
    out->title = cleaning_copy(line, CLEANING_LINE, arena, &nul);
    out->body = text_trim(cleaning_copy(rest, CLEANING_BLOCK, arena, &nul));
    out->url = identity_path(record->url, arena);
    struct text language = {NULL, 0};
    rest = http_header(record->headers, "warc-identified-content-language");
    (void)text_split(&rest, ',', &language);
    out->language = arena_text(arena, language);
    return text.len == 0 ? "no-body" : NULL;
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
    bool text =
        is_conversion(record) && medium_of(record->content_type) == MEDIUM_TEXT;
    why.reason = text ? read_text(&article, why.bytes, record, arena)
                      : page_read(&article, &request, arena);
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
