/* Reads Markdown with front matter in YAML or TOML, one article a file. */
#include <stdlib.h>
#include <string.h>

#include "common/json_writer.h"
#include "common/mem.h"
#include "common/utf8.h"
#include "indexer/front_matter.h"
#include "indexer/json_article.h"
#include "indexer/json_member.h"
#include "indexer/markdown_text.h"
#include "indexer/reader.h"
#include "indexer/toml_json.h"
#include "indexer/whole_source.h"

extern const struct reader_format reader_markdown;

enum { HEAD_MAX = 16 << 10 };

struct reader_markdown {
    struct reader base;
    struct whole_source source;
};

static bool names_article(struct text key)
{
    static const char *const keys[] = {"title", "Title", "date", "Date", NULL};
    return text_is_one_of(text_trim(key), keys);
}

static bool toml_names_article(struct text toml)
{
    struct text line, key;
    while (text_split(&toml, '\n', &line))
        if (text_split(&line, '=', &key) && line.ptr && names_article(key))
            return true;
    return false;
}

/* "# Title" or a title with a line of "=" below it, and an empty line. */
static bool begins_with_heading(struct text t)
{
    struct text first, second, third = {NULL, 0};
    t = utf8_without_mark(t);
    if (!text_split(&t, '\n', &first) || !text_split(&t, '\n', &second) ||
        !t.ptr)
        return false;
    (void)text_split(&t, '\n', &third);
    second = text_trim(second);
    size_t marks = 0;
    while (marks < second.len && second.ptr[marks] == '=')
        marks++;
    if (marks >= 3 && marks == second.len)
        return text_trim(first).len > 0 && text_trim(third).len == 0;
    return second.len == 0 && text_trim(first).len > 2 &&
           text_starts_with(first, (struct text)TEXT("# "));
}

static int markdown_recognise(struct text head)
{
    struct text rest = text_slice(head, 0, HEAD_MAX), inner;
    struct front_matter_member member;
    switch (front_matter_take(&rest, &inner)) {
    case FRONT_MATTER_NONE:
        return begins_with_heading(head) ? 2 : 0;
    case FRONT_MATTER_TOML:
        return toml_names_article(inner) ? 2 : 0;
    case FRONT_MATTER_PLAIN:
        return 2;
    case FRONT_MATTER_YAML:
        while (front_matter_next(&inner, &member))
            if (names_article(member.key))
                return 2;
    }
    return 0;
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

/* --- the article ---------------------------------------------------------- */

/* What the members that were written so far say; in the arena. */
static struct text title_so_far(struct strbuf *json, struct arena *arena)
{
    static const char *const keys[] = {"title", "Title", "headline",
                                       "Headline"};
    struct text title = {NULL, 0};
    strbuf_append_char(json, '}');
    for (size_t i = 0; i < sizeof keys / sizeof *keys && title.len == 0; i++)
        title = json_member_text(strbuf_text(json), keys[i], arena);
    title = arena_text(arena, title);
    strbuf_truncate(json, json->len - 1);
    return title;
}

/* But for blanks. */
static bool is_same(struct text a, struct text b)
{
    struct text x, y;
    a = text_trim(a);
    b = text_trim(b);
    while (a.len > 0 && b.len > 0) {
        text_split(&a, ' ', &x);
        text_split(&b, ' ', &y);
        if (!text_equal(x, y))
            return false;
        a = text_trim(a);
        b = text_trim(b);
    }
    return a.len == b.len;
}

/* A title may be written with marks of Markdown or, as YAML has it, plain. */
static bool repeats(struct text title, struct text heading)
{
    AUTO_DONE(strbuf) plain = STRBUF_INIT(title.len * 3);
    (void)markdown_text_append(&plain, title);
    return is_same(title, heading) || is_same(strbuf_text(&plain), heading);
}

/* A heading at the beginning is the title, or repeats it, or is text. */
static void write_text(struct json_writer *w, struct text title,
                       struct text markdown)
{
    AUTO_DONE(strbuf) text = STRBUF_INIT(markdown.len * 3);
    size_t length = markdown_text_append(&text, markdown);
    struct text body = strbuf_text(&text);
    struct text heading = text_slice(body, 0, length);
    if (title.len == 0)
        json_writer_known_text(w, "title", heading);
    if (title.len == 0 || repeats(title, heading))
        body = text_slice(body, length, body.len);
    while (body.len > 0 && body.ptr[0] == '\n')
        body = text_slice(body, 1, body.len);
    json_writer_known_text(w, "body", body);
}

/* False if there is none; a warning names the line that is not valid. */
static bool write_front_matter(struct json_writer *w, struct reader_markdown *r,
                               struct text *t)
{
    struct text rest = *t, inner;
    struct yaml_fault fault = {.line = 0};
    const enum front_matter kind = front_matter_take(&rest, &inner);
    if (kind == FRONT_MATTER_NONE ||
        (kind != FRONT_MATTER_TOML && !front_matter_write(w, inner, &fault)))
        return false;
    if (kind == FRONT_MATTER_TOML)
        fault.line = toml_json_write(w, inner);
    *t = rest;
    struct origin origin = whole_source_origin(&r->source);
    origin.line = fault.line + (kind == FRONT_MATTER_TOML);
    if (fault.line > 0)
        reader_warn(&r->base, &origin, "front matter is not valid %s%s",
                    kind == FRONT_MATTER_TOML ? "TOML" : "YAML: ",
                    kind == FRONT_MATTER_TOML ? "" : fault.what);
    return true;
}

static void write_article(struct json_writer *w, struct reader_markdown *r,
                          struct arena *arena)
{
    struct text t = strbuf_text(&r->source.decoded), title = {NULL, 0};
    if (write_front_matter(w, r, &t))
        title = title_so_far(w->out, arena);
    write_text(w, title, t);
}

static struct json_verdict read_document(struct article *out,
                                         struct reader_markdown *r,
                                         struct arena *arena)
{
    size_t length = r->source.decoded.len;
    AUTO_DONE(strbuf) json = STRBUF_INIT(length * 18 + FRONT_MATTER_JSON_MAX);
    struct json_writer w;
    json_writer_init(&w, &json);
    json_writer_object(&w);
    write_article(&w, r, arena);
    json_writer_end_object(&w);
    return json_article_read(out, strbuf_text(&json), r->base.newest, arena);
}

static enum status markdown_next(struct reader *reader, struct arena *arena,
                                 struct article *out, struct error *err)
{
    struct reader_markdown *r = (struct reader_markdown *)reader;
    size_t max = reader->limits.article < reader->limits.page
                     ? reader->limits.article
                     : reader->limits.page;
    enum status status = whole_source_read(&r->source, reader, max, err);
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
