#include "indexer/segment/vocabulary_writer.h"

#include <assert.h>
#include <stdlib.h>

#include "common/atomic_file.h"
#include "common/mem.h"
#include "common/packed.h"
#include "common/text_change.h"
#include "common/vocabulary.h"
#include "indexer/segment/text_sort.h"

enum { ENTRY_MAX = 3 * TEXT_CHANGE_SIZE_MAX + PACKED_VARINT_MAX };

struct vocabulary_writer {
    const struct vocabulary_request *request;
    struct atomic_file *file;
    struct text_key *words; /* lexemes' numbers by entry */
    struct text_key *stems; /* rows of the table by stem: twice the entry, 1
                               more for alt_stem */
    size_t stem_count;
    uint64_t *blocks; /* offset of each */
    size_t block_count;
};

static void vocabulary_writer_done(struct vocabulary_writer *w)
{
    atomic_file_free(w->file);
    free(w->words);
    free(w->stems);
    free(w->blocks);
}
DEFINE_AUTO_DONE(vocabulary_writer);

static const struct lexeme *lexeme_of(const struct vocabulary_writer *w,
                                      uint32_t number)
{
    return w->request->lexeme(w->request->context, number);
}

static const struct lexeme *lexeme_at(const struct vocabulary_writer *w,
                                      uint32_t entry)
{
    return lexeme_of(w, w->words[entry].item);
}

static int compare_words(uint32_t one, uint32_t other, const void *context)
{
    const struct lexeme *a = lexeme_of(context, one);
    const struct lexeme *b = lexeme_of(context, other);
    int order = text_compare(a->word, b->word);
    if (order == 0)
        order = text_compare(a->stem, b->stem);
    if (order == 0)
        order = text_compare(a->alt_stem, b->alt_stem);
    return order;
}

static struct text row_text(const struct vocabulary_writer *w, uint32_t row)
{
    const struct lexeme *lexeme = lexeme_at(w, row / 2);
    return row & 1 ? lexeme->alt_stem : lexeme->stem;
}

static int compare_stems(uint32_t one, uint32_t other, const void *context)
{
    return text_compare(row_text(context, one), row_text(context, other));
}

static enum status gather_words(struct vocabulary_writer *w, struct error *err)
{
    const struct vocabulary_request *request = w->request;
    w->words = mem_zeroed(request->count, sizeof *w->words);
    for (uint32_t i = 0; i < request->count; i++) {
        const struct lexeme *lexeme = request->lexeme(request->context, i);
        assert(lexeme->number == i);
        if (lexeme->word.len > VOCABULARY_TEXT_MAX ||
            lexeme->stem.len > VOCABULARY_TEXT_MAX ||
            lexeme->alt_stem.len > VOCABULARY_TEXT_MAX)
            return error_set(err, STATUS_INTERNAL,
                             "a word of '%s' is longer than %d bytes",
                             request->path, VOCABULARY_TEXT_MAX);
        w->words[i] = (struct text_key){text_sort_first(lexeme->word), i};
    }
    text_sort(w->words, request->count, compare_words, w);
    return STATUS_OK;
}

static void gather_stems(struct vocabulary_writer *w)
{
    size_t capacity = 0;
    for (uint32_t row = 0; row < 2 * w->request->count; row++) {
        const struct text stem = row_text(w, row);
        if (stem.len == 0 || text_equal(stem, lexeme_at(w, row / 2)->word))
            continue;
        MEM_GROW(w->stems, w->stem_count, capacity);
        w->stems[w->stem_count++] =
            (struct text_key){text_sort_first(stem), row};
    }
    text_sort(w->stems, w->stem_count, compare_stems, w);
}

/* --- the entries -------------------------------------------------------- */

static enum vocabulary_stems stems_of(const struct lexeme *lexeme)
{
    if (lexeme->alt_stem.len > 0)
        return VOCABULARY_STEM_TWO;
    if (lexeme->stem.len == 0)
        return VOCABULARY_STEM_NONE;
    return text_equal(lexeme->stem, lexeme->word) ? VOCABULARY_STEM_SAME
                                                  : VOCABULARY_STEM_ONE;
}

