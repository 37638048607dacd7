#include "indexer/segment/tokens_writer.h"

#include <assert.h>
#include <stdlib.h>

#include "common/atomic_file.h"
#include "common/mem.h"
#include "common/packed.h"
#include "common/strbuf.h"
#include "common/tokens.h"
#include "indexer/segment/word_ids.h"

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
    struct word_ids ids;      /* all zeros until the sample is complete */
    uint32_t number_count;    /* of lexemes in the sample */
    bool sampling;
    struct strbuf sample; /* codes, numbers in the place of ids */
    size_t used;
    uint8_t buffer[BUFFER_SIZE]; /* of the file, or of the sample */
};

static void flush(struct tokens_writer *w)
{
    struct text bytes = text_make((const char *)w->buffer, w->used);
    if (w->sampling)
        strbuf_append(&w->sample, bytes);
    else
        atomic_file_write(w->file, bytes);
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
    strbuf_init(&w->sample, TOKENS_SAMPLE + (size_t)TOKENS_ARTICLE_MAX);
    w->sampling = true;
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
    strbuf_done(&w->sample);
    word_ids_done(&w->ids);
    free(w->lengths);
    free(w);
}

static uint64_t offset_now(const struct tokens_writer *w)
{
    return atomic_file_size(w->file) + w->sample.len + w->used;
}

/* --- the sample ----------------------------------------------------------- */

/* A code, and what follows it that is none: the span of a joined word. */
struct unit {
    uint64_t code, span;
};

static bool next_unit(const uint8_t **at, const uint8_t *end, struct unit *out)
{
    return packed_get_varint(at, end, &out->code) &&
           (out->code != TOKENS_JOINED ||
            packed_get_varint(at, end, &out->span));
}

static void rank_words(struct tokens_writer *w)
{
    uint32_t *counts = mem_zeroed(w->number_count, sizeof *counts);
    const uint8_t *at = (const uint8_t *)w->sample.ptr;
    struct unit u;
    for (const uint8_t *end = at + w->sample.len; next_unit(&at, end, &u);)
        if (u.code >= TOKENS_FIRST_WORD)
            counts[u.code - TOKENS_FIRST_WORD]++;
    word_ids_rank(&w->ids, counts, w->number_count);
    free(counts);
}

static void put_unit(struct tokens_writer *w, struct unit u)
{
    uint8_t *const from = room(w, TOKEN_MAX);
    if (u.code >= TOKENS_FIRST_WORD)
        u.code = TOKENS_FIRST_WORD +
                 (uint64_t)word_ids_get(&w->ids,
                                        (uint32_t)(u.code - TOKENS_FIRST_WORD));
    uint8_t *at = packed_put_varint(from, u.code);
    if (u.code == TOKENS_JOINED)
        at = packed_put_varint(at, u.span);
    w->used += (size_t)(at - from);
}

/* Writes the articles of the sample, which are complete. */
static void end_sample(struct tokens_writer *w)
{
    struct unit u;
    flush(w);
    rank_words(w);
    w->sampling = false;
    struct strbuf sample = w->sample;
    strbuf_init(&w->sample, 0);
    const uint8_t *at = (const uint8_t *)sample.ptr;
    for (size_t i = 0; i < w->articles; i++) {
        const uint64_t from = offset_now(w);
        for (const uint8_t *end = at + w->lengths[i]; next_unit(&at, end, &u);)
            put_unit(w, u);
        w->lengths[i] = (uint32_t)(offset_now(w) - from);
    }
    strbuf_done(&sample);
}

/* --- articles ------------------------------------------------------------- */

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
    if (w->sampling && w->sample.len >= TOKENS_SAMPLE)
        end_sample(w);
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
    const uint32_t number = token->lexeme->number;
    if (w->sampling && number >= w->number_count)
        w->number_count = number + 1;
    at = packed_put_varint(at, TOKENS_FIRST_WORD +
                                   (uint64_t)word_ids_get(&w->ids, number));
    w->used += (size_t)(at - from);
    w->field_tokens++;
}

enum status tokens_writer_finish(struct tokens_writer *w,
                                 struct manifest_file *out, struct error *err)
{
    end_article(w);
    if (w->sampling)
        end_sample(w);
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

uint32_t tokens_writer_id(const struct tokens_writer *w, uint32_t number)
{
    return word_ids_get(&w->ids, number);
}
