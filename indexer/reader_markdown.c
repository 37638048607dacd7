/* Reads Markdown with YAML front matter, one article a file. */
#include <stdlib.h>
#include <string.h>

#include "common/json_writer.h"
#include "common/mem.h"
#include "indexer/json_article.h"
#include "indexer/reader.h"
#include "indexer/whole_source.h"

extern const struct reader_format reader_markdown;

enum { KEY_MAX = 64, HEAD_MAX = 16 << 10, LIST_MAX = 256 };

struct reader_markdown {
    struct reader base;
    struct whole_source source;
};

static bool is_fence(struct text line)
{
    return text_is(text_trim(line), "---");
}

/* "key: value" at the margin; false for anything else. */
static bool split_pair(struct text line, struct text *key, struct text *value)
{
    const char *colon = line.len ? memchr(line.ptr, ':', line.len) : NULL;
    if (!colon || line.ptr[0] == ' ' || line.ptr[0] == '-' ||
        line.ptr[0] == '#')
        return false;
    size_t len = (size_t)(colon - line.ptr);
    *key = text_trim(text_slice(line, 0, len));
    *value = text_trim(text_slice(line, len + 1, line.len));
    return key->len > 0 && key->len < KEY_MAX;
}

static int markdown_recognise(struct text head)
{
    struct text rest = text_slice(head, 0, HEAD_MAX), line, key, value;
    bool title = false;
    if (!text_split(&rest, '\n', &line) || !is_fence(line))
        return 0;
    while (text_split(&rest, '\n', &line) && !is_fence(line))
        if (split_pair(line, &key, &value))
            title = title || text_is(key, "title") || text_is(key, "date");
    return title && rest.ptr ? 2 : 0;
}

static enum status markdown_open(struct reader **out, struct input *in,
                                 struct error *err)
{
    (void)err;
    struct reader_markdown *r = mem_zeroed(1, sizeof *r);
    whole_source_init(&r->source, in);
    *out = &r->base;
    return STATUS_OK;
}

static void markdown_free(struct reader *reader)
{
    struct reader_markdown *r = (struct reader_markdown *)reader;
    whole_source_done(&r->source);
    free(r);
}

/* --- front matter --------------------------------------------------------- */

static struct text unquoted(struct text t)
{
    t = text_trim(t);
    bool quoted = t.len > 1 && (t.ptr[0] == '"' || t.ptr[0] == '\'') &&
                  t.ptr[t.len - 1] == t.ptr[0];
    return quoted ? text_slice(t, 1, t.len - 2) : t;
}

static void write_inline_list(struct json_writer *w, struct text value)
{
    struct text rest = text_slice(value, 1, value.len - 2), item;
    json_writer_array(w);
    while (text_split(&rest, ',', &item))
        json_writer_text(w, unquoted(item));
    json_writer_end_array(w);
}

/* Lines of "- item" below a key. */
static void write_block_list(struct json_writer *w, struct text *rest)
{
    struct text next = *rest, line;
    json_writer_array(w);
    while (text_split(&next, '\n', &line)) {
        struct text item = text_trim(line);
        if (item.len < 2 || item.ptr[0] != '-' || is_fence(line))
            break;
        json_writer_text(w, unquoted(text_slice(item, 1, item.len)));
        *rest = next;
    }
    json_writer_end_array(w);
}

static void write_value(struct json_writer *w, struct text value,
                        struct text *rest)
{
    if (value.len == 0)
        write_block_list(w, rest);
    else if (value.ptr[0] == '[' && value.ptr[value.len - 1] == ']')
        write_inline_list(w, value);
    else
        json_writer_text(w, unquoted(value));
}

/* The members of the front matter; gives what is behind it. */
static struct text write_front_matter(struct json_writer *w, struct text t,
                                      bool *has_title)
{
    struct text rest = t, line, key, value;
    if (!text_split(&rest, '\n', &line) || !is_fence(line))
        return t;
    while (text_split(&rest, '\n', &line) && !is_fence(line)) {
        char name[KEY_MAX];
        if (!split_pair(line, &key, &value))
            continue;
        memcpy(name, key.ptr, key.len);
        name[key.len] = '\0';
        *has_title = *has_title || text_is(key, "title");
        json_writer_key(w, name);
        write_value(w, value, &rest);
    }
    return rest;
}

/* --- Markdown ------------------------------------------------------------- */

/* "[label](address)" or "![label](address)" at `at`: its length, or 0. */
static size_t link_at(struct text t, size_t at, struct text *label)
{
    const char *end = memchr(t.ptr + at, ']', t.len - at);
    size_t close = end ? (size_t)(end - t.ptr) : t.len;
    if (close + 1 >= t.len || t.ptr[close + 1] != '(')
        return 0;
    const char *last = memchr(t.ptr + close, ')', t.len - close);
    if (!last)
        return 0;
    *label = text_slice(t, at + 1, close - at - 1);
    return (size_t)(last - t.ptr) + 1 - at;
}

