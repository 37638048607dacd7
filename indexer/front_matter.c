#include "indexer/front_matter.h"

#include <string.h>

#include "common/utf8.h"

enum { KEY_MAX = 64 };

static bool is_fence(struct text line, const char *fence)
{
    return line.len >= 3 && memcmp(line.ptr, fence, 3) == 0 &&
           text_trim(line).len == 3;
}

bool front_matter_take(struct text *t, struct text *yaml)
{
    struct text rest = utf8_without_mark(*t), line;
    if (!text_split(&rest, '\n', &line) || !is_fence(line, "---"))
        return false;
    const char *start = rest.ptr;
    while (text_split(&rest, '\n', &line)) {
        size_t len = (size_t)(line.ptr - start);
        if (len > FRONT_MATTER_MAX)
            return false;
        if (!is_fence(line, "---") && !is_fence(line, "..."))
            continue;
        *yaml = text_make(start, len);
        *t = rest;
        return true;
    }
    return false;
}

/* "key: value" at the margin; false for anything else. */
static bool split_pair(struct text line, struct text *key, struct text *value)
{
    const char *colon = line.len ? memchr(line.ptr, ':', line.len) : NULL;
    if (!colon || strchr(" \t-#[]{},", line.ptr[0]))
        return false;
    size_t len = (size_t)(colon - line.ptr);
    *key = text_trim(text_slice(line, 0, len));
    *value = text_slice(line, len + 1, line.len);
    bool parted = value->len == 0 || strchr(" \t\r", value->ptr[0]);
    if (key->len > 2 && (key->ptr[0] == '"' || key->ptr[0] == '\'') &&
        key->ptr[key->len - 1] == key->ptr[0])
        *key = text_slice(*key, 1, key->len - 2);
    return parted && key->len > 0 && key->len < KEY_MAX;
}

static struct text from_to(const char *start, struct text last)
{
    return text_make(start, (size_t)(last.ptr - start) + last.len);
}

bool front_matter_next(struct text *yaml, struct front_matter_member *member)
{
    struct text next = *yaml, line, key, value, first = {NULL, 0};
    while (text_split(&next, '\n', &line)) {
        bool pair = split_pair(line, &key, &value);
        if (pair && first.ptr)
            return true;
        if (pair) {
            first = line;
            member->key = key;
            member->value = value;
        }
        if (first.ptr) {
            member->all = from_to(first.ptr, line);
            member->value = from_to(member->value.ptr, line);
        }
        *yaml = next;
    }
    return first.ptr != NULL;
}

static bool write_members(struct json_writer *w, struct text yaml,
                          size_t *aliases)
{
    struct front_matter_member member;
    bool any = false;
    while (front_matter_next(&yaml, &member)) {
        struct yaml_fault fault;
        char key[KEY_MAX];
        any = true;
        if (yaml_json_write(w, member.all, aliases, &fault) == YAML_IS_MAPPING)
            continue;
        memcpy(key, member.key.ptr, member.key.len);
        key[member.key.len] = '\0';
        json_writer_key(w, key);
        json_writer_text(w, text_trim(member.value));
    }
    return any;
}

bool front_matter_write(struct json_writer *w, struct text yaml,
                        struct yaml_fault *fault)
{
    size_t aliases = FRONT_MATTER_ALIASES_MAX;
    enum yaml_verdict verdict = yaml_json_write(w, yaml, &aliases, fault);
    if (verdict == YAML_IS_INVALID) {
        fault->line++;
        return write_members(w, yaml, &aliases);
    }
    fault->line = 0;
    return verdict == YAML_IS_MAPPING;
}
