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
#include <unistd.h>

#include "common/mapped_file.h"
#include "common/mem.h"
#include "common/packed.h"

enum {
    TRAILER_SIZE = 12,
    CACHE_LINE = 64,
    LINES_EXPECTED = 4,
    READS_MAX = 256,   /* articles; whoever asks for more has them mapped */
    READ_MAX = 1 << 16 /* bytes of one */
};

struct tokens {
    struct mapped_file file;
    int fd; /* of the file; -1 before it is open */
    uint32_t articles;
    const uint8_t *table;
    unsigned reads;
};

/* Without touching what is mapped. */
static bool read_bytes(const struct tokens *t, uint64_t from, void *out,
                       size_t size)
{
    return pread(t->fd, out, size, (off_t)from) == (ssize_t)size;
}

static bool read_layout(struct tokens *t)
{
    const size_t smallest =
        TOKENS_HEADER_SIZE + TOKENS_OFFSET_SIZE + TRAILER_SIZE;
    uint8_t header[TOKENS_HEADER_SIZE], trailer[TRAILER_SIZE];
    if (t->file.size < smallest || !read_bytes(t, 0, header, sizeof header) ||
        memcmp(header, TOKENS_HEADER, TOKENS_HEADER_SIZE) != 0)
        return false;
    const uint64_t content = t->file.size - TRAILER_SIZE;
    if (!read_bytes(t, content, trailer, sizeof trailer))
        return false;
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
    t->fd = -1;
    enum status status = mapped_file_open_kept(&t->file, &t->fd, path, err);
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
    if (t->fd >= 0)
        close(t->fd);
    mapped_file_done(&t->file);
    free(t);
}

uint32_t tokens_articles(const struct tokens *t)
{
    return t->articles;
}

/* Where in the file an article is, by its row of the table. */
struct extent {
    uint64_t from, to;
};

static bool get_extent(const struct tokens *t, const uint8_t *row,
                       struct extent *out)
{
    const uint64_t from = packed_get_fixed(row, TOKENS_OFFSET_SIZE);
    const uint64_t to =
        packed_get_fixed(row + TOKENS_OFFSET_SIZE, TOKENS_OFFSET_SIZE);
    const uint64_t table = (uint64_t)(t->table - t->file.data);
    *out = (struct extent){from, to};
    return from >= TOKENS_HEADER_SIZE && from <= to && to <= table &&
           to - from <= TOKENS_ARTICLE_MAX;
}

static struct token_cursor cursor_of(const uint8_t *from, uint64_t size)
{
    return (struct token_cursor){
        .at = from, .end = from + size, .next_position = 1, .field_start = 1};
}

bool tokens_article(const struct tokens *t, uint32_t docid,
                    struct token_cursor *out)
{
    struct extent place;
    if (docid == 0 || docid > t->articles ||
        !get_extent(t, t->table + (size_t)(docid - 1) * TOKENS_OFFSET_SIZE,
                    &place))
        return false;
    *out = cursor_of(t->file.data + place.from, place.to - place.from);
    return true;
}

bool tokens_read(struct tokens *t, uint32_t docid, struct arena *arena,
                 struct token_cursor *out)
{
    uint8_t row[2 * TOKENS_OFFSET_SIZE];
    const uint64_t table = (uint64_t)(t->table - t->file.data);
    struct extent place;
    if (t->reads == READS_MAX || docid == 0 || docid > t->articles ||
        !read_bytes(t, table + (uint64_t)(docid - 1) * TOKENS_OFFSET_SIZE, row,
                    sizeof row) ||
        !get_extent(t, row, &place) || place.to - place.from > READ_MAX)
        return tokens_article(t, docid, out);
    const size_t size = (size_t)(place.to - place.from);
    uint8_t *bytes = arena_alloc(arena, size);
    if (!read_bytes(t, place.from, bytes, size))
        return tokens_article(t, docid, out);
    t->reads++;
    *out = cursor_of(bytes, size);
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
