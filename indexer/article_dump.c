#include "indexer/article_dump.h"

#include <inttypes.h>

#include "common/record.h"
#include "indexer/limits.h"
#include "indexer/reader.h"
#include "indexer/sources.h"

/* A record may be that much larger than its texts: escapes. */
enum { RECORD_GROWTH = 7, WRITTEN_AT_ONCE = 64 << 10 };

struct article_dump {
    const struct reader_format *format; /* NULL: by content */
    const char *map;
    struct reader_limits limits;
    struct messages *messages;
    FILE *out;
    struct strbuf lines; /* to be written */
    struct arena arena;
    uint64_t written, rejected, failed, mojibake;
};

static enum status write_lines(struct article_dump *d, struct error *err)
{
    struct text lines = strbuf_text(&d->lines);
    if (lines.len > 0 && fwrite(lines.ptr, 1, lines.len, d->out) != lines.len)
        return error_io(err, "write", "stdout");
    strbuf_reset(&d->lines);
    return STATUS_OK;
}

static enum status write_article(struct article_dump *d,
                                 const struct article *article,
                                 struct error *err)
{
    record_write(article, &d->lines);
    strbuf_append_char(&d->lines, '\n');
    d->written++;
    return d->lines.len < WRITTEN_AT_ONCE ? STATUS_OK : write_lines(d, err);
}

static enum status read_source(struct article_dump *d, struct reader *reader,
                               struct error *err)
{
    for (uint64_t warnings = 0;;) {
        struct article article;
        struct error why = ERROR_NONE;
        arena_reset(&d->arena);
        enum status status = reader_next(reader, &d->arena, &article, &why);
        if (reader->warnings > warnings)
            message_warning(d->messages, "%s", reader->warning);
        warnings = reader->warnings;
        if (status == STATUS_END)
            return STATUS_OK;
        if (status == STATUS_OK) {
            status = write_article(d, &article, err);
            if (status != STATUS_OK)
                return status;
            continue;
        }
        message_error(d->messages, "%s", why.message);
        d->rejected += status == STATUS_SOURCE;
        d->failed += status != STATUS_SOURCE;
        if (status != STATUS_SOURCE)
            return STATUS_OK;
    }
}

static enum status dump_source(struct article_dump *d, const char *path,
                               struct error *err)
{
    AUTO(reader) reader = NULL;
    struct error why = ERROR_NONE;
    enum status status = reader_open(&reader, path, d->format, &why);
    if (status == STATUS_OK) {
        reader->map = d->map;
        reader->limits = d->limits;
        status = read_source(d, reader, err);
        d->mojibake += reader->mojibake;
        return status;
    }
    message_error(d->messages, "%s", why.message);
    d->rejected += status == STATUS_SOURCE;
    d->failed += status != STATUS_SOURCE;
    return STATUS_OK;
}

static enum status dump_sources(struct article_dump *d, char *const *arguments,
                                struct error *err)
{
    size_t count = 0;
    while (arguments[count])
        count++;
    AUTO(sources)
    sources = sources_new((const char *const *)arguments, count);
    for (;;) {
        struct source source;
        struct error missing = ERROR_NONE;
        enum status status = sources_next(sources, &source, &missing);
        if (status == STATUS_END)
            return STATUS_OK;
        if (status == STATUS_OK) {
            status = dump_source(d, source.path, err);
            if (status != STATUS_OK)
                return status;
            continue;
        }
        message_error(d->messages, "%s", missing.message);
        d->failed++;
    }
}

enum command_exit article_dump(const struct indexer_settings *settings,
                               struct messages *messages, FILE *out)
{
    struct error err = ERROR_NONE;
    struct article_dump d = {.map = settings->map,
                             .limits = READER_LIMITS,
                             .messages = messages,
                             .out = out};
    if (limits_parse(&d.limits, settings->limits, &err) != STATUS_OK)
        return command_fail(messages, &err);
    if (settings->from && !(d.format = reader_format_by_name(settings->from))) {
        (void)error_set(&err, STATUS_USAGE, "unknown format '%s'",
                        settings->from);
        return command_fail(messages, &err);
    }
    strbuf_init(&d.lines,
                (size_t)READER_ARTICLE_MAX * RECORD_GROWTH + WRITTEN_AT_ONCE);
    arena_init(&d.arena);
    enum status status = dump_sources(&d, settings->sources, &err);
    if (status == STATUS_OK)
        status = write_lines(&d, &err);
    if (status == STATUS_OK && fflush(out) != 0)
        status = error_io(&err, "write", "stdout");
    strbuf_done(&d.lines);
    arena_done(&d.arena);
    if (status != STATUS_OK)
        return command_fail(messages, &err);
    message_note(messages, "%" PRIu64 " articles, %" PRIu64 " rejected",
                 d.written, d.rejected);
    if (d.mojibake > 0)
        message_note(messages, "%" PRIu64 " with mojibake mended", d.mojibake);
    if (d.failed > 0)
        return COMMAND_FAILED;
    return d.rejected > 0 ? COMMAND_REJECTED : COMMAND_DONE;
}
