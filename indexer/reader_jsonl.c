/* Reads JSON Lines, and JSON objects in a row or in an array. */
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"
#include "common/original.h"
#include "common/utf8.h"
#include "indexer/json_article.h"
#include "indexer/json_items.h"
#include "indexer/json_member.h"
#include "indexer/json_repair.h"
#include "indexer/json_splitter.h"
#include "indexer/reader.h"

extern const struct reader_format reader_jsonl;

enum { SHOWN_OF_DATE = 60, ID_MAX = 1024 };

struct reader_jsonl {
    struct reader base;
    struct input *in;
    struct json_splitter splitter;
    uint64_t offset, line; /* after the last record that is complete */
    bool complete;         /* the last record is */

    /* Of a record that holds several articles. */
    bool in_items;
    struct json_items items;
    struct origin envelope; /* the record's */
    struct strbuf mended;   /* the record, if it was not valid */

    struct strbuf action_id; /* what the line before calls the next one */
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
    strbuf_init(&r->action_id, ID_MAX);
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
    strbuf_done(&r->mended);
    strbuf_done(&r->action_id);
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
    if (verdict->repairs.replaced > 0)
        reader_warn(&r->base, origin,
                    "%zu bytes or characters that may not stand there replaced",
                    verdict->repairs.replaced);
    if (verdict->repairs.decoded)
        reader_warn(&r->base, origin, "not valid UTF-8, read as Windows-1252");
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

/* --- what is between articles, or around them -------------------------------
 */

/* Whether the record says something of the next one. */
static bool take_action(struct reader_jsonl *r, struct text json,
                        struct arena *arena)
{
    struct json_value id;
    if (!json_items_is_action(json, &id))
        return false;
    strbuf_append(&r->action_id,
                  id.kind == JSON_IS_NUMBER ? id.bytes : json_text(&id, arena));
    return true;
}

/* Whether the record holds articles, which are next. */
static bool take_items(struct reader_jsonl *r, const struct json_record *record,
                       const struct json_verdict *verdict, struct arena *arena)
{
    struct text json = record->bytes;
    struct text list = verdict->list;
    r->envelope = origin_of(r, record->offset, record->line);
    if (verdict->mended) {
        struct article ignored = {.published = TIMESTAMP_UNKNOWN};
        struct json_repairs repairs;
        strbuf_reset(&r->mended);
        r->mended.max = 3 * json.len;
        (void)json_repair(json, &r->mended, &repairs);
        original_measure(&r->envelope, json);
        json = strbuf_text(&r->mended);
        list = json_article_read(&ignored, json, r->base.newest, arena).list;
    }
    r->in_items = json_items_start(&r->items, json, list);
    return r->in_items;
}

/* An article of the record, with a place of its own unless that had to be
 * mended. */
static bool next_item(struct reader_jsonl *r, struct text *item,
                      struct origin *origin)
{
    r->in_items = r->in_items && json_items_next(&r->items, item);
    if (!r->in_items)
        return false;
    *origin = r->envelope;
    if (origin->length == 0) {
        origin->offset += r->items.offset;
        origin->line += r->items.lines;
        original_measure(origin, *item);
    }
    return true;
}

static void name_article(struct reader_jsonl *r, struct article *a,
                         struct arena *arena)
{
    struct text id = strbuf_text(&r->action_id);
    if (r->in_items)
        id = r->items.id;
    if (a->id.len == 0 && id.len > 0 && utf8_is_valid(id))
        a->id = arena_text(arena, id);
    strbuf_reset(&r->action_id);
}

/* --- articles ---------------------------------------------------------------
 */

static enum status give(struct reader_jsonl *r, struct article *article,
                        struct arena *arena, const struct rejection *why,
                        struct error *err)
{
    enum status status = reader_check_size(&r->base, article, why->bytes, err);
    if (status != STATUS_OK)
        return status;
    name_article(r, article, arena);
    article->origin.path = arena_text(arena, why->origin.path);
    return STATUS_OK;
}

static enum status read_item(struct reader_jsonl *r, struct text item,
                             struct rejection *why, struct arena *arena,
                             struct article *out, struct error *err)
{
    struct article article = {.origin = why->origin};
    why->bytes = item;
    struct json_verdict verdict =
        json_article_read(&article, item, r->base.newest, arena);
    if (verdict.reject_reason)
        return reject_verdict(r, &verdict, why, err);
    warn(r, &verdict, &why->origin);
    enum status status = give(r, &article, arena, why, err);
    if (status == STATUS_OK)
        *out = article;
    return status;
}

static enum status next_record(struct reader_jsonl *r, struct json_record *out,
                               struct rejection *why, struct error *err)
{
    r->splitter.limit = 2 * r->base.limits.article;
    enum status status = json_splitter_next(&r->splitter, out, err);
    if (status == STATUS_SOURCE) {
        why->origin = origin_of(r, r->splitter.offset, r->splitter.line);
        return reject_input(r, why);
    }
    /* A line that names the next is read again with it. */
    if (status == STATUS_END && r->complete && r->action_id.len == 0) {
        r->offset = r->splitter.offset;
        r->line = r->splitter.line;
    }
    if (status != STATUS_OK)
        return status;
    why->origin = origin_of(r, out->offset, out->line);
    why->bytes = out->bytes;
    if (out->extent != JSON_TOO_LARGE)
        return STATUS_OK;
    note_place(r, out);
    why->reason = "too-large";
    return reader_reject_because(&r->base, why, err, "larger than %zu bytes",
                                 r->splitter.limit);
}

/* Whether the record is no article, but not for nothing. */
static bool is_around(struct reader_jsonl *r, const struct json_record *record,
                      const struct json_verdict *verdict, struct arena *arena)
{
    const char *reason = verdict->reject_reason;
    if (reason && strcmp(reason, "no-body") == 0 &&
        take_action(r, record->bytes, arena))
        return true;
    note_place(r, record);
    return reason && strcmp(reason, "no-body") == 0 &&
           take_items(r, record, verdict, arena);
}

static enum status jsonl_next(struct reader *reader, struct arena *arena,
                              struct article *out, struct error *err)
{
    struct reader_jsonl *r = downcast(reader);
    struct rejection why = {.reason = NULL};
    struct json_record record;
    struct json_verdict verdict;
    struct article article;
    do {
        struct text item;
        if (next_item(r, &item, &why.origin))
            return read_item(r, item, &why, arena, out, err);
        enum status status = next_record(r, &record, &why, err);
        if (status != STATUS_OK)
            return status;
        article = (struct article){.origin = why.origin};
        original_measure(&article.origin, record.bytes);
        verdict =
            json_article_read(&article, record.bytes, reader->newest, arena);
    } while (is_around(r, &record, &verdict, arena));
    if (verdict.reject_reason)
        return reject_record(r, &record, &verdict, &why, err);
    warn(r, &verdict, &why.origin);
    enum status status = give(r, &article, arena, &why, err);
    if (status == STATUS_OK)
        *out = article;
    return status;
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
