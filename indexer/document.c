#include "indexer/document.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/arena.h"
#include "common/engine/engine.h"
#include "common/mem.h"
#include "common/record.h"
#include "common/strbuf.h"
#include "common/utf8.h"

enum {
    RECORD_MAX = 512 << 20,
    NAME_VALUE_MAX = 240,        /* bytes of a source kept as a value */
    FIELD_LEXICON_MAX = 16 << 20 /* bytes, before it starts afresh */
};

struct document_builder {
    struct analyzer
        *fields; /* for author, source, section: its stems are not used */
    struct arena arena; /* of the present article */
    struct strbuf record, scratch;
    struct word_count *words;
    size_t word_count, word_capacity;
    struct document_term *terms;
    size_t term_count, term_capacity;
    uint32_t body_words;
    struct document document;
};

enum status document_builder_new(struct document_builder **out,
                                 const char *language, struct error *err)
{
    AUTO(document_builder) b = mem_zeroed(1, sizeof *b);
    arena_init(&b->arena);
    strbuf_init(&b->record, RECORD_MAX);
    strbuf_init(&b->scratch, RECORD_MAX);
    enum status status = analyzer_new(&b->fields, language, err);
    if (status != STATUS_OK)
        return status;
    *out = TAKE(b);
    return STATUS_OK;
}

void document_builder_free(struct document_builder *b)
{
    if (!b)
        return;
    analyzer_free(b->fields);
    arena_done(&b->arena);
    strbuf_done(&b->record);
    strbuf_done(&b->scratch);
    free(b->words);
    free(b->terms);
    free(b);
}

void document_begin(struct document_builder *b)
{
    arena_reset(&b->arena);
    b->word_count = 0;
    b->term_count = 0;
    b->body_words = 0;
    b->document.deflated = text_make(NULL, 0);
    if (analyzer_memory(b->fields) > FIELD_LEXICON_MAX)
        analyzer_forget(b->fields);
}

/* What a lexeme has as its place may be of an earlier article. */
static struct word_count *count_of(struct document_builder *b,
                                   struct lexeme *lexeme)
{
    if (lexeme->place >= b->word_count ||
        b->words[lexeme->place].lexeme != lexeme) {
        MEM_GROW(b->words, b->word_count, b->word_capacity);
        lexeme->place = (uint32_t)b->word_count++;
        b->words[lexeme->place] =
            (struct word_count){.lexeme = lexeme, .number = lexeme->number};
    }
    return &b->words[lexeme->place];
}

void document_token(struct document_builder *b, const struct token *token,
                    enum document_part part)
{
    struct word_count *count = count_of(b, token->lexeme);
    count->total++;
    if (part == DOCUMENT_TITLE)
        count->title++;
    else if (!(token->marks & TOKEN_JOINED))
        b->body_words++;
    if (token->marks & TOKEN_CAPS)
        count->caps++;
}

/* Adds PREFIX + text, cut to what the engine takes; a repeated term adds to
 * its count. */
static void add_term(struct document_builder *b, const char *prefix,
                     struct text t, uint32_t count)
{
    size_t prefix_len = strlen(prefix);
    struct text rest = text_slice(t, 0, ENGINE_TERM_MAX - prefix_len);
    char *bytes = arena_alloc(&b->arena, prefix_len + rest.len);
    memcpy(bytes, prefix, prefix_len);
    if (rest.len > 0)
        memcpy(bytes + prefix_len, rest.ptr, rest.len);
    struct text term = text_make(bytes, prefix_len + rest.len);
    MEM_GROW(b->terms, b->term_count, b->term_capacity);
    b->terms[b->term_count++] = (struct document_term){term, count};
}

static void add_words(struct document_builder *b, enum field field,
                      struct text value)
{
    struct token token;
    analyzer_start(b->fields, value);
    while (analyzer_next(b->fields, &token))
        add_term(b, fields[field].prefix, token.lexeme->word, 1);
}

/* A name such as a source: by word, and as a whole behind PREFIX and ':'. */
static void add_name(struct document_builder *b, enum field field,
                     struct text value)
{
    if (value.len == 0)
        return;
    add_words(b, field, value);
    char prefix[32];
    snprintf(prefix, sizeof prefix, "%s:", fields[field].prefix);
    analyzer_fold_value(value, &b->scratch);
    add_term(b, prefix, strbuf_text(&b->scratch), 0);
}

