#include "indexer/dump.h"

#include "common/archive.h"
#include "common/record.h"
#include "indexer/stored.h"

enum { RECORD_MAX = 512 << 20 };

static enum status write_article(struct archive *archive,
                                 struct engine_document document,
                                 struct strbuf *record, FILE *out,
                                 struct error *err)
{
    AUTO_DONE(arena) arena = ARENA_INIT;
    struct article article;
    strbuf_reset(record);
    enum status status = stored_record(archive, document, record, err);
    if (status == STATUS_OK)
        status = record_read(&article, strbuf_text(record), &arena, err);
    if (status == STATUS_OK)
        status =
            archive_origin(&article.origin, archive, document, &arena, err);
    if (status != STATUS_OK)
        return status;
    strbuf_reset(record);
    record_write(&article, record);
    struct text line = strbuf_text(record);
    if (fwrite(line.ptr, 1, line.len, out) != line.len || putc('\n', out) < 0)
        return error_io(err, "write", "stdout");
    return STATUS_OK;
}

enum status dump_articles(const char *path, FILE *out, struct error *err)
{
    AUTO(archive) archive = NULL;
    enum status status = archive_open_articles(&archive, path, err);
    if (status != STATUS_OK)
        return status;
    AUTO(stored_walk) walk = NULL;
    AUTO_DONE(strbuf) record = STRBUF_INIT(RECORD_MAX);
    status = stored_walk_all(&walk, archive, err);
    while (status == STATUS_OK) {
        struct engine_document document;
        struct stored_facts facts;
        status = stored_walk_next(walk, &document, &facts, err);
        if (status == STATUS_OK)
            status = write_article(archive, document, &record, out, err);
    }
    if (status == STATUS_END && fflush(out) != 0)
        return error_io(err, "write", "stdout");
    return status == STATUS_END ? STATUS_OK : status;
}
