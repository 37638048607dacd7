/* Reads JSON Feed (https://www.jsonfeed.org/version/1.1/). */
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"
#include "common/original.h"
#include "indexer/cleaning.h"
#include "indexer/json_member.h"
#include "indexer/ninjs_item.h"
#include "indexer/reader.h"
#include "indexer/whole_source.h"

extern const struct reader_format reader_json_feed;

struct reader_json_feed {
    struct reader base;
    struct whole_source source;
    struct text document; /* empty until it is read */
    struct json_cursor items;
    bool done;
};

static int json_feed_recognise(struct text head)
{
    head = text_trim(head);
    return text_starts_with(head, (struct text)TEXT("{")) &&
                   text_contains(head, "jsonfeed.org/version")
               ? 3
               : 0;
}

static enum status json_feed_open(struct reader **out, struct input *in,
                                  struct error *err)
{
    (void)err;
    struct reader_json_feed *r = mem_zeroed(1, sizeof *r);
    whole_source_init(&r->source, in);
    *out = &r->base;
    return STATUS_OK;
}

static void json_feed_free(struct reader *reader)
{
    struct reader_json_feed *r = (struct reader_json_feed *)reader;
    whole_source_done(&r->source);
    free(r);
}

/* Checks all of it once, so that its parts need not be. */
static enum status read_document(struct reader_json_feed *r, struct error *err)
{
    struct json_cursor c;
    enum status status =
        whole_source_read(&r->source, &r->base, r->base.limits.article, err);
    if (status != STATUS_OK)
        return status;
    r->document = text_trim(strbuf_text(&r->source.decoded));
    json_cursor_start(&c, r->document);
    (void)json_cursor_enter(&c);
    if (!json_cursor_end(&c) || c.kind != JSON_IS_OBJECT)
        return reader_reject_because(
            &r->base,
            &(struct rejection){"bad-json", whole_source_origin(&r->source),
                                strbuf_text(&r->source.raw)},
            err, "not valid JSON at byte %zu", c.at);
    r->items = json_member_items(r->document, "items");
    return STATUS_OK;
}

/* What is decoded is what was read. */
static bool is_verbatim(const struct whole_source *s)
{
    return text_equal(strbuf_text(&s->raw), strbuf_text(&s->decoded));
}

static enum status json_feed_next(struct reader *reader, struct arena *arena,
                                  struct article *out, struct error *err)
{
    struct reader_json_feed *r = (struct reader_json_feed *)reader;
    struct json_value key, item;
    bool nul = false;
    if (r->done)
        return STATUS_END;
    if (r->document.len == 0) {
        enum status status = read_document(r, err);
        r->done = status != STATUS_OK;
        if (r->done)
            return status;
    }
    r->done = !json_cursor_next(&r->items, &key, &item);
    if (r->done)
        return STATUS_END;
    struct rejection why = {.origin = whole_source_origin(&r->source),
                            .bytes = item.bytes};
    if (is_verbatim(&r->source)) {
        why.origin.offset = (uint64_t)(item.bytes.ptr - r->source.decoded.ptr);
        original_measure(&why.origin, item.bytes);
    }
    struct article article = {.origin = why.origin,
                              .published = TIMESTAMP_UNKNOWN};
    why.reason =
        item.kind == JSON_IS_OBJECT
            ? ninjs_item_read(&article, item.bytes, reader->newest, arena)
            : "not-an-object";
    if (why.reason)
        return reader_withdraw(reader, article.id, &why, err);
    if (article.source.len == 0)
        article.source =
            cleaning_copy(json_member_text(r->document, "title", arena),
                          CLEANING_LINE, arena, &nul);
    if (article.language.len == 0)
        article.language =
            cleaning_copy(json_member_text(r->document, "language", arena),
                          CLEANING_LINE, arena, &nul);
    article.origin.path = arena_text(arena, why.origin.path);
    *out = article;
    return reader_check_size(reader, &article, item.bytes, err);
}

const struct reader_format reader_json_feed = {
    .name = "json_feed",
    .summary = "JSON Feed",
    .recognise = json_feed_recognise,
    .open = json_feed_open,
    .next = json_feed_next,
    .free = json_feed_free,
};
