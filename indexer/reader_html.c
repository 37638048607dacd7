/* Reads a web page, one article a file. */
#include <stdlib.h>
#include <strings.h>

#include "common/mem.h"
#include "common/utf8.h"
#include "indexer/page.h"
#include "indexer/reader.h"
#include "indexer/whole_source.h"

extern const struct reader_format reader_html;

enum { LOOKED_AT = 2048 };

struct reader_html {
    struct reader base;
    struct whole_source source;
};

static bool begins(struct text t, const char *word)
{
    struct text w = text_from(word);
    return t.len > w.len && strncasecmp(t.ptr, word, w.len) == 0;
}

/* The first element of the document, or <!doctype html>, if it is of HTML. */
static int page_recognise(struct text head)
{
    static const char *const words[] = {"<!doctype html", "<html",  "<head",
                                        "<body",          "<title", "<meta",
                                        "<script"};
    head = text_trim(text_slice(utf8_without_mark(head), 0, LOOKED_AT));
    for (int i = 0; i < 4; i++) { /* comments, <?xml …?> and other doctypes */
        for (size_t w = 0; w < sizeof words / sizeof *words; w++)
            if (begins(head, words[w]))
                return 2;
        bool comment = begins(head, "<!--");
        if (!comment && !begins(head, "<?xml"))
            return 0;
        size_t at = 0;
        while (at < head.len &&
               !text_starts_with(text_slice(head, at, 3),
                                 text_from(comment ? "-->" : "?>")))
            at++;
        head = text_trim(text_slice(head, at + (comment ? 3 : 2), head.len));
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
