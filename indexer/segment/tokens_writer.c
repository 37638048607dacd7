#include "indexer/segment/tokens_writer.h"

#include <assert.h>
#include <stdlib.h>

#include "common/atomic_file.h"
#include "common/mem.h"
#include "common/packed.h"
#include "common/tokens.h"

enum {
    BUFFER_SIZE = 32 << 10,
    TOKEN_MAX = 4 + 2 * PACKED_VARINT_MAX /* marks, span, word */
};

struct tokens_writer {
    struct atomic_file *file;
    uint64_t article_start; /* its offset in the file */
    uint32_t *lengths;      /* of the articles before, in bytes */
    size_t articles, capacity;
    bool in_article;
    bool in_body, body_marked;
    uint32_t field_tokens;    /* since the title's or body's beginning */
    uint32_t field_positions; /* that they took */
    size_t used;
    uint8_t buffer[BUFFER_SIZE];
};

static void flush(struct tokens_writer *w)
{
    atomic_file_write(w->file, text_make((const char *)w->buffer, w->used));
    w->used = 0;
}

/* Room for `size` bytes, to be counted in `used`. */
static uint8_t *room(struct tokens_writer *w, size_t size)
{
    if (size > BUFFER_SIZE - w->used)
        flush(w);
    return w->buffer + w->used;
}

static void put_fixed(struct tokens_writer *w, unsigned width, uint64_t value)
{
    packed_put_fixed(room(w, width), width, value);
    w->used += width;
}

enum status tokens_writer_new(struct tokens_writer **out, const char *path,
                              struct error *err)
{
    AUTO(tokens_writer) w = mem_zeroed(1, sizeof *w);
    enum status status = atomic_file_new(&w->file, path, err);
    if (status != STATUS_OK)
        return status;
    atomic_file_write(w->file, text_make(TOKENS_HEADER, TOKENS_HEADER_SIZE));
    *out = TAKE(w);
    return STATUS_OK;
}

void tokens_writer_free(struct tokens_writer *w)
{
    if (!w)
        return;
    atomic_file_free(w->file);
    free(w->lengths);
    free(w);
}

static uint64_t offset_now(const struct tokens_writer *w)
{
    return atomic_file_size(w->file) + w->used;
}

static void end_article(struct tokens_writer *w)
{
    if (!w->in_article)
        return;
    const uint64_t length = offset_now(w) - w->article_start;
    assert(length <= TOKENS_ARTICLE_MAX);
    MEM_GROW(w->lengths, w->articles, w->capacity);
    w->lengths[w->articles++] = (uint32_t)length;
    w->in_article = false;
}

static void begin_field(struct tokens_writer *w)
{
    w->field_tokens = 0;
    w->field_positions = 0;
    w->body_marked = false;
}

void tokens_writer_article(struct tokens_writer *w)
{
    end_article(w);
    w->article_start = offset_now(w);
    w->in_article = true;
    w->in_body = false;
    begin_field(w);
}

void tokens_writer_body(struct tokens_writer *w)
{
    assert(w->in_article && !w->in_body);
    w->in_body = true;
    begin_field(w);
}

static uint8_t *put_marks(struct tokens_writer *w, uint8_t *at, unsigned marks)
{
    if (w->in_body && !w->body_marked) {
        *at++ = TOKENS_BODY;
        w->body_marked = true;
    }
    if (w->field_tokens > 0 && marks & TOKEN_PARAGRAPH)
        *at++ = TOKENS_PARAGRAPH;
    else if (w->field_tokens > 0 && marks & TOKEN_SENTENCE)
        *at++ = TOKENS_SENTENCE;
    if (marks & TOKEN_CAPS)
        *at++ = TOKENS_CAPS;
    return at;
}

void tokens_writer_add(struct tokens_writer *w, const struct token *token)
{
    assert(w->in_article);
    uint8_t *const from = room(w, TOKEN_MAX);
    uint8_t *at = put_marks(w, from, token->marks);
    if (token->marks & TOKEN_JOINED) {
        assert(token->span > 0 &&
               token->position + token->span == w->field_positions);
        *at++ = TOKENS_JOINED;
        at = packed_put_varint(at, token->span);
    } else {
        assert(token->span == 1 && token->position == w->field_positions);
        w->field_positions++;
    }
    at = packed_put_varint(at,
                           (uint64_t)token->lexeme->number + TOKENS_FIRST_WORD);
    w->used += (size_t)(at - from);
    w->field_tokens++;
}

enum status tokens_writer_finish(struct tokens_writer *w,
                                 struct manifest_file *out, struct error *err)
{
    end_article(w);
    const uint64_t table = offset_now(w);
    uint64_t offset = TOKENS_HEADER_SIZE;
    for (size_t i = 0; i < w->articles; i++) {
        put_fixed(w, TOKENS_OFFSET_SIZE, offset);
        offset += w->lengths[i];
    }
    put_fixed(w, TOKENS_OFFSET_SIZE, offset);
    put_fixed(w, 4, w->articles);
    put_fixed(w, 8, table);
    flush(w);
    enum status status = atomic_file_commit(w->file, err);
    if (status != STATUS_OK)
        return status;
    out->size = atomic_file_size(w->file);
    out->digest = atomic_file_digest(w->file);
    return STATUS_OK;
}
