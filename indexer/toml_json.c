#include "indexer/toml_json.h"

#include <stdbool.h>
#include <string.h>

#include "common/strbuf.h"

enum { KEY_MAX = 64, ARRAY_MAX = 256 };

struct toml {
    struct text rest;
    struct json_writer *w;
    struct strbuf string;
};

static char next_char(const struct toml *t)
{
    return t->rest.len > 0 ? t->rest.ptr[0] : '\0';
}

static void skip(struct toml *t, size_t count)
{
    t->rest = text_slice(t->rest, count, t->rest.len);
}

/* Blanks, and with `lines` line ends and comments, too. */
static void skip_blanks(struct toml *t, bool lines)
{
    for (;;) {
        const char c = next_char(t);
        if (c == '#' && lines) {
            const char *end = memchr(t->rest.ptr, '\n', t->rest.len);
            skip(t, end ? (size_t)(end - t->rest.ptr) : t->rest.len);
        } else if (c == ' ' || c == '\t' ||
                   (lines && (c == '\n' || c == '\r'))) {
            skip(t, 1);
        } else {
            return;
        }
    }
}

static void append_escape(struct toml *t, char c)
{
    static const char from[] = "ntr\"\\", to[] = "\n\t \"\\";
    const char *at = c ? strchr(from, c) : NULL;
    if (at) {
        strbuf_append_char(&t->string, to[at - from]);
        return;
    }
    strbuf_append_char(&t->string, '\\');
    strbuf_append_char(&t->string, c);
}

/* A string in quotes of one kind, three of them or one; false if it does not
 * end. */
static bool read_quoted(struct toml *t)
{
    const char quote = t->rest.ptr[0];
    const char three[] = {quote, quote, quote, '\0'};
    const bool block = text_starts_with(t->rest, text_from(three));
    strbuf_reset(&t->string);
    skip(t, block ? 3 : 1);
    if (block && next_char(t) == '\n')
        skip(t, 1);
    for (; t->rest.len > 0; skip(t, 1)) {
        const char c = t->rest.ptr[0];
        if (block ? text_starts_with(t->rest, text_from(three)) : c == quote) {
            skip(t, block ? 3 : 1);
            return true;
        }
        if (c == '\n' && !block)
            return false;
        if (c == '\\' && quote == '"' && t->rest.len > 1) {
            skip(t, 1);
            append_escape(t, t->rest.ptr[0]);
        } else {
            strbuf_append_char(&t->string, c);
        }
    }
    return false;
}

/* Anything else up to a comma, a bracket, a comment or the end of the line. */
static void read_bare(struct toml *t)
{
    size_t len = 0;
    while (len < t->rest.len && !strchr(",]#\n", t->rest.ptr[len]))
        len++;
    strbuf_reset(&t->string);
    strbuf_append(&t->string, text_trim(text_slice(t->rest, 0, len)));
    skip(t, len);
}

static bool read_scalar(struct toml *t)
{
    const char c = next_char(t);
    if (c == '"' || c == '\'')
        return read_quoted(t);
    read_bare(t);
    return t->string.len > 0;
}

static bool write_array(struct toml *t)
{
    bool good = true;
    skip(t, 1);
    json_writer_array(t->w);
    for (size_t i = 0; good && i < ARRAY_MAX; i++) {
        skip_blanks(t, true);
        if (next_char(t) == ']')
            break;
        good = read_scalar(t);
        if (good)
            json_writer_text(t->w, strbuf_text(&t->string));
        skip_blanks(t, true);
        if (next_char(t) == ',')
            skip(t, 1);
        else
            good = good && next_char(t) == ']';
    }
    json_writer_end_array(t->w);
    good = good && next_char(t) == ']';
    skip(t, good);
    return good;
}

/* key = value */
static bool write_member(struct toml *t)
{
    char key[KEY_MAX] = "";
    size_t len = 0;
    while (len < t->rest.len && !strchr("=\n", t->rest.ptr[len]))
        len++;
    struct text name = text_trim(text_slice(t->rest, 0, len));
    if (name.len > 1 && (name.ptr[0] == '"' || name.ptr[0] == '\''))
        name = text_slice(name, 1, name.len - 2);
    skip(t, len);
    if (next_char(t) != '=' || name.len == 0 || name.len >= sizeof key)
        return false;
    memcpy(key, name.ptr, name.len);
    skip(t, 1);
    skip_blanks(t, false);
    if (next_char(t) == '[') {
        json_writer_key(t->w, key);
        return write_array(t);
    }
    if (!read_scalar(t))
        return false;
    json_writer_key(t->w, key);
    json_writer_text(t->w, strbuf_text(&t->string));
    return true;
}

size_t toml_json_write(struct json_writer *w, struct text toml)
{
    struct toml t = {.rest = toml, .w = w};
    size_t fault = 0;
    strbuf_init(&t.string, toml.len + 1);
    for (;;) {
        skip_blanks(&t, true);
        if (t.rest.len == 0)
            break;
        const char *at = t.rest.ptr;
        const bool table = next_char(&t) == '[';
        const bool good = table || write_member(&t);
        if (!good && fault == 0) {
            fault = 1;
            for (const char *p = toml.ptr; p < at; p++)
                fault += *p == '\n';
        }
        const char *end =
            t.rest.len ? memchr(t.rest.ptr, '\n', t.rest.len) : NULL;
        skip(&t, end ? (size_t)(end - t.rest.ptr) : t.rest.len);
    }
    strbuf_done(&t.string);
    return fault;
}
