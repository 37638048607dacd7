#include "common/json_cursor.h"

#include <stdint.h>
#include <string.h>

#include "common/json_escape.h"
#include "common/json_plain.h"
#include "common/utf8.h"

/* --- characters ----------------------------------------------------------- */

static bool is_at(const struct json_cursor *c, char byte)
{
    return c->at < c->json.len && c->json.ptr[c->at] == byte;
}

static bool take(struct json_cursor *c, char byte)
{
    if (!is_at(c, byte))
        return false;
    c->at++;
    return true;
}

static void skip_white(struct json_cursor *c)
{
    while (is_at(c, ' ') || is_at(c, '\n') || is_at(c, '\r') || is_at(c, '\t'))
        c->at++;
}

/* --- strings -------------------------------------------------------------- */

/* At a backslash. */
static bool skip_escape(struct json_cursor *c)
{
    struct text t = c->json;
    char kind = c->at + 1 < t.len ? t.ptr[c->at + 1] : '\0';
    if (kind != 'u') {
        bool known = kind == 'n' || kind == '"' ||
                     (kind != '\0' && strchr("\\/bfrt", kind));
        c->at += known ? 2 : 0;
        return known;
    }
    int32_t unit = json_escape_unit(t, c->at + 2);
    if (unit == JSON_ESCAPE_NONE || json_escape_is_low(unit))
        return false;
    size_t behind = c->at + 2 + JSON_ESCAPE_DIGITS;
    if (json_escape_is_high(unit)) {
        bool pair = t.len - behind >= 2 && t.ptr[behind] == '\\' &&
                    t.ptr[behind + 1] == 'u' &&
                    json_escape_is_low(json_escape_unit(t, behind + 2));
        if (!pair)
            return false;
        behind += 2 + JSON_ESCAPE_DIGITS;
    }
    c->at = behind;
    return true;
}

/* At its opening quote. */
static bool read_string(struct json_cursor *c, struct json_value *out)
{
    size_t from = ++c->at;
    *out = (struct json_value){.kind = JSON_IS_STRING};
    for (;;) {
        c->at += json_plain_length(c->json, c->at);
        if (c->at == c->json.len)
            return false;
        unsigned char byte = (unsigned char)c->json.ptr[c->at];
        if (byte == '"') {
            out->bytes = text_slice(c->json, from, c->at - from);
            c->at++;
            return true;
        }
        if (byte == '\\') {
            out->escaped = true;
            if (!skip_escape(c))
                return false;
            continue;
        }
        size_t len =
            byte < 0x20
                ? 0
                : utf8_character(text_slice(c->json, c->at, c->json.len));
        if (len == 0)
            return false;
        c->at += len;
    }
}

void json_unescape(struct text bytes, struct strbuf *out)
{
    const char *backslash;
    while (bytes.len > 0 &&
           (backslash = memchr(bytes.ptr, '\\', bytes.len)) != NULL) {
        size_t plain = (size_t)(backslash - bytes.ptr);
        strbuf_append(out, text_slice(bytes, 0, plain));
        bytes = text_slice(bytes, plain + 2, bytes.len);
        char kind = backslash[1];
        if (kind != 'u') {
            static const char meant[128] = {['b'] = '\b',
                                            ['f'] = '\f',
                                            ['n'] = '\n',
                                            ['r'] = '\r',
                                            ['t'] = '\t'};
            char known = meant[kind & 0x7f];
            strbuf_append_char(out, known ? known : kind);
            continue;
        }
        uint32_t code = (uint32_t)json_escape_unit(bytes, 0);
        bytes = text_slice(bytes, JSON_ESCAPE_DIGITS, bytes.len);
        if (json_escape_is_high((int32_t)code)) {
            uint32_t low = (uint32_t)json_escape_unit(bytes, 2);
            code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
            bytes = text_slice(bytes, 2 + JSON_ESCAPE_DIGITS, bytes.len);
        }
        utf8_append(out, code);
    }
    strbuf_append(out, bytes);
}

/* --- other values --------------------------------------------------------- */

static bool skip_digits(struct json_cursor *c)
{
    size_t from = c->at;
    while (c->at < c->json.len && c->json.ptr[c->at] >= '0' &&
           c->json.ptr[c->at] <= '9')
        c->at++;
    return c->at > from;
}

