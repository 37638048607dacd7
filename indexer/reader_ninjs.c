/* Reads IPTC's ninjs (1.x, 2 and 3, https://iptc.org/std/ninjs/): an item a
 * file, or items in a list, in a row, or a line each. */
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"
#include "common/original.h"
#include "common/utf8.h"
#include "indexer/charset.h"
#include "indexer/json_member.h"
#include "indexer/json_splitter.h"
#include "indexer/ninjs_item.h"
#include "indexer/reader.h"

extern const struct reader_format reader_ninjs;

struct reader_ninjs {
    struct reader base;
    struct input *in;
    struct json_splitter splitter;
    struct strbuf decoded; /* an item that is not UTF-8 */
};

/* Of the first object, so much as is there. */
static struct text first_object(struct text head)
{
    struct json_cursor c;
    struct json_value key, value;
    const char *start = memchr(head.ptr, '{', head.len);
    if (!start)
        return text_make(NULL, 0);
    head = text_make(start, (size_t)(head.ptr + head.len - start));
    json_cursor_start(&c, head);
    json_cursor_enter(&c);
    while (json_cursor_next(&c, &key, &value))
        ;
    return text_slice(head, 0, c.at);
}

/* By members that only this format has; no more than a name is required of it.
 */
static int ninjs_recognise(struct text head)
{
    static const char *const marks[] = {
        "\"versioncreated\"", "\"versionCreated\"", "\"bodies\"",
        "\"headlines\"",      "\"pubstatus\"",      "\"pubStatus\""};
    if (json_splitter_recognise(head) == 0)
        return 0;
    const struct text first = first_object(head);
    if (!text_contains(first, "\"uri\"") && !text_contains(first, "\"guid\""))
        return 0;
    if (text_contains(first, "\"headline\"") && text_contains(first, "\"body_"))
        return 2;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (text_contains(first, marks[i]))
            return 2;
    return 0;
}

static enum status ninjs_open(struct reader **out, struct input *in,
                              struct error *err)
{
    (void)err;
    struct reader_ninjs *r = mem_zeroed(1, sizeof *r);
    r->in = in;
    json_splitter_init(&r->splitter, in, 2 * (size_t)READER_ARTICLE_MAX);
    *out = &r->base;
    return STATUS_OK;
}

static void ninjs_free(struct reader *reader)
{
    struct reader_ninjs *r = (struct reader_ninjs *)reader;
    json_splitter_done(&r->splitter);
    strbuf_done(&r->decoded);
    input_free(r->in);
    free(r);
}

static struct text decode(struct reader_ninjs *r, struct text raw)
{
    if (utf8_valid_length(raw) == raw.len)
        return raw;
    strbuf_reset(&r->decoded);
    r->decoded.max = 3 * raw.len + 3;
    charset_decode(raw, charset_guess(raw), &r->decoded);
    return strbuf_text(&r->decoded);
}

/* Checks all of an item once, so that its parts need not be. */
static bool is_object(struct text item, size_t *error_at)
{
    struct json_cursor c;
    json_cursor_start(&c, item);
    (void)json_cursor_enter(&c);
    const bool valid = json_cursor_end(&c) && c.kind == JSON_IS_OBJECT;
    *error_at = c.at;
    return valid;
}

static enum status next_record(struct reader_ninjs *r, struct json_record *out,
                               struct rejection *why, struct error *err)
{
    r->splitter.limit = 2 * r->base.limits.article;
    enum status status = json_splitter_next(&r->splitter, out, err);
    why->origin.path = text_from(input_path(r->in));
    if (status == STATUS_SOURCE) {
        why->origin.offset = r->splitter.offset;
        why->origin.line = r->splitter.line;
        const char *fault = input_fault(r->in);
        why->reason = fault ? fault : "bad-json";
        return reader_reject(&r->base, why);
    }
    if (status != STATUS_OK)
        return status;
    why->origin.offset = out->offset;
    why->origin.line = out->line;
    why->bytes = out->bytes;
    if (out->extent != JSON_TOO_LARGE)
        return STATUS_OK;
    why->reason = "too-large";
    return reader_reject_because(&r->base, why, err, "larger than %zu bytes",
                                 r->splitter.limit);
}

static enum status ninjs_next(struct reader *reader, struct arena *arena,
                              struct article *out, struct error *err)
{
    struct reader_ninjs *r = (struct reader_ninjs *)reader;
    struct rejection why = {.reason = NULL};
    struct json_record record;
    enum status status = next_record(r, &record, &why, err);
    if (status != STATUS_OK)
        return status;
    original_measure(&why.origin, record.bytes);
    const struct text item = decode(r, record.bytes);
    size_t error_at;
    if (!is_object(item, &error_at)) {
        why.reason = "bad-json";
        return reader_reject_because(
            reader, &why, err, "not valid JSON at byte %zu of it", error_at);
    }
    struct article article = {.origin = why.origin,
                              .published = TIMESTAMP_UNKNOWN};
    why.reason = ninjs_item_read(&article, item, reader->newest, arena);
    if (why.reason)
        return reader_withdraw(reader, article.id, &why, err);
    article.origin.path = arena_text(arena, why.origin.path);
    *out = article;
    return reader_check_size(reader, &article, record.bytes, err);
}

const struct reader_format reader_ninjs = {
    .name = "ninjs",
    .summary = "IPTC's ninjs: news agency articles",
    .recognise = ninjs_recognise,
    .open = ninjs_open,
    .next = ninjs_next,
    .free = ninjs_free,
};
