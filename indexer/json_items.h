/* Articles within what is none: the answer of a news service, {"status": "ok",
 * "articles": [{…}, {…}]}, or objects by their ids, {"a1": {…}, "a2": {…}}.
 * And the lines between articles in bulk files of Elasticsearch.
 *
 * Life cycle: json_items_start() where json_article_read() found no article,
 * json_items_next() until it is false. All is borrowed from the JSON. */
#ifndef INDEXER_JSON_ITEMS_H
#define INDEXER_JSON_ITEMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/json_cursor.h"
#include "common/text.h"

struct json_items {
    struct json_cursor cursor;
    struct text json;      /* all of it, which the items' places count in */
    size_t offset, passed; /* of the item; up to where lines are counted */
    uint64_t lines;        /* in front of the item */
    struct text id;        /* the item's key; empty in a list */
};

/* `list` as in the verdict on `json`, a valid object; if it is empty, the
 * object itself is tried. False if it holds no articles. */
bool json_items_start(struct json_items *items, struct text json,
                      struct text list);
bool json_items_next(struct json_items *items, struct text *item);

/* {"index": {"_id": "7"}} or the like, which says what the next line is called:
 * `*id`, or absent. */
bool json_items_is_action(struct text json, struct json_value *id);

#endif
