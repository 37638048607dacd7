#include "indexer/json_member.h"

#include "common/strbuf.h"

enum { STRING_MAX = 128 << 20 };

bool json_member(struct text object, const char *name, struct json_value *out)
{
    struct json_cursor c;
    struct json_value key, value;
    json_cursor_start(&c, object);
    if (!json_cursor_enter(&c) || c.kind != JSON_IS_OBJECT)
        return false;
    while (json_cursor_next(&c, &key, &value))
        if (text_is(key.bytes, name)) {
            *out = value;
            return value.kind != JSON_IS_NULL;
        }
    return false;
}

struct text json_text(const struct json_value *value, struct arena *arena)
{
    if (value->kind != JSON_IS_STRING)
        return text_make(NULL, 0);
    if (!value->escaped)
        return value->bytes;
    AUTO_DONE(strbuf) plain = STRBUF_INIT(STRING_MAX);
    json_unescape(value->bytes, &plain);
    return arena_text(arena, strbuf_text(&plain));
}

struct text json_member_text(struct text object, const char *name,
                             struct arena *arena)
{
    struct json_value value;
    if (!json_member(object, name, &value))
        return text_make(NULL, 0);
    return json_text(&value, arena);
}

struct json_cursor json_member_items(struct text object, const char *name)
{
    struct json_cursor c;
    struct json_value value;
    bool list =
        json_member(object, name, &value) && value.kind == JSON_IS_ARRAY;
    json_cursor_start(&c, list ? value.bytes : text_from("[]"));
    (void)json_cursor_enter(&c);
    return c;
}
