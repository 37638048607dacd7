#include "indexer/front_matter.h"

#include <string.h>
#include <strings.h>

#include "common/utf8.h"

enum { KEY_MAX = 64 };

static bool is_fence(struct text line, const char *fence)
{
    return line.len >= 3 && memcmp(line.ptr, fence, 3) == 0 &&
           text_trim(line).len == 3;
}

/* Up to a line that is one of the fences. */
static bool take_fenced(struct text rest, const char *fence, const char *other,
                        struct text *t, struct text *inner)
{
    struct text line;
    const char *start = rest.ptr;
    while (text_split(&rest, '\n', &line)) {
        size_t len = (size_t)(line.ptr - start);
        if (len > FRONT_MATTER_MAX)
            return false;
        if (!is_fence(line, fence) && !is_fence(line, other))
            continue;
        *inner = text_make(start, len);
        *t = rest;
        return true;
    }
    return false;
}

static bool is_plain_member(struct text line)
{
    const char *colon = line.len ? memchr(line.ptr, ':', line.len) : NULL;
    const size_t len = colon ? (size_t)(colon - line.ptr) : 0;
    for (size_t i = 0; i < len; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyz-_ ", line.ptr[i] | 0x20))
            return false;
    return len > 1 && len < KEY_MAX / 2 && line.ptr[0] != ' ' &&
           line.len > len + 1 && line.ptr[len + 1] == ' ';
}

/* "Title: …", other lines like it, and an empty one, as MultiMarkdown has it
 * and what is saved by hand. */
static bool take_plain(struct text rest, struct text *t, struct text *inner)
{
    struct text line;
    const char *start = rest.ptr;
    size_t count = 0;
    for (; text_split(&rest, '\n', &line) && rest.ptr; count++) {
        if (text_trim(line).len == 0)
            break;
        if (!is_plain_member(line) || line.ptr - start > FRONT_MATTER_MAX)
            return false;
    }
    if (count < 2 || !rest.ptr)
        return false;
    *inner = text_make(start, (size_t)(line.ptr - start));
    *t = rest;
    return true;
}

static bool begins_with_title(struct text line)
{
    static const char *const names[] = {"title:", "headline:"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (line.len > strlen(names[i]) &&
            strncasecmp(line.ptr, names[i], strlen(names[i])) == 0)
            return true;
    return false;
}

enum front_matter front_matter_take(struct text *t, struct text *inner)
{
    struct text rest = utf8_without_mark(*t), line;
    if (!text_split(&rest, '\n', &line))
        return FRONT_MATTER_NONE;
    if (is_fence(line, "---"))
        return take_fenced(rest, "---", "...", t, inner) ? FRONT_MATTER_YAML
                                                         : FRONT_MATTER_NONE;
    if (is_fence(line, "+++"))
        return take_fenced(rest, "+++", "+++", t, inner) ? FRONT_MATTER_TOML
                                                         : FRONT_MATTER_NONE;
    return begins_with_title(line) &&
                   take_plain(utf8_without_mark(*t), t, inner)
               ? FRONT_MATTER_PLAIN
               : FRONT_MATTER_NONE;
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
