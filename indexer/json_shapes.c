#include "indexer/json_shapes.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "indexer/cleaning.h"

/* No article has so many authors or tags, but a hostile line could. */
enum { LIST_MAX = 1 << 20 };

enum { NUMBER_SIZE = 64, DECIMAL_SIZE = 32 };

const char *const json_names[JSON_WITHIN_MAX] = {"name", "title", "original",
                                                 "displayName", "display_name"};
const char *const json_labels[JSON_WITHIN_MAX] = {"value", "name",  "title",
                                                  "term",  "label", "webTitle"};
const char *const json_no_names[JSON_WITHIN_MAX] = {NULL};
static const char *const scalars_within[JSON_WITHIN_MAX] = {
    "$oid", "$date", "$numberLong", "iso", "date", "value"};

void json_shapes_init(struct json_shapes *s, struct arena *arena,
                      size_t longest)
{
    *s = (struct json_shapes){.arena = arena};
    strbuf_init(&s->scratch, longest);
}

void json_shapes_done(struct json_shapes *s)
{
    strbuf_done(&s->scratch);
}

struct text json_string_of(struct json_shapes *s,
                           const struct json_value *value)
{
    if (!value->escaped)
        return value->bytes;
    strbuf_reset(&s->scratch);
    if (strbuf_reserve(&s->scratch, value->bytes.len))
        json_unescape(value->bytes, &s->scratch);
    return strbuf_text(&s->scratch);
}

static bool is_empty_array(const struct json_value *value)
{
    struct json_cursor c;
    struct json_value key, member;
    json_cursor_start(&c, value->bytes);
    return value->kind == JSON_IS_ARRAY && json_cursor_enter(&c) &&
           !json_cursor_next(&c, &key, &member);
}

static bool is_blank(struct json_shapes *s, const struct json_value *string)
{
    struct text t = text_trim(string->bytes);
    return t.len == 0 ||
           (t.ptr[0] == '\\' && text_trim(json_string_of(s, string)).len == 0);
}

bool json_is_absent(struct json_shapes *s, const struct json_value *value)
{
    switch (value->kind) {
    case JSON_IS_ABSENT:
    case JSON_IS_NULL:
        return true;
    case JSON_IS_STRING:
        return is_blank(s, value);
    default:
        return is_empty_array(value);
    }
}

static struct json_value first_item(struct json_shapes *s, struct text array)
{
    struct json_cursor c;
    struct json_value key, value = {.kind = JSON_IS_ABSENT};
    json_cursor_start(&c, array);
    json_cursor_enter(&c);
    while (json_is_absent(s, &value) && json_cursor_next(&c, &key, &value))
        ;
    return value;
}

/* What stands under the first of `names` that is there in an object. */
static struct json_value value_within(struct json_shapes *s, struct text object,
                                      const char *const *names)
{
    struct json_cursor c;
    struct json_value key, value, best = {.kind = JSON_IS_ABSENT};
    int best_at = JSON_WITHIN_MAX;
    json_cursor_start(&c, object);
    json_cursor_enter(&c);
    while (json_cursor_next(&c, &key, &value))
        for (int i = 0; i < best_at && names[i]; i++)
            if (text_is(json_string_of(s, &key), names[i]) &&
                !json_is_absent(s, &value)) {
                best = value;
                best_at = i;
            }
    return best;
}

static struct text clean(struct json_shapes *s, struct text t,
                         enum cleaning how)
{
    return cleaning_copy(t, how, s->arena, &s->nul);
}

bool json_read_string(struct json_shapes *s, struct json_value value,
                      const char *const *within, struct text *out)
{
    if (value.kind == JSON_IS_ARRAY)
        value = first_item(s, value.bytes);
    if (value.kind == JSON_IS_OBJECT)
        value = value_within(s, value.bytes, within);
    if (value.kind != JSON_IS_STRING)
        return false;
    *out = clean(s, json_string_of(s, &value), CLEANING_LINE);
    return true;
}

static bool is_exact(double real, int places)
{
    return real > -0x1p53 && real < 0x1p53 &&
           (places > 0 || real == (double)(int64_t)real);
}

/* As decimal text, `places` after the point if it is no whole number; false if
 * that says something else. */
static bool print_number(struct text number, int places, char *out)
{
    char bytes[NUMBER_SIZE] = "";
    if (number.len >= sizeof bytes)
        return false;
    memcpy(bytes, number.ptr, number.len);
    if (!strpbrk(bytes, ".eE")) {
        errno = 0;
        long long whole = strtoll(bytes, NULL, 10);
        snprintf(out, DECIMAL_SIZE, "%lld", whole);
        return errno == 0;
    }
    double real = strtod(bytes, NULL);
    if (!is_exact(real, places))
        return false;
    snprintf(out, DECIMAL_SIZE, "%.*f", places, real);
    return true;
}

