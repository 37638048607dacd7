/* Format of the file `tokens`, version 1. All fixed numbers are little-endian.
 *
 *     header    the 16 bytes "morgue tokens 1\n"
 *     articles  the codes of each, in docid order, nothing between
 *     table     for each article the offset of its first code in the file,
 *               then the end of the last one: 5 bytes each
 *     trailer   number of articles (4 bytes), offset of the table (8)
 *
 * A code is a varint: a mark of enum token_code, or TOKENS_FIRST_WORD + the id
 * of a word. Marks belong to the next word and precede it in any order, but
 * TOKENS_JOINED and its span, a varint that is no code, come last. The first
 * word of the title and of the body begin a sentence and a paragraph without a
 * mark, and TOKENS_PARAGRAPH begins a sentence as well. */
#include "common/tokens.h"

#include <stdlib.h>
#include <string.h>

#include "common/mapped_file.h"
#include "common/mem.h"
#include "common/packed.h"

enum { TRAILER_SIZE = 12, CACHE_LINE = 64, LINES_EXPECTED = 4 };

struct tokens {
    struct mapped_file file;
    uint32_t articles;
    const uint8_t *table;
};

static bool read_layout(struct tokens *t)
{
    const size_t smallest =
        TOKENS_HEADER_SIZE + TOKENS_OFFSET_SIZE + TRAILER_SIZE;
    if (t->file.size < smallest ||
        memcmp(t->file.data, TOKENS_HEADER, TOKENS_HEADER_SIZE) != 0)
        return false;
    const uint64_t content = t->file.size - TRAILER_SIZE;
    const uint8_t *trailer = t->file.data + content;
    t->articles = (uint32_t)packed_get_fixed(trailer, 4);
    const uint64_t table = packed_get_fixed(trailer + 4, 8);
    const uint64_t table_size =
        ((uint64_t)t->articles + 1) * TOKENS_OFFSET_SIZE;
    if (table < TOKENS_HEADER_SIZE || table > content ||
        content - table != table_size)
        return false;
    t->table = t->file.data + table;
    return true;
}

enum status tokens_open(struct tokens **out, const char *path,
                        struct error *err)
{
    AUTO(tokens) t = mem_zeroed(1, sizeof *t);
    enum status status = mapped_file_open(&t->file, path, err);
    if (status != STATUS_OK)
        return status;
    if (!read_layout(t))
        return error_set(err, STATUS_CORRUPT, "'%s' is no token stream", path);
    *out = TAKE(t);
    return STATUS_OK;
}

void tokens_free(struct tokens *t)
{
    if (!t)
        return;
    mapped_file_done(&t->file);
    free(t);
}

uint32_t tokens_articles(const struct tokens *t)
{
    return t->articles;
}

bool tokens_article(const struct tokens *t, uint32_t docid,
                    struct token_cursor *out)
{
    if (docid == 0 || docid > t->articles)
        return false;
    const uint8_t *row = t->table + (size_t)(docid - 1) * TOKENS_OFFSET_SIZE;
    const uint64_t from = packed_get_fixed(row, TOKENS_OFFSET_SIZE);
    const uint64_t to =
        packed_get_fixed(row + TOKENS_OFFSET_SIZE, TOKENS_OFFSET_SIZE);
    const uint64_t table = (uint64_t)(t->table - t->file.data);
    if (from < TOKENS_HEADER_SIZE || from > to || to > table ||
        to - from > TOKENS_ARTICLE_MAX)
        return false;
    *out = (struct token_cursor){.at = t->file.data + from,
                                 .end = t->file.data + to,
                                 .next_position = 1,
                                 .field_start = 1};
    return true;
}

void tokens_expect(const struct tokens *t, uint32_t docid)
{
    struct token_cursor article;
    if (!tokens_article(t, docid, &article))
        return;
    for (size_t line = 0; line < LINES_EXPECTED; line++)
        if (article.at + line * CACHE_LINE < article.end)
            __builtin_prefetch(article.at + line * CACHE_LINE);
}

/* Adds what a mark says to the word that it precedes; false if it cannot stand
 * there. */
static bool take_mark(struct token_cursor *c, struct stream_word *word,
                      uint64_t code)
{
    uint64_t span;
    switch (code) {
    case TOKENS_SENTENCE:
        word->sentence += c->started;
        return true;
    case TOKENS_PARAGRAPH:
        word->sentence += c->started;
        word->paragraph += c->started;
        return true;
    case TOKENS_BODY:
        if (word->body)
            return false;
        word->body = true;
        word->sentence += c->started;
        word->paragraph += c->started;
        c->next_position += TOKENS_GAP;
        c->field_start = c->next_position;
        return true;
    case TOKENS_CAPS:
        word->caps = true;
        return true;
    case TOKENS_JOINED:
        if (!packed_get_varint(&c->at, c->end, &span) || span == 0 ||
            span > c->next_position - c->field_start)
            return false;
        word->span = (uint32_t)span;
        return true;
    default:
        return false;
    }
}

bool token_cursor_next(struct token_cursor *cursor, struct stream_word *out)
{
    struct token_cursor c = *cursor;
    struct stream_word word = c.last;
    word.span = 0;
    word.caps = false;
    uint64_t code;
    do {
        if (!packed_get_varint(&c.at, c.end, &code))
            return false;
    } while (code < TOKENS_FIRST_WORD && word.span == 0 &&
             take_mark(&c, &word, code));
    if (code < TOKENS_FIRST_WORD || code - TOKENS_FIRST_WORD > UINT32_MAX)
        return false;
    word.id = (uint32_t)(code - TOKENS_FIRST_WORD);
    if (word.span == 0) {
        word.span = 1;
        word.position = c.next_position++;
    } else {
        word.position = c.next_position - word.span;
    }
    c.started = true;
    c.last = word;
    *cursor = c;
    *out = word;
    return true;
}
