#include "common/json_writer.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "common/codepoint.h"
#include "common/json_plain.h"

enum { NUMBER_SIZE = 20 }; /* sign and digits of an int64_t */

void json_writer_init(struct json_writer *w, struct strbuf *out)
{
    *w = (struct json_writer){.out = out};
}

static void separate(struct json_writer *w)
{
    if (w->after_key) {
        w->after_key = false;
        return;
    }
    if (w->has_member[w->depth])
        strbuf_append_char(w->out, ',');
    w->has_member[w->depth] = true;
}

static void open(struct json_writer *w, char bracket)
{
    separate(w);
    strbuf_append_char(w->out, bracket);
    assert(w->depth + 1 < JSON_WRITER_DEPTH);
    w->has_member[++w->depth] = false;
}

/* Back at the outside, the next value begins a text of its own. */
static void end(struct json_writer *w, char bracket)
{
    assert(w->depth > 0 && !w->after_key);
    strbuf_append_char(w->out, bracket);
    if (--w->depth == 0)
        w->has_member[0] = false;
}

void json_writer_object(struct json_writer *w)
{
    open(w, '{');
}

void json_writer_end_object(struct json_writer *w)
{
    end(w, '}');
}

void json_writer_array(struct json_writer *w)
{
    open(w, '[');
}

void json_writer_end_array(struct json_writer *w)
{
    end(w, ']');
}

static void escape(struct strbuf *out, int32_t c)
{
    static const char short_forms[] = {
        ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f',
        ['\r'] = 'r', ['"'] = '"',  ['\\'] = '\\'};
    if (c <= '\\' && short_forms[c]) {
        const char both[] = {'\\', short_forms[c]};
        strbuf_append(out, text_make(both, sizeof both));
    } else {
        strbuf_append_format(out, "\\u%04x", (unsigned)c);
    }
}

/* Bytes at the start of `t` that stand for themselves in a JSON string. */
static size_t plain_length(struct text t)
{
    for (size_t at = json_plain_length(t, 0); at < t.len;
         at += json_plain_length(t, at)) {
        struct codepoint c = codepoint_first(text_slice(t, at, 4));
        if ((unsigned char)t.ptr[at] < 0x80 || !c.valid ||
            !codepoint_is_safe(c.value))
            return at;
        at += c.length;
    }
    return t.len;
}

/* In one piece. */
static void quoted_plain(struct strbuf *out, struct text value)
{
    char *room = strbuf_reserve(out, value.len + 2);
    if (!room)
        return;
    room[0] = '"';
    if (value.len > 0)
        memcpy(room + 1, value.ptr, value.len);
    room[value.len + 1] = '"';
    room[value.len + 2] = '\0';
    out->len += value.len + 2;
}

static void quoted(struct strbuf *out, struct text value)
{
    size_t plain = plain_length(value);
    if (plain == value.len) {
        quoted_plain(out, value);
        return;
    }
    strbuf_append_char(out, '"');
    for (;; plain = plain_length(value)) {
        strbuf_append(out, text_slice(value, 0, plain));
        value = text_slice(value, plain, value.len);
        if (value.len == 0)
            break;
        if ((unsigned char)value.ptr[0] < 0x80) {
            escape(out, value.ptr[0]);
            value = text_slice(value, 1, value.len);
            continue;
        }
        struct codepoint c = codepoint_first(value);
        if (c.valid)
            escape(out, c.value);
        else
            strbuf_append_string(out, "\xef\xbf\xbd");
        value = text_slice(value, c.length, value.len);
    }
    strbuf_append_char(out, '"');
}

/* In one piece, if it stands for itself. */
static bool key_plain(struct json_writer *w, struct text key)
{
    if (json_plain_length(key, 0) < key.len)
        return false;
    char *room = strbuf_reserve(w->out, key.len + 4);
    if (!room)
        return true;
    const char *const start = room;
    if (w->has_member[w->depth])
        *room++ = ',';
    *room++ = '"';
    memcpy(room, key.ptr, key.len);
    room += key.len;
    *room++ = '"';
    *room++ = ':';
    *room = '\0';
    w->out->len += (size_t)(room - start);
    return true;
}

void json_writer_key(struct json_writer *w, const char *key)
{
    assert(w->depth > 0 && !w->after_key);
    if (!key_plain(w, text_from(key))) {
        separate(w);
        quoted(w->out, text_from(key));
        strbuf_append_char(w->out, ':');
    }
    w->has_member[w->depth] = true;
    w->after_key = true;
}

void json_writer_text(struct json_writer *w, struct text value)
{
    separate(w);
    quoted(w->out, value);
}

void json_writer_string(struct json_writer *w, const char *value)
{
    json_writer_text(w, text_from(value));
}

void json_writer_number(struct json_writer *w, int64_t value)
{
    char digits[NUMBER_SIZE];
    size_t at = sizeof digits;
    uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
    do
        digits[--at] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (value < 0)
        digits[--at] = '-';
    separate(w);
    strbuf_append(w->out, text_make(digits + at, sizeof digits - at));
}

void json_writer_double(struct json_writer *w, double value, int decimals)
{
    if (!isfinite(value)) {
        json_writer_null(w);
        return;
    }
    separate(w);
    strbuf_append_decimal(w->out, value, decimals);
}

void json_writer_bool(struct json_writer *w, bool value)
{
    separate(w);
    strbuf_append_string(w->out, value ? "true" : "false");
}

void json_writer_json(struct json_writer *w, struct text value)
{
    separate(w);
    strbuf_append(w->out, value);
}

void json_writer_null(struct json_writer *w)
{
    separate(w);
    strbuf_append_string(w->out, "null");
}

void json_writer_known_text(struct json_writer *w, const char *key,
                            struct text value)
{
    if (value.len == 0)
        return;
    json_writer_key(w, key);
    json_writer_text(w, value);
}

void json_writer_known_texts(struct json_writer *w, const char *key,
                             const struct text *values, size_t count)
{
    if (count == 0)
        return;
    json_writer_key(w, key);
    json_writer_array(w);
    for (size_t i = 0; i < count; i++)
        json_writer_text(w, values[i]);
    json_writer_end_array(w);
}
