#include "tests/fuzz/fuzz_reader.h"

#include <stdlib.h>

#include "common/utf16.h"
#include "common/utf8.h"
#include "indexer/reader.h"

enum { ARTICLE_MAX = 65536, NEWEST = 2000000000 };

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void check_text(struct text t)
{
    check(utf8_valid_length(t) == t.len);
    for (size_t i = 0; i < t.len; i++)
        check((unsigned char)t.ptr[i] >= 0x20 || t.ptr[i] == '\n' ||
              t.ptr[i] == '\t');
}

static void check_article(const struct article *a)
{
    check(a->title.len > 0 || a->body.len > 0);
    check(a->published == TIMESTAMP_UNKNOWN || a->published <= NEWEST);
    const struct text texts[] = {a->id,      a->url,      a->title, a->source,
                                 a->section, a->language, a->body};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        check_text(texts[i]);
    for (size_t i = 0; i < a->author_count; i++)
        check_text(a->authors[i]);
    for (size_t i = 0; i < a->tag_count; i++)
        check_text(a->tags[i]);
}

int fuzz_reading(const struct fuzz_reading *how, const uint8_t *data,
                 size_t size)
{
    struct error err = ERROR_NONE;
    AUTO_DONE(arena) arena = ARENA_INIT;
    AUTO(reader) reader = NULL;
    struct text bytes = text_make((const char *)data, size);
    enum status status =
        reader_open_input(&reader, input_from_memory(bytes, "fuzz"),
                          reader_format_by_name(how->format), &err);
    check(status == STATUS_OK);
    reader->limits.article = how->article_max ? how->article_max : ARTICLE_MAX;
    reader->newest = NEWEST;
    bool decoded = (size >= 2 && data[0] == 0x1f && data[1] == 0x8b) ||
                   utf16_order_of(bytes) != UTF16_NONE;
    struct article article;
    while ((status = reader_next(reader, &arena, &article, &err)) !=
           STATUS_END) {
        check(status == STATUS_OK || status == STATUS_SOURCE);
        check(status == STATUS_OK || reader->reject_reason);
        check(!how->has_places || decoded || reader->reject.offset <= size);
        if (status == STATUS_OK)
            check_article(&article);
        arena_reset(&arena);
    }
    return 0;
}

int fuzz_reader(const char *format, const uint8_t *data, size_t size)
{
    return fuzz_reading(&(struct fuzz_reading){.format = format}, data, size);
}