bool json_read_scalar(struct json_shapes *s, struct json_value value,
                      int places, struct text *out)
{
    char decimal[DECIMAL_SIZE];
    if (value.kind == JSON_IS_ARRAY && places > 0)
        value = first_item(s, value.bytes);
    for (int i = 0; i < 2 && value.kind == JSON_IS_OBJECT; i++)
        value = value_within(s, value.bytes, scalars_within);
    if (value.kind == JSON_IS_ARRAY)
        return false;
    if (value.kind != JSON_IS_NUMBER)
        return json_read_string(s, value, json_no_names, out);
    if (!print_number(value.bytes, places, decimal))
        return false;
    *out = arena_text(s->arena, text_from(decimal));
    return true;
}

bool json_read_joined(struct json_shapes *s, struct json_value value,
                      enum cleaning how, const char *separator,
                      struct text *out)
{
    if (value.kind == JSON_IS_STRING) {
        *out = clean(s, json_string_of(s, &value), how);
        return true;
    }
    if (value.kind != JSON_IS_ARRAY)
        return false;
    AUTO_DONE(strbuf) joined = STRBUF_INIT(2 * value.bytes.len);
    struct json_cursor c;
    struct json_value key, part;
    json_cursor_start(&c, value.bytes);
    json_cursor_enter(&c);
    while (json_cursor_next(&c, &key, &part)) {
        struct text name = {NULL, 0};
        if (json_is_absent(s, &part) || part.kind == JSON_IS_NUMBER)
            continue;
        if (!json_read_string(s, part, json_labels, &name))
            return false;
        if (joined.len > 0)
            strbuf_append_string(&joined, separator);
        strbuf_append(&joined, name);
    }
    *out = clean(s, strbuf_text(&joined), how);
    return true;
}

static size_t count_members(struct text array)
{
    struct json_cursor c;
    struct json_value key, value;
    size_t count = 0;
    json_cursor_start(&c, array);
    json_cursor_enter(&c);
    while (json_cursor_next(&c, &key, &value))
        count++;
    return count;
}

/* Adds a name to `names`, unless there is nothing or a number that stands for
 * one; false if it is none. */
static bool add_name(struct json_shapes *s, struct json_value value,
                     const char *const *within, struct text *names,
                     size_t *count)
{
    if (!json_read_string(s, value, within, &names[*count]))
        return json_is_absent(s, &value) || value.kind == JSON_IS_NUMBER;
    *count += names[*count].len > 0;
    return true;
}

/* What parts the names that a string holds. */
static char separator_of(struct text t, const char *const *within)
{
    if (memchr(t.ptr, ';', t.len))
        return ';';
    return within == json_labels || t.ptr[0] == '[' ? ',' : '\0';
}

static struct text unquoted(struct text t)
{
    t = text_trim(t);
    const bool quoted = t.len > 1 && (t.ptr[0] == '\'' || t.ptr[0] == '"') &&
                        t.ptr[t.len - 1] == t.ptr[0];
    return quoted ? text_slice(t, 1, t.len - 2) : t;
}

/* "['Ann Lee', 'Bo Ek']" is what Python writes for a list in a table. */
static bool read_string(struct json_shapes *s, struct json_value value,
                        const char *const *within, const struct text **out,
                        size_t *count)
{
    struct text t = text_trim(
                    clean(s, json_string_of(s, &value), CLEANING_LINE)),
                part;
    const bool list = t.len > 1 && t.ptr[0] == '[' && t.ptr[t.len - 1] == ']';
    const char separator = t.len > 0 ? separator_of(t, within) : '\0';
    size_t size = 1;
    for (size_t i = 0; i < t.len; i++)
        size += t.ptr[i] == separator;
    s->too_many |= size > LIST_MAX;
    if (size > LIST_MAX)
        return true;
    struct text *parts = arena_alloc(s->arena, size * sizeof *parts);
    t = list ? text_slice(t, 1, t.len - 2) : t;
    while (text_split(&t, separator, &part)) {
        part = list ? unquoted(part) : text_trim(part);
        if (part.len > 0)
            parts[(*count)++] = part;
    }
    *out = parts;
    return true;
}

bool json_read_list(struct json_shapes *s, struct json_value value,
                    const char *const *within, const struct text **out,
                    size_t *count)
{
    bool good = true;
    *count = 0;
    if (value.kind == JSON_IS_STRING)
        return read_string(s, value, within, out, count);
    bool list = value.kind == JSON_IS_ARRAY;
    size_t size = list ? count_members(value.bytes) : 1;
    if (size > LIST_MAX) {
        s->too_many = true;
        return true;
    }
    struct text *names = arena_alloc(s->arena, size * sizeof *names);
    *out = names;
    if (!list)
        return add_name(s, value, within, names, count);
    struct json_cursor c;
    struct json_value key, part;
    json_cursor_start(&c, value.bytes);
    json_cursor_enter(&c);
    while (json_cursor_next(&c, &key, &part))
        good &= add_name(s, part, within, names, count);
    return good;
}