static void append_inline(struct strbuf *out, struct text line)
{
    for (size_t at = 0; at < line.len;) {
        char c = line.ptr[at];
        bool image = c == '!' && at + 1 < line.len && line.ptr[at + 1] == '[';
        struct text label = {NULL, 0};
        size_t from = at + image;
        size_t len = c == '[' || image ? link_at(line, from, &label) : 0;
        if (len > 0) {
            strbuf_append(out, image ? text_slice(label, 0, 0) : label);
            at = from + len;
            continue;
        }
        bool escaped = c == '\\' && at + 1 < line.len;
        if (escaped)
            strbuf_append_char(out, line.ptr[++at]);
        else if (c != '*' && c != '`')
            strbuf_append_char(out, c);
        at++;
    }
}

/* Without the marks that a line begins with. */
static struct text without_marks(struct text line)
{
    struct text t = text_trim(line);
    size_t marks = 0;
    while (marks < t.len && (t.ptr[marks] == '#' || t.ptr[marks] == '>'))
        marks++;
    if (marks > 0)
        return text_trim(text_slice(t, marks, t.len));
    bool item = t.len > 2 &&
                (t.ptr[0] == '-' || t.ptr[0] == '*' || t.ptr[0] == '+') &&
                t.ptr[1] == ' ';
    return item ? text_slice(t, 2, t.len) : t;
}

static void append_plain(struct strbuf *out, struct text t)
{
    struct text line;
    bool code = false;
    while (text_split(&t, '\n', &line)) {
        struct text trimmed = text_trim(line);
        if (text_starts_with(trimmed, (struct text)TEXT("```"))) {
            code = !code;
            continue;
        }
        if (code)
            strbuf_append(out, line);
        else
            append_inline(out, without_marks(line));
        strbuf_append_char(out, '\n');
    }
}

/* The first "# heading", where the front matter has no title. */
static struct text take_heading(struct text *t)
{
    struct text rest = *t, line = {NULL, 0};
    while (text_split(&rest, '\n', &line) && text_trim(line).len == 0)
        ;
    if (!text_starts_with(text_trim(line), (struct text)TEXT("# ")))
        return text_make(NULL, 0);
    *t = rest;
    return without_marks(line);
}

static struct json_verdict read_document(struct article *out,
                                         struct reader_markdown *r,
                                         struct arena *arena)
{
    struct text t = strbuf_text(&r->source.decoded);
    AUTO_DONE(strbuf) json = STRBUF_INIT(t.len * 6 + 1024);
    AUTO_DONE(strbuf) body = STRBUF_INIT(t.len + 1);
    struct json_writer w;
    bool has_title = false;
    json_writer_init(&w, &json);
    json_writer_object(&w);
    t = write_front_matter(&w, t, &has_title);
    if (!has_title)
        json_writer_known_text(&w, "title", take_heading(&t));
    append_plain(&body, t);
    json_writer_known_text(&w, "body", text_trim(strbuf_text(&body)));
    json_writer_end_object(&w);
    return json_article_read(out, strbuf_text(&json), r->base.newest, arena);
}

static enum status markdown_next(struct reader *reader, struct arena *arena,
                                 struct article *out, struct error *err)
{
    struct reader_markdown *r = (struct reader_markdown *)reader;
    enum status status =
        whole_source_read(&r->source, reader, reader->limits.article, err);
    if (status != STATUS_OK)
        return status;
    struct rejection why = {.origin = whole_source_origin(&r->source),
                            .bytes = strbuf_text(&r->source.raw)};
    struct article article = {.origin = why.origin};
    struct json_verdict verdict = read_document(&article, r, arena);
    why.reason = verdict.reject_reason;
    if (why.reason)
        return reader_reject_because(reader, &why, err, "%s",
                                     strcmp(why.reason, "no-body") == 0
                                         ? "neither title nor body"
                                         : why.reason);
    if (verdict.bad_date.len > 0)
        reader_warn(reader, &why.origin,
                    "date '%.*s' not understood, article kept undated",
                    TEXT_ARG(text_slice(verdict.bad_date, 0, 60)));
    article.origin.path = arena_text(arena, why.origin.path);
    *out = article;
    return reader_check_size(reader, &article, why.bytes, err);
}

const struct reader_format reader_markdown = {
    .name = "markdown",
    .summary = "Markdown with front matter, one article a file",
    .one_article_per_file = true,
    .recognise = markdown_recognise,
    .open = markdown_open,
    .next = markdown_next,
    .free = markdown_free,
};