static uint32_t id_of(const struct vocabulary_request *r,
                      const struct lexeme *lexeme)
{
    return r->ids ? r->ids[lexeme->number] : lexeme->number;
}

static uint8_t *put_entry(uint8_t *at, struct text before,
                          const struct lexeme *lexeme, uint32_t id)
{
    const enum vocabulary_stems stems = stems_of(lexeme);
    at = text_change_put(at, before, lexeme->word);
    at = packed_put_varint(at, (uint64_t)id << 2 | stems);
    if (stems >= VOCABULARY_STEM_ONE)
        at = text_change_put(at, lexeme->word, lexeme->stem);
    if (stems == VOCABULARY_STEM_TWO)
        at = text_change_put(at, lexeme->word, lexeme->alt_stem);
    return at;
}

static void write_entries(struct vocabulary_writer *w)
{
    const uint32_t count = w->request->count;
    uint8_t block[VOCABULARY_BLOCK * ENTRY_MAX];
    w->blocks = mem_zeroed(count / VOCABULARY_BLOCK + 1, sizeof *w->blocks);
    for (uint32_t i = 0; i < count;) {
        w->blocks[w->block_count++] = atomic_file_size(w->file);
        uint8_t *at = block;
        struct text before = {NULL, 0};
        do {
            const struct lexeme *lexeme = lexeme_at(w, i);
            at = put_entry(at, before, lexeme, id_of(w->request, lexeme));
            before = lexeme->word;
        } while (++i < count && i % VOCABULARY_BLOCK != 0);
        atomic_file_write(w->file,
                          text_make((char *)block, (size_t)(at - block)));
    }
}

/* --- the tables --------------------------------------------------------- */

static void write_tables(struct vocabulary_writer *w)
{
    const uint32_t count = w->request->count;
    const unsigned stem_width = packed_width(2 * (uint64_t)count);
    const unsigned id_width = packed_width(count);
    const uint64_t from = atomic_file_size(w->file);
    const size_t block_size = w->block_count * VOCABULARY_OFFSET_SIZE;
    const size_t stem_size = w->stem_count * stem_width;
    const size_t size = block_size + stem_size + (size_t)count * id_width +
                        VOCABULARY_TRAILER_SIZE;
    uint8_t *const tables = mem_zeroed(size, 1);
    uint8_t *at = tables;
    for (size_t i = 0; i < w->block_count; i++, at += VOCABULARY_OFFSET_SIZE)
        packed_put_fixed(at, VOCABULARY_OFFSET_SIZE, w->blocks[i]);
    for (size_t i = 0; i < w->stem_count; i++, at += stem_width)
        packed_put_fixed(at, stem_width, w->stems[i].item);
    for (uint32_t i = 0; i < count; i++) {
        const size_t id = id_of(w->request, lexeme_at(w, i));
        packed_put_fixed(at + id * id_width, id_width, i);
    }
    at += (size_t)count * id_width;
    packed_put_fixed(at, 4, count);
    packed_put_fixed(at + 4, 4, w->stem_count);
    packed_put_fixed(at + 8, 8, from);
    atomic_file_write(w->file, text_make((char *)tables, size));
    free(tables);
}

enum status vocabulary_writer_save(const struct vocabulary_request *request,
                                   struct manifest_file *out, struct error *err)
{
    AUTO_DONE(vocabulary_writer) w = {.request = request};
    enum status status = atomic_file_new(&w.file, request->path, err);
    if (status == STATUS_OK)
        status = gather_words(&w, err);
    if (status != STATUS_OK)
        return status;
    gather_stems(&w);
    atomic_file_write(w.file,
                      text_make(VOCABULARY_HEADER, VOCABULARY_HEADER_SIZE));
    write_entries(&w);
    write_tables(&w);
    status = atomic_file_commit(w.file, err);
    if (status != STATUS_OK)
        return status;
    out->size = atomic_file_size(w.file);
    out->digest = atomic_file_digest(w.file);
    return STATUS_OK;
}