static bool skip_number(struct json_cursor *c)
{
    take(c, '-');
    if (!take(c, '0') && !skip_digits(c))
        return false;
    if (take(c, '.') && !skip_digits(c))
        return false;
    if (take(c, 'e') || take(c, 'E')) {
        if (!take(c, '+'))
            take(c, '-');
        return skip_digits(c);
    }
    return true;
}

static bool skip_word(struct json_cursor *c, const char *word)
{
    while (*word != '\0' && take(c, *word))
        word++;
    return *word == '\0';
}

static bool read_value(struct json_cursor *c, unsigned depth,
                       struct json_value *out);

/* Behind the opening bracket or the member before. A member's value is read;
 * false at the closing bracket, which is stepped over, and at a fault. */
static bool read_member(struct json_cursor *c, enum json_kind kind, bool first,
                        unsigned depth, struct json_value member[2])
{
    char close = kind == JSON_IS_OBJECT ? '}' : ']';
    skip_white(c);
    c->failed = !take(c, close);
    if (!c->failed)
        return false;
    if (!first && !take(c, ','))
        return false;
    skip_white(c);
    member[0] = (struct json_value){.kind = JSON_IS_ABSENT};
    if (kind == JSON_IS_OBJECT) {
        if (!is_at(c, '"') || !read_string(c, &member[0]))
            return false;
        skip_white(c);
        if (!take(c, ':'))
            return false;
        skip_white(c);
    }
    c->failed = !read_value(c, depth, &member[1]);
    return !c->failed;
}

static bool read_value(struct json_cursor *c, unsigned depth,
                       struct json_value *out)
{
    size_t from = c->at;
    char byte = from < c->json.len ? c->json.ptr[from] : '\0';
    bool good = false;
    if (byte == '"')
        return read_string(c, out);
    *out = (struct json_value){.kind = JSON_IS_ABSENT};
    if (byte == '{' || byte == '[') {
        out->kind = byte == '{' ? JSON_IS_OBJECT : JSON_IS_ARRAY;
        if (depth == JSON_DEPTH_MAX)
            return false;
        struct json_value member[2];
        c->at++;
        for (bool first = true;
             read_member(c, out->kind, first, depth + 1, member);)
            first = false;
        good = !c->failed;
    } else if (byte == 't' || byte == 'f') {
        out->kind = JSON_IS_BOOLEAN;
        good = skip_word(c, byte == 't' ? "true" : "false");
    } else if (byte == 'n') {
        out->kind = JSON_IS_NULL;
        good = skip_word(c, "null");
    } else {
        out->kind = JSON_IS_NUMBER;
        good = skip_number(c);
    }
    out->bytes = text_slice(c->json, from, c->at - from);
    return good;
}

/* --- the cursor ----------------------------------------------------------- */

void json_cursor_start(struct json_cursor *c, struct text json)
{
    *c = (struct json_cursor){.json = json, .first = true};
    skip_white(c);
}

bool json_cursor_enter(struct json_cursor *c)
{
    c->kind = is_at(c, '{')   ? JSON_IS_OBJECT
              : is_at(c, '[') ? JSON_IS_ARRAY
                              : JSON_IS_ABSENT;
    if (c->kind == JSON_IS_ABSENT)
        return false;
    c->at++;
    c->entered = true;
    return true;
}

bool json_cursor_next(struct json_cursor *c, struct json_value *key,
                      struct json_value *value)
{
    struct json_value member[2];
    if (!c->entered || c->failed)
        return false;
    c->entered = read_member(c, c->kind, c->first, 1, member);
    c->first = false;
    if (!c->entered)
        return false;
    *key = member[0];
    *value = member[1];
    return true;
}

bool json_cursor_end(struct json_cursor *c)
{
    struct json_value key, value;
    if (c->kind == JSON_IS_ABSENT)
        c->failed = !read_value(c, 0, &value);
    while (json_cursor_next(c, &key, &value))
        continue;
    if (c->failed)
        return false;
    skip_white(c);
    return c->at == c->json.len;
}

struct json_value json_cursor_member(struct text object, const char *name)
{
    struct json_cursor c;
    struct json_value key, value;
    json_cursor_start(&c, object);
    if (json_cursor_enter(&c))
        while (json_cursor_next(&c, &key, &value))
            if (key.kind == JSON_IS_STRING && text_is(key.bytes, name))
                return value;
    return (struct json_value){.kind = JSON_IS_ABSENT};
}
