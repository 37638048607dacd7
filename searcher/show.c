#include "searcher/show.h"

#include <string.h>

#include "common/archive_find.h"
#include "common/dating.h"
#include "common/engine/index.h"
#include "common/original.h"
#include "common/record.h"
#include "common/terminal.h"

enum { RECORD_MAX = 512 << 20, LINE_MAX_BYTES = 256 };

static void add_line(struct strbuf *out, const char *label, struct text value)
{
    if (value.len == 0)
        return;
    strbuf_append_format(out, "%-9s", label);
    terminal_append(out, value, TERMINAL_ONE_LINE);
    strbuf_append_char(out, '\n');
}

static void add_authors(struct strbuf *out, const struct article *a)
{
    for (size_t i = 0; i < a->author_count; i++)
        add_line(out, i == 0 ? "author" : "", a->authors[i]);
}

static void add_body(struct strbuf *out, struct text body, size_t width)
{
    AUTO_DONE(strbuf) clean = STRBUF_INIT(RECORD_MAX);
    terminal_append(&clean, body, TERMINAL_KEEP_LINES);
    struct text paragraphs = strbuf_text(&clean), paragraph, line;
    while (text_split(&paragraphs, '\n', &paragraph)) {
        if (paragraph.len == 0)
            strbuf_append_char(out, '\n');
        while (terminal_wrap(&paragraph, width, &line)) {
            strbuf_append(out, line);
            strbuf_append_char(out, '\n');
        }
    }
}

/* "2022-02-07T18:45:00Z", "2022-02-07T18:45:00, zone unknown (from the text)",
 * "unknown (fetched on 2022-02-08T03:00:00Z)" */
static void add_date(struct strbuf *out, const struct article *a)
{
    static const char *const words[DATING_COUNT] = {
        [DATING_METADATA] = " (from metadata)",
        [DATING_URL] = " (from the address)",
        [DATING_TEXT] = " (from the text)",
        [DATING_FILE] = "unknown (the file is of ",
        [DATING_CRAWL] = "unknown (fetched on "};
    AUTO_DONE(strbuf) line = STRBUF_INIT(LINE_MAX_BYTES);
    char moment[TIMESTAMP_SIZE];
    bool seen = dating_has_seen(a);
    timestamp_format(seen ? a->seen : a->published, moment, sizeof moment);
    if (a->published == TIMESTAMP_UNKNOWN && !seen)
        return;
    if (!seen && a->zone_unknown)
        moment[strlen(moment) - 1] = '\0';
    const char *how = words[a->dating] ? words[a->dating] : "";
    strbuf_append_format(
        &line, "%s%s%s%s", seen ? how : moment, seen ? moment : "",
        !seen && a->zone_unknown ? ", zone unknown" : "", seen ? ")" : how);
    add_line(out, "date", strbuf_text(&line));
}

static void print_text(const struct article *a, size_t width,
                       struct strbuf *out)
{
    terminal_append(out, a->title, TERMINAL_ONE_LINE);
    strbuf_append_string(out, "\n\n");
    add_date(out, a);
    add_line(out, "source", a->source);
    add_line(out, "section", a->section);
    add_authors(out, a);
    add_line(out, "url", a->url);
    add_line(out, "path", a->origin.path);
    add_line(out, "member", a->origin.member);
    add_line(out, "id", a->id);
    strbuf_append_char(out, '\n');
    add_body(out, a->body, width);
}

static void print_article(const struct show_settings *s,
                          const struct article *article, struct strbuf *out)
{
    if (s->format == OUTPUT_TEXT) {
        print_text(article, s->width, out);
        return;
    }
    record_write(article, out);
    strbuf_append_char(out, '\n');
}

/* As it is; on a terminal without what could act on it. */
static enum status print_original(const struct origin *origin, bool terminal,
                                  struct strbuf *out, struct error *err)
{
    AUTO_DONE(strbuf) bytes = STRBUF_INIT(RECORD_MAX);
    enum status status = original_read(origin, terminal ? &bytes : out, err);
    if (terminal)
        terminal_append(out, strbuf_text(&bytes), TERMINAL_KEEP_LINES);
    return status;
}

enum status show_article(const struct show_settings *s, struct text id,
                         struct error *err)
{
    struct engine_document document = {0};
    struct article article;
    AUTO_DONE(arena) arena = ARENA_INIT;
    AUTO_DONE(strbuf) record = STRBUF_INIT(RECORD_MAX);
    AUTO_DONE(strbuf) text = STRBUF_INIT(RECORD_MAX);
    enum status status = archive_find(&document, s->archive, id, err);
    if (status == STATUS_OK)
        status = engine_document_data(archive_index(s->archive), document,
                                      &record, err);
    if (status == STATUS_OK)
        status = record_read(&article, strbuf_text(&record), &arena, err);
    if (status == STATUS_OK)
        status =
            archive_origin(&article.origin, s->archive, document, &arena, err);
    if (status == STATUS_OK && s->what == SHOW_ORIGINAL)
        status = print_original(&article.origin, s->width > 0, &text, err);
    if (status != STATUS_OK)
        return status;
    if (s->what == SHOW_ARTICLE)
        print_article(s, &article, &text);
    if (fwrite(text.ptr, 1, text.len, s->stream) != text.len ||
        fflush(s->stream) != 0)
        return error_io(err, "write", "stdout");
    return STATUS_OK;
}
