/* Looking into JSON that a cursor (common/json_cursor.h) has found valid. */
#ifndef INDEXER_JSON_MEMBER_H
#define INDEXER_JSON_MEMBER_H

#include <stdbool.h>

#include "common/arena.h"
#include "common/json_cursor.h"
#include "common/text.h"

/* The member `name` of `object`; false if it is not there or null. */
bool json_member(struct text object, const char *name, struct json_value *out);

/* What a string stands for, in the arena if it has escapes; else the empty
 * text. */
struct text json_text(const struct json_value *value, struct arena *arena);

/* The string that the member is; or empty. */
struct text json_member_text(struct text object, const char *name,
                             struct arena *arena);

/* A cursor over the items of a list; over none if the member is no list. */
struct json_cursor json_member_items(struct text object, const char *name);

#endif
