/* Reads JSON Lines, and JSON objects in a row or in an array. */
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"
#include "common/original.h"
#include "common/utf8.h"
#include "indexer/json_article.h"
#include "indexer/json_splitter.h"
#include "indexer/reader.h"

extern const struct reader_format reader_jsonl;

enum { SHOWN_OF_DATE = 60 };

struct reader_jsonl {
    struct reader base;
    struct input *in;
    struct json_splitter splitter;
    uint64_t offset, line; /* after the last record that is complete */
    bool complete;         /* the last record is */
};

static struct reader_jsonl *downcast(struct reader *reader)
{
    return (struct reader_jsonl *)reader;
}

static enum status jsonl_open(struct reader **out, struct input *in,
                              struct error *err)
{
    (void)err;
    struct reader_jsonl *r = mem_zeroed(1, sizeof *r);
    r->in = in;
    json_splitter_init(&r->splitter, in, 2 * (size_t)READER_ARTICLE_MAX);
    *out = &r->base;
    return STATUS_OK;
}

/* Only where a line is a record does nothing depend on what was before it. */
static bool jsonl_find_place(const struct reader *reader,
                             struct reader_place *out)
{
    const struct reader_jsonl *r = (const struct reader_jsonl *)reader;
    if (r->splitter.layout != JSON_LINES || r->offset == 0)
        return false;
    out->line = r->line;
    if (!input_place(r->in, r->offset, &out->input))
        return false;
    /* Compressed, there is a place only behind everything. */
    return out->input.raw == out->input.content ||
           (r->complete && r->splitter.chunk.len == 0 &&
            r->offset == r->splitter.offset);
}

static void jsonl_go_on(struct reader *reader, const struct reader_place *place)
{
    struct reader_jsonl *r = downcast(reader);
    r->splitter.layout = JSON_LINES;
    r->splitter.offset = r->offset = place->input.content;
    r->splitter.line = r->line = place->line;
    r->complete = true;
}

/* A record that the end of the file cuts may be the beginning of a longer one.
 */
static void note_place(struct reader_jsonl *r, const struct json_record *record)
{
    r->complete = record->extent == JSON_ENDED;
    r->offset = r->complete ? r->splitter.offset : record->offset;
    r->line = r->complete ? r->splitter.line : record->line;
}

static void jsonl_free(struct reader *reader)
{
    struct reader_jsonl *r = downcast(reader);
    json_splitter_done(&r->splitter);
    input_free(r->in);
    free(r);
}

/* `err` says already that the input failed, or that an array is not closed. */
static enum status reject_input(struct reader_jsonl *r, struct rejection *why)
{
    const char *fault = input_fault(r->in);
    why->reason = fault ? fault : "bad-json";
    return reader_reject(&r->base, why);
}

static enum status reject_verdict(struct reader_jsonl *r,
                                  const struct json_verdict *verdict,
                                  struct rejection *why, struct error *err)
{
    why->reason = verdict->reject_reason;
    if (strcmp(why->reason, "bad-json") == 0)
        return reader_reject_because(&r->base, why, err,
                                     "not valid JSON at byte %zu of it",
                                     verdict->error_at);
    if (strcmp(why->reason, "wrong-type") == 0)
        return reader_reject_because(&r->base, why, err,
                                     "'%s' is of a wrong type", verdict->field);
    const char *explanation =
        strcmp(why->reason, "not-an-object") == 0 ? "not a JSON object"
        : strcmp(why->reason, "no-body") == 0     ? "neither title nor body"
                                                  : "too many values";
    return reader_reject_because(&r->base, why, err, "%s", explanation);
}

static void warn(struct reader_jsonl *r, const struct json_verdict *verdict,
                 const struct origin *origin)
{
    struct text date = text_slice(verdict->bad_date, 0, SHOWN_OF_DATE);
    date.len = utf8_valid_length(date);
    if (verdict->repaired > 0)
        reader_warn(&r->base, origin,
                    "%zu bytes or characters that may not stand there replaced",
                    verdict->repaired);
    if (verdict->nul)
        reader_warn(&r->base, origin, "NUL characters replaced by blanks");
    if (verdict->field)
        reader_warn(&r->base, origin, "'%s' is of a wrong type, left out",
                    verdict->field);
    if (date.len > 0)
        reader_warn(&r->base, origin, "date '%.*s' %s, article kept undated",
                    TEXT_ARG(date),
                    verdict->date_in_future ? "is in the future"
                                            : "not understood");
}

/* A record that does not parse: perhaps only because the input ends in it. */
static enum status reject_record(struct reader_jsonl *r,
                                 const struct json_record *record,
                                 const struct json_verdict *verdict,
                                 struct rejection *why, struct error *err)
{
    if (record->extent == JSON_CUT) {
        struct json_record none;
        enum status status = json_splitter_next(&r->splitter, &none, err);
        if (status == STATUS_SOURCE)
            return reject_input(r, why);
        if (status != STATUS_END)
            return status;
    }
    return reject_verdict(r, verdict, why, err);
}

static struct origin origin_of(const struct reader_jsonl *r, uint64_t offset,
                               uint64_t line)
{
    return (struct origin){
        .path = text_from(input_path(r->in)), .offset = offset, .line = line};
}

static enum status jsonl_next(struct reader *reader, struct arena *arena,
                              struct article *out, struct error *err)
{
    struct reader_jsonl *r = downcast(reader);
    struct json_record record;
    r->splitter.limit = 2 * reader->limits.article;
    enum status status = json_splitter_next(&r->splitter, &record, err);
    if (status == STATUS_SOURCE)
        return reject_input(
            r, &(struct rejection){.origin = origin_of(r, r->splitter.offset,
                                                       r->splitter.line)});
    if (status == STATUS_END && r->complete) {
        r->offset = r->splitter.offset;
        r->line = r->splitter.line;
    }
    if (status != STATUS_OK)
        return status;
    note_place(r, &record);
    struct rejection why = {.origin = origin_of(r, record.offset, record.line),
                            .bytes = record.bytes};
    if (record.extent == JSON_TOO_LARGE) {
        why.reason = "too-large";
        return reader_reject_because(reader, &why, err, "larger than %zu bytes",
                                     r->splitter.limit);
    }
    struct article article = {.origin = why.origin};
    original_measure(&article.origin, record.bytes);
    struct json_verdict verdict =
        json_article_read(&article, record.bytes, reader->newest, arena);
    if (verdict.reject_reason)
        return reject_record(r, &record, &verdict, &why, err);
    status = reader_check_size(reader, &article, record.bytes, err);
    if (status != STATUS_OK)
        return status;
    warn(r, &verdict, &why.origin);
    article.origin.path = arena_text(arena, why.origin.path);
    *out = article;
    return STATUS_OK;
}

const struct reader_format reader_jsonl = {
    .name = "jsonl",
    .summary = "JSON Lines, or JSON objects in an array",
    .recognise = json_splitter_recognise,
    .open = jsonl_open,
    .next = jsonl_next,
    .free = jsonl_free,
    .find_place = jsonl_find_place,
    .go_on = jsonl_go_on,
};
