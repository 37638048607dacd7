#include "indexer/json_items.h"

#include "indexer/json_keys.h"
#include "indexer/json_member.h"

static bool has_text(struct text object)
{
    struct json_cursor c;
    struct json_value key, value;
    json_cursor_start(&c, object);
    json_cursor_enter(&c);
    while (json_cursor_next(&c, &key, &value)) {
        const struct json_key *k = json_keys_find(key.bytes);
        for (; k; k = json_keys_next(k))
            if (value.kind == JSON_IS_STRING &&
                (k->field == JSON_TITLE || k->field == JSON_BODY))
                return true;
    }
    return false;
}

/* Nothing but objects, the first of which says what an article says. */
static bool holds_articles(struct text object)
{
    struct json_cursor c;
    struct json_value key, value;
    size_t count = 0;
    json_cursor_start(&c, object);
    json_cursor_enter(&c);
    while (json_cursor_next(&c, &key, &value))
        if (value.kind != JSON_IS_OBJECT ||
            (count++ == 0 && !has_text(value.bytes)))
            return false;
    return count > 0;
}

bool json_items_start(struct json_items *items, struct text json,
                      struct text list)
{
    if (list.len == 0 && !holds_articles(json))
        return false;
    *items = (struct json_items){.json = json};
    json_cursor_start(&items->cursor, list.len > 0 ? list : json);
    return json_cursor_enter(&items->cursor);
}

bool json_items_next(struct json_items *items, struct text *item)
{
    struct json_value key, value;
    if (!json_cursor_next(&items->cursor, &key, &value))
        return false;
    items->id = key.bytes;
    items->offset = (size_t)(value.bytes.ptr - items->json.ptr);
    if (value.kind == JSON_IS_STRING)
        items->offset--;
    for (; items->passed < items->offset; items->passed++)
        items->lines += items->json.ptr[items->passed] == '\n';
    *item = value.bytes;
    return true;
}

bool json_items_is_action(struct text json, struct json_value *id)
{
    static const char *const actions[] = {"index", "create", "update", "delete",
                                          NULL};
    struct json_cursor c;
    struct json_value key, value, ignored, more;
    json_cursor_start(&c, json);
    if (!json_cursor_enter(&c) || !json_cursor_next(&c, &key, &value) ||
        value.kind != JSON_IS_OBJECT || !text_is_one_of(key.bytes, actions) ||
        json_cursor_next(&c, &ignored, &more) || !json_cursor_end(&c))
        return false;
    if (text_is(key.bytes, "delete") || !json_member(value.bytes, "_id", id))
        *id = (struct json_value){.kind = JSON_IS_ABSENT};
    return true;
}
