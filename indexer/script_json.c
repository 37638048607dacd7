#include "indexer/script_json.h"

#include <string.h>

#include "common/json_cursor.h"
#include "common/strbuf.h"
#include "indexer/html_text.h"
#include "indexer/json_repair.h"

enum { JSON_MAX = 16 << 20 };

static bool is_valid(struct text json)
{
    struct json_cursor c;
    json_cursor_start(&c, json);
    return json_cursor_end(&c);
}

static bool opens(char c)
{
    return c == '{' || c == '[';
}

static bool closes(char c)
{
    return c == '}' || c == ']';
}

/* From the first bracket to the last, less CDATA's. */
static struct text between_brackets(struct text t)
{
    static const struct text cdata = TEXT("<![CDATA[");
    const char *mark =
        t.len > 0 ? memmem(t.ptr, t.len, cdata.ptr, cdata.len) : NULL;
    const char *first = t.len > 0 ? memchr(t.ptr, '{', t.len) : NULL;
    if (mark && (!first || mark < first))
        t = text_slice(t, (size_t)(mark - t.ptr) + cdata.len, t.len);
    size_t from = 0;
    while (from < t.len && !opens(t.ptr[from]))
        from++;
    t = text_slice(t, from, t.len);
    while (t.len > 0 && !closes(t.ptr[t.len - 1]))
        t.len--;
    bool marked = t.len > 2 && memcmp(t.ptr + t.len - 2, "]]", 2) == 0;
    for (size_t end = marked ? t.len - 2 : 0; end > 0; end--) {
        if (closes(t.ptr[end - 1]) && is_valid(text_slice(t, 0, end)))
            return text_slice(t, 0, end);
        if (!strchr(" \t\r\n/*", t.ptr[end - 1]))
            break;
    }
    return t;
}

static char after_blanks(struct text t, size_t at)
{
    while (at < t.len && strchr(" \t\r\n", t.ptr[at]))
        at++;
    return at < t.len ? t.ptr[at] : '\0';
}

/* Whether the quotation mark at `at` ends a string: what may follow one comes,
 * and behind a comma what may follow that. */
static bool ends_string(struct text t, size_t at)
{
    size_t next = at + 1;
    while (next < t.len && strchr(" \t\r\n", t.ptr[next]))
        next++;
    if (next == t.len || closes(t.ptr[next]) || t.ptr[next] == ':')
        return true;
    char behind = t.ptr[next] == ',' ? after_blanks(t, next + 1) : 'x';
    return behind == '"' || opens(behind) || closes(behind) || behind == '-' ||
           (behind >= '0' && behind <= '9');
}

static void escape_quotation_marks(struct text t, struct strbuf *out)
{
    bool in_string = false;
    for (size_t at = 0; at < t.len; at++) {
        char c = t.ptr[at];
        if (in_string && c == '\\' && at + 1 < t.len) {
            strbuf_append(out, text_slice(t, at++, 2));
            continue;
        }
        if (c == '"' && in_string && !ends_string(t, at)) {
            strbuf_append_string(out, "\\\"");
            continue;
        }
        if (c == '"')
            in_string = !in_string;
        strbuf_append_char(out, c);
    }
}

/* The first of several objects. */
static struct text first_value(struct text t)
{
    struct json_cursor c;
    struct json_value key, value;
    json_cursor_start(&c, t);
    if (!json_cursor_enter(&c))
        return text_make(NULL, 0);
    while (json_cursor_next(&c, &key, &value))
        ;
    struct text first = text_slice(t, 0, c.at);
    return is_valid(first) ? first : text_make(NULL, 0);
}

struct text script_json(struct text script, struct arena *arena)
{
    AUTO_DONE(strbuf) resolved = STRBUF_INIT(JSON_MAX);
    AUTO_DONE(strbuf) repaired = STRBUF_INIT(JSON_MAX);
    AUTO_DONE(strbuf) escaped = STRBUF_INIT(JSON_MAX);
    struct json_repairs ignored;
    struct text json = between_brackets(script);
    if (json.len == 0 || is_valid(json))
        return json;
    if (memchr(json.ptr, '&', json.len) && !memchr(json.ptr, '"', json.len)) {
        html_text_resolve(json, &resolved);
        json = strbuf_text(&resolved);
    }
    escape_quotation_marks(json, &escaped);
    (void)json_repair(strbuf_text(&escaped), &repaired, &ignored);
    json = strbuf_text(&repaired);
    return arena_text(arena, is_valid(json) ? json : first_value(json));
}