static void add_exact(struct document_builder *b, enum field field,
                      struct text value)
{
    if (value.len == 0)
        return;
    analyzer_fold_value(value, &b->scratch);
    add_term(b, fields[field].prefix, strbuf_text(&b->scratch), 0);
}

static void add_dates(struct document_builder *b, timestamp published)
{
    if (published == TIMESTAMP_UNKNOWN) {
        add_term(b, TERM_UNDATED, text_make(NULL, 0), 0);
        return;
    }
    struct calendar c = timestamp_calendar(published);
    char digits[32];
    snprintf(digits, sizeof digits, "%04d%02d%02d", c.year, c.month, c.day);
    add_term(b, PREFIX_DAY, text_make(digits, 8), 0);
    add_term(b, PREFIX_MONTH, text_make(digits, 6), 0);
    add_term(b, PREFIX_YEAR, text_make(digits, 4), 0);
}

static int compare_terms(const void *a, const void *b)
{
    const struct document_term *x = a, *y = b;
    return text_compare(x->term, y->term);
}

static void unite_terms(struct document_builder *b)
{
    if (b->term_count == 0)
        return;
    qsort(b->terms, b->term_count, sizeof *b->terms, compare_terms);
    size_t kept = 0;
    for (size_t i = 1; i < b->term_count; i++) {
        if (text_equal(b->terms[kept].term, b->terms[i].term))
            b->terms[kept].count += b->terms[i].count;
        else
            b->terms[++kept] = b->terms[i];
    }
    b->term_count = kept + 1;
}

static void add_terms(struct document_builder *b, const struct article *a)
{
    for (size_t i = 0; i < a->author_count; i++)
        add_words(b, FIELD_AUTHOR, a->authors[i]);
    add_name(b, FIELD_SOURCE, a->source);
    add_name(b, FIELD_SECTION, a->section);
    add_exact(b, FIELD_LANGUAGE, a->language);
    for (size_t i = 0; i < a->tag_count; i++)
        add_exact(b, FIELD_TAG, a->tags[i]);
    record_id_term(a->id, &b->scratch);
    add_term(b, "", strbuf_text(&b->scratch), 0);
    if (a->url.len > 0)
        add_term(b, fields[FIELD_URL].prefix, a->url, 0);
    add_dates(b, a->published);
    unite_terms(b);
}

static void set_number(struct document_builder *b, enum slot slot,
                       double number)
{
    char *packed = arena_alloc(&b->arena, ENGINE_NUMBER_MAX);
    size_t len = engine_number_pack(number, packed);
    b->document.values[slot] = text_make(packed, len);
}

static void set_values(struct document_builder *b, const struct article *a,
                       const struct ingest *ingest,
                       const struct digest *content)
{
    memset(b->document.values, 0, sizeof b->document.values);
    if (a->published != TIMESTAMP_UNKNOWN)
        set_number(b, SLOT_PUBLISHED, (double)a->published);
    set_number(b, SLOT_WORDS, b->body_words);
    b->document.values[SLOT_SOURCE] = utf8_cut(a->source, NAME_VALUE_MAX);
    b->document.values[SLOT_SECTION] = utf8_cut(a->section, NAME_VALUE_MAX);
    b->document.values[SLOT_DIGEST] = arena_text(
        &b->arena, text_make((const char *)content->bytes, RECORD_DIGEST_SIZE));
    set_number(b, SLOT_SEQUENCE, (double)ingest->sequence);
    set_number(b, SLOT_FIRST_SEEN, (double)ingest->first_seen);
    if (ingest->last_changed != ingest->first_seen)
        set_number(b, SLOT_LAST_CHANGED, (double)ingest->last_changed);
    if (ingest->versions > 1)
        set_number(b, SLOT_VERSIONS, ingest->versions);
}

void document_deflated(struct document_builder *b, struct text deflated)
{
    b->document.deflated = deflated;
}

const struct document *document_end(struct document_builder *b,
                                    const struct article *article,
                                    const struct ingest *ingest,
                                    const struct digest *content)
{
    add_terms(b, article);
    set_values(b, article, ingest, content);
    strbuf_reset(&b->record);
    if (b->document.deflated.len == 0)
        record_write_stored(article, &b->record);
    b->document.words = b->words;
    b->document.word_count = b->word_count;
    b->document.terms = b->terms;
    b->document.term_count = b->term_count;
    b->document.data = strbuf_text(&b->record);
    return &b->document;
}
