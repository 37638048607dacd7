/* The inverse of record_write(), and of nothing else: members come in its
 * order, without blanks between them. What differs is damage. Several times
 * as fast as a JSON parser that builds a tree. */
#include "common/record.h"

#include <string.h>

#include "common/codepoint.h"
#include "common/dating.h"
#include "common/json_plain.h"
#include "common/scan.h"

struct source {
    struct text rest;
    char *free;   /* where the next decoded text goes: all of them together
                     take less room than the record */
    bool damaged; /* `rest` begins at the fault; nothing more is read */
    bool started; /* a member was read */
};

static bool fail(struct source *s)
{
    s->damaged = true;
    return false;
}

static void skip(struct source *s, size_t bytes)
{
    s->rest = text_slice(s->rest, bytes, s->rest.len);
}

static void put(struct source *s, const char *bytes, size_t len)
{
    memcpy(s->free, bytes, len);
    s->free += len;
}

/* Bytes that stand for themselves, up to a quote, an escape or a fault. */
static size_t plain_length(struct text t)
{
    for (size_t at = json_plain_length(t, 0); at < t.len;
         at += json_plain_length(t, at)) {
        unsigned char byte = (unsigned char)t.ptr[at];
        struct codepoint c = codepoint_first(text_slice(t, at, 4));
        if (!c.valid || byte < ' ' || byte == '"' || byte == '\\')
            return at;
        at += c.length;
    }
    return t.len;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The four digits of \uXXXX. A NUL and halves of pairs are never written. */
static bool read_unicode(struct source *s)
{
    unsigned value = 0;
    if (s->rest.len < 4)
        return fail(s);
    for (size_t i = 0; i < 4; i++) {
        int digit = hex_digit(s->rest.ptr[i]);
        if (digit < 0)
            return fail(s);
        value = value << 4 | (unsigned)digit;
    }
    if (value == 0 || (value >= 0xd800 && value < 0xe000))
        return fail(s);
    char bytes[4];
    size_t len = codepoint_write((int32_t)value, bytes);
    put(s, bytes, len);
    skip(s, 4);
    return true;
}

static bool read_escape(struct source *s)
{
    static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    skip(s, 1);
    if (s->rest.len == 0)
        return fail(s);
    char letter = s->rest.ptr[0];
    const char *found = letter ? strchr(letters, letter) : NULL;
    if (!found && letter != 'u')
        return fail(s);
    skip(s, 1);
    if (!found)
        return read_unicode(s);
    put(s, &meanings[found - letters], 1);
    return true;
}

static bool read_string(struct source *s, struct text *out)
{
    if (!scan_literal(&s->rest, "\""))
        return fail(s);
    char *start = s->free;
    for (;;) {
        size_t plain = plain_length(s->rest);
        put(s, s->rest.ptr, plain);
        skip(s, plain);
        if (scan_literal(&s->rest, "\""))
            break;
        if (s->rest.len == 0 || s->rest.ptr[0] != '\\')
            return fail(s);
        if (!read_escape(s))
            return false;
    }
    *out = text_make(start, (size_t)(s->free - start));
    *s->free++ = '\0';
    return true;
}

/* False if the next member is another one. */
static bool read_key(struct source *s, const char *key)
{
    struct text at = s->rest;
    if (s->damaged || (s->started && !scan_literal(&at, ",")) ||
        !scan_literal(&at, "\"") || !scan_literal(&at, key) ||
        !scan_literal(&at, "\":"))
        return false;
    s->rest = at;
    s->started = true;
    return true;
}

static void read_text(struct source *s, const char *key, struct text *out)
{
    if (read_key(s, key))
        (void)read_string(s, out);
}

static size_t read_list(struct source *s, const char *key,
                        const struct text **out, struct arena *arena)
{
    if (!read_key(s, key))
        return 0;
    if (!scan_literal(&s->rest, "[")) {
        fail(s);
        return 0;
    }
    size_t count = 0, capacity = 0;
    struct text *list = NULL;
    do {
        if (count == capacity) {
            capacity = capacity ? capacity * 2 : 8;
            struct text *larger = arena_zeroed(arena, capacity, sizeof *list);
            if (count > 0)
                memcpy(larger, list, count * sizeof *list);
            list = larger;
        }
        if (!read_string(s, &list[count++]))
            return 0;
    } while (scan_literal(&s->rest, ","));
    if (!scan_literal(&s->rest, "]"))
        fail(s);
    *out = list;
    return count;
}

static void read_number(struct source *s, const char *key, uint64_t *out)
{
    if (read_key(s, key) && !scan_number(&s->rest, INT64_MAX, out))
        fail(s);
}

/* False if there is none. */
static bool read_date(struct source *s, const char *key, timestamp *out,
                      bool *zoned)
{
    struct text date = {NULL, 0};
    struct source before = *s;
    read_text(s, key, &date);
    if (!date.ptr)
        return false;
    if (timestamp_parse_zoned(date, out, zoned))
        return true;
    *s = before;
    return fail(s);
}

static void read_dating(struct source *s, enum dating *out)
{
    struct text name = {NULL, 0};
    struct source before = *s;
    read_text(s, "dating", &name);
    enum dating dating = name.ptr ? dating_by_name(name) : DATING_EXPLICIT;
    if (dating == DATING_COUNT) {
        *s = before;
        fail(s);
    } else {
        *out = dating;
    }
}

static void read_time(struct source *s, struct article *out)
{
    bool zoned = true, seen_zoned;
    bool dated = read_date(s, "date", &out->published, &zoned);
    read_dating(s, &out->dating);
    bool seen = read_date(s, "seen", &out->seen, &seen_zoned);
    bool publication = dating_is_publication(out->dating);
    out->zone_unknown = !zoned;
    if (dated ? seen || !publication
              : seen == publication || (!seen && out->dating > 0))
        fail(s);
}

static void read_origin(struct source *s, struct origin *out)
{
    struct text digest = {NULL, 0};
    read_text(s, "path", &out->path);
    read_text(s, "member", &out->member);
    read_number(s, "offset", &out->offset);
    read_number(s, "length", &out->length);
    read_text(s, "digest", &digest);
    for (size_t i = 0; i < digest.len; i++) {
        int digit = hex_digit(digest.ptr[i]);
        if (digit < 0 || digest.len != 6)
            fail(s);
        out->digest = out->digest << 4 | (uint32_t)digit;
    }
}

static struct article read_members(struct source *s, struct arena *arena)
{
    struct article a = {.published = TIMESTAMP_UNKNOWN};
    read_text(s, "id", &a.id);
    read_text(s, "title", &a.title);
    read_text(s, "url", &a.url);
    read_time(s, &a);
    read_text(s, "source", &a.source);
    read_text(s, "section", &a.section);
    read_text(s, "lang", &a.language);
    a.author_count = read_list(s, "authors", &a.authors, arena);
    a.tag_count = read_list(s, "tags", &a.tags, arena);
    read_origin(s, &a.origin);
    read_text(s, "body", &a.body);
    return a;
}

enum status record_read(struct article *out, struct text record,
                        struct arena *arena, struct error *err)
{
    struct source s = {.rest = record,
                       .free = arena_alloc(arena, record.len + 1)};
    struct article article = {.published = TIMESTAMP_UNKNOWN};
    if (scan_literal(&s.rest, "{"))
        article = read_members(&s, arena);
    else
        fail(&s);
    bool whole = !s.damaged && scan_literal(&s.rest, "}");
    if (whole)
        s.rest = text_trim(s.rest); /* the engine may have padded it */
    if (!whole || s.rest.len > 0)
        return error_set_at(err, STATUS_CORRUPT, record.len - s.rest.len,
                            "record is damaged at byte %zu",
                            record.len - s.rest.len);
    *out = article;
    return STATUS_OK;
}
