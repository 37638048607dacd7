/* Reads a web page, one article a file. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/mem.h"
#include "common/utf8.h"
#include "indexer/page.h"
#include "indexer/reader.h"
#include "indexer/whole_source.h"

extern const struct reader_format reader_html;

enum { LOOKED_AT = 2048, PROLOG_MAX = 16, MARKS_MAX = 256 };

struct reader_html {
    struct reader base;
    struct whole_source source;
};

static bool begins(struct text t, const char *word)
{
    struct text w = text_from(word);
    return t.len > w.len && strncasecmp(t.ptr, word, w.len) == 0;
}

/* Without the zero bytes of UTF-16, and without marks and blanks before. */
static struct text plain_head(struct text head, char out[LOOKED_AT])
{
    size_t len = 0;
    for (size_t i = 0; i < head.len && len < LOOKED_AT; i++) {
        unsigned char c = (unsigned char)head.ptr[i];
        bool before = c <= ' ' || c >= 0x80;
        if (c != 0 && (len > 0 || !before || i > MARKS_MAX))
            out[len++] = head.ptr[i];
    }
    return text_trim(text_make(out, len));
}

/* Behind a comment, a declaration or a stray end tag at the start of `t`. */
static struct text skip_prolog(struct text t)
{
    bool comment = begins(t, "<!--");
    const char *end = comment ? "-->" : begins(t, "<?xml") ? "?>" : ">";
    const char *at = memmem(t.ptr, t.len, end, strlen(end));
    size_t len = at ? (size_t)(at - t.ptr) + strlen(end) : t.len;
    return text_trim(text_slice(t, len, t.len));
}

static bool begins_with_tag(struct text t, const char *name)
{
    size_t len = strlen(name);
    return t.len > len + 1 && t.ptr[0] == '<' &&
           strncasecmp(t.ptr + 1, name, len) == 0 &&
           strchr(" \t\r\n/>", t.ptr[len + 1]) != NULL;
}

/* The first element of the document, or <!doctype html>, if it is of HTML;
 * less sure of what may stand in a page's middle. */
static int page_recognise(struct text head)
{
    static const char *const tops[] = {"!doctype html", "html",  "head",
                                       "body",          "title", "meta",
                                       "script",        NULL};
    static const char *const parts[] = {
        "a",      "article", "b",       "base", "blockquote", "br",
        "center", "div",     "font",    "form", "h1",         "h2",
        "h3",     "h4",      "header",  "hr",   "i",          "iframe",
        "img",    "link",    "main",    "nav",  "noscript",   "ol",
        "p",      "pre",     "section", "span", "strong",     "style",
        "table",  "tr",      "td",      "ul",   NULL};
    char room[LOOKED_AT];
    head = plain_head(head, room);
    for (int i = 0; i < PROLOG_MAX && head.len > 0; i++) {
        for (size_t w = 0; tops[w]; w++)
            if (begins_with_tag(head, tops[w]))
                return 2;
        for (size_t w = 0; parts[w]; w++)
            if (begins_with_tag(head, parts[w]))
                return 1;
        if (!begins(head, "<!--") && !begins(head, "<?xml") &&
            !begins(head, "</") && !begins(head, "<!["))
            return 0;
        head = skip_prolog(head);
    }
    return 0;
}

static enum status page_open(struct reader **out, struct input *in,
                             struct error *err)
{
    (void)err;
    struct reader_html *r = mem_zeroed(1, sizeof *r);
    whole_source_init(&r->source, in);
    *out = &r->base;
    return STATUS_OK;
}

static void page_free(struct reader *reader)
{
    struct reader_html *r = (struct reader_html *)reader;
    whole_source_done(&r->source);
    free(r);
}

static enum status page_next(struct reader *reader, struct arena *arena,
                             struct article *out, struct error *err)
{
    struct reader_html *r = (struct reader_html *)reader;
    enum status status =
        whole_source_read(&r->source, reader, reader->limits.page, err);
    if (status != STATUS_OK)
        return status;
    struct rejection why = {.origin = whole_source_origin(&r->source),
                            .bytes = strbuf_text(&r->source.raw)};
    struct article article = {.origin = why.origin};
    const struct page_request request = {
        .html = strbuf_text(&r->source.decoded), .newest = reader->newest};
    why.reason = page_read(&article, &request, arena);
    if (why.reason)
        return reader_reject_because(reader, &why, err, "%s",
                                     page_explain(why.reason));
    status = reader_check_size(reader, &article, why.bytes, err);
    if (status != STATUS_OK)
        return status;
    article.origin.path = arena_text(arena, why.origin.path);
    *out = article;
    return STATUS_OK;
}

const struct reader_format reader_html = {
    .name = "html",
    .summary = "a web page, one article a file",
    .one_article_per_file = true,
    .recognise = page_recognise,
    .open = page_open,
    .next = page_next,
    .free = page_free,
};
