/* Format of the file `vocabulary`, version 1. Fixed numbers are little-endian.
 *
 *     header    the 16 bytes "morgue vocab 1\n\n"
 *     entries   sorted by word, stem, alt_stem; in blocks of 16
 *     blocks    for each block the offset of its first entry in the file: 5
 *               bytes each
 *     by stem   rows of `packed_width(2 * entries)` bytes, sorted by the text
 *               they stand for and then by entry: 2 * entry for its stem,
 *               2 * entry + 1 for its alt_stem; none for the empty text and
 *               for one that is the entry's word
 *     by id     for each id its entry, `packed_width(entries)` bytes
 *     trailer   entries (4), rows by stem (4), offset of the blocks (8)
 *
 * An entry is its word as a change (text_change.h) of the word before (of the
 * empty one, in a block's first), then the varint 4 * id + enum
 * vocabulary_stems, then the stem and the alt_stem, as far as that says so,
 * each as a change of the word. */
#include "common/vocabulary.h"

#include <stdlib.h>
#include <string.h>

#include "common/mapped_file.h"
#include "common/mem.h"
#include "common/packed.h"
#include "common/text_change.h"

struct vocabulary {
    struct mapped_file file;
    uint32_t entries, blocks, stem_rows;
    unsigned stem_width, id_width;
    const uint8_t *block_table, *stem_table, *id_table;
};

/* Reads entries one after the other; the stems only of those of which they are
 * asked for. `now` and `stems` are of the last read. */
struct walk {
    const struct vocabulary *v;
    uint32_t next; /* number of the entry that `changes` stands before */
    struct text_changes changes;
    struct vocabulary_entry *now;
    enum vocabulary_stems stems;
    bool before_stems; /* `changes` stands before these stems */
};

static bool read_layout(struct vocabulary *v)
{
    const uint64_t size = v->file.size;
    if (size < VOCABULARY_HEADER_SIZE + VOCABULARY_TRAILER_SIZE ||
        memcmp(v->file.data, VOCABULARY_HEADER, VOCABULARY_HEADER_SIZE) != 0)
        return false;
    const uint64_t content = size - VOCABULARY_TRAILER_SIZE;
    const uint8_t *trailer = v->file.data + content;
    v->entries = (uint32_t)packed_get_fixed(trailer, 4);
    v->stem_rows = (uint32_t)packed_get_fixed(trailer + 4, 4);
    v->blocks =
        v->entries / VOCABULARY_BLOCK + (v->entries % VOCABULARY_BLOCK != 0);
    v->stem_width = packed_width(2 * (uint64_t)v->entries);
    v->id_width = packed_width(v->entries);
    const uint64_t table = packed_get_fixed(trailer + 8, 8);
    const uint64_t block_size = (uint64_t)v->blocks * VOCABULARY_OFFSET_SIZE;
    const uint64_t stem_size = (uint64_t)v->stem_rows * v->stem_width;
    const uint64_t id_size = (uint64_t)v->entries * v->id_width;
    if (table < VOCABULARY_HEADER_SIZE || table > content ||
        content - table != block_size + stem_size + id_size)
        return false;
    v->block_table = v->file.data + table;
    v->stem_table = v->block_table + block_size;
    v->id_table = v->stem_table + stem_size;
    return true;
}

enum status vocabulary_open(struct vocabulary **out, const char *path,
                            struct error *err)
{
    AUTO(vocabulary) v = mem_zeroed(1, sizeof *v);
    enum status status = mapped_file_open(&v->file, path, err);
    if (status != STATUS_OK)
        return status;
    if (!read_layout(v))
        return error_set(err, STATUS_CORRUPT, "'%s' is no vocabulary", path);
    *out = TAKE(v);
    return STATUS_OK;
}

void vocabulary_free(struct vocabulary *v)
{
    if (!v)
        return;
    mapped_file_done(&v->file);
    free(v);
}

uint32_t vocabulary_count(const struct vocabulary *v)
{
    return v->entries;
}

/* --- decoding ----------------------------------------------------------- */

static bool skip_stems(struct walk *w)
{
    switch (w->stems) {
    case VOCABULARY_STEM_SAME:
    case VOCABULARY_STEM_NONE:
        return true;
    case VOCABULARY_STEM_ONE:
        return text_change_skip(&w->changes);
    case VOCABULARY_STEM_TWO:
        return text_change_skip(&w->changes) && text_change_skip(&w->changes);
    }
    return false;
}

static bool read_stem(struct walk *w, char *stem, size_t *len)
{
    memcpy(stem, w->now->word, w->now->word_len);
    return text_change_read(&w->changes, stem, w->now->word_len, len);
}

/* Those of the last entry; once. */
static bool read_stems(struct walk *w)
{
    struct vocabulary_entry *e = w->now;
    w->before_stems = false;
    e->stem_len = 0;
    e->alt_stem_len = 0;
    switch (w->stems) {
    case VOCABULARY_STEM_SAME:
        memcpy(e->stem, e->word, e->word_len);
        e->stem_len = e->word_len;
        return true;
    case VOCABULARY_STEM_NONE:
        return true;
    case VOCABULARY_STEM_ONE:
        return read_stem(w, e->stem, &e->stem_len);
    case VOCABULARY_STEM_TWO:
        return read_stem(w, e->stem, &e->stem_len) &&
               read_stem(w, e->alt_stem, &e->alt_stem_len);
    }
    return false;
}

/* To the first entry of a block, which must exist. */
static bool walk_to_block(struct walk *w, uint32_t block)
{
    const struct vocabulary *v = w->v;
    const uint64_t table = (uint64_t)(v->block_table - v->file.data);
    const uint8_t *row =
        v->block_table + (size_t)block * VOCABULARY_OFFSET_SIZE;
    const uint64_t from = packed_get_fixed(row, VOCABULARY_OFFSET_SIZE);
    const uint64_t to = block + 1 < v->blocks
                            ? packed_get_fixed(row + VOCABULARY_OFFSET_SIZE,
                                               VOCABULARY_OFFSET_SIZE)
                            : table;
    if (from < VOCABULARY_HEADER_SIZE || from > to || to > table)
        return false;
    w->changes = (struct text_changes){v->file.data + from, v->file.data + to};
    w->next = block * VOCABULARY_BLOCK;
    w->now->word_len = 0;
    w->before_stems = false;
    return true;
}

/* Reads the next entry but its stems. False behind the last entry and at
 * damage. */
static bool walk_next_word(struct walk *w)
{
    if (w->next >= w->v->entries)
        return false;
    if (w->next % VOCABULARY_BLOCK == 0) {
        if (!walk_to_block(w, w->next / VOCABULARY_BLOCK))
            return false;
    } else if (w->before_stems && !skip_stems(w)) {
        return false;
    }
    struct vocabulary_entry *e = w->now;
    uint64_t id;
    if (!text_change_read(&w->changes, e->word, e->word_len, &e->word_len) ||
        !packed_get_varint(&w->changes.at, w->changes.end, &id) ||
        id >> 2 >= w->v->entries)
        return false;
    e->id = (uint32_t)(id >> 2);
    w->stems = (enum vocabulary_stems)(id & 3);
    w->before_stems = true;
    w->next++;
    return true;
}

static bool walk_next(struct walk *w)
{
    return walk_next_word(w) && read_stems(w);
}

bool vocabulary_entry(const struct vocabulary *v, uint32_t entry,
                      struct vocabulary_entry *out)
{
    if (entry >= v->entries)
        return false;
    struct walk walk = {
        .v = v, .next = entry - entry % VOCABULARY_BLOCK, .now = out};
    while (walk.next <= entry)
        if (!walk_next_word(&walk))
            return false;
    return read_stems(&walk);
}

bool vocabulary_by_id(const struct vocabulary *v, uint32_t id,
                      struct vocabulary_entry *out)
{
    if (id >= v->entries)
        return false;
    const uint8_t *row = v->id_table + (size_t)id * v->id_width;
    return vocabulary_entry(v, (uint32_t)packed_get_fixed(row, v->id_width),
                            out);
}

/* --- searching ---------------------------------------------------------- */

static struct text entry_word(const struct vocabulary_entry *e)
{
    return text_make(e->word, e->word_len);
}

/* Reads up to the first entry whose word is not before `word`. */
static bool walk_to_word(struct walk *w, struct text word)
{
    uint32_t low = 0, high = w->v->blocks;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        w->next = middle * VOCABULARY_BLOCK;
        if (!walk_next_word(w))
            return false;
        if (text_compare(entry_word(w->now), word) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    w->next = low > 0 ? (low - 1) * VOCABULARY_BLOCK : 0;
    while (walk_next_word(w))
        if (text_compare(entry_word(w->now), word) >= 0)
            return read_stems(w);
    return false;
}

void vocabulary_word(const struct vocabulary *v, struct text word,
                     vocabulary_fn *on_entry, void *context)
{
    struct vocabulary_entry entry;
    struct walk walk = {.v = v, .now = &entry};
    bool more = walk_to_word(&walk, word);
    while (more && text_equal(entry_word(&entry), word))
        more = on_entry(context, &entry) && walk_next(&walk);
}

void vocabulary_prefix(const struct vocabulary *v, struct text prefix,
                       vocabulary_fn *on_entry, void *context)
{
    struct vocabulary_entry entry;
    struct walk walk = {.v = v, .now = &entry};
    bool more = walk_to_word(&walk, prefix);
    while (more && text_starts_with(entry_word(&entry), prefix))
        more = on_entry(context, &entry) && walk_next(&walk);
}

/* Reads the entry of a row of the table by stem; `*stem` is what it stands for,
 * borrowed from `out`. */
static bool read_stem_row(const struct vocabulary *v, uint32_t row,
                          struct vocabulary_entry *out, struct text *stem)
{
    if (row >= v->stem_rows)
        return false;
    const uint64_t value = packed_get_fixed(
        v->stem_table + (size_t)row * v->stem_width, v->stem_width);
    if (value >> 1 >= v->entries ||
        !vocabulary_entry(v, (uint32_t)(value >> 1), out))
        return false;
    *stem = value & 1 ? text_make(out->alt_stem, out->alt_stem_len)
                      : text_make(out->stem, out->stem_len);
    return true;
}

/* The first row that does not stand for a text before `stem`. */
static uint32_t first_stem_row(const struct vocabulary *v, struct text stem)
{
    struct vocabulary_entry entry;
    uint32_t low = 0, high = v->stem_rows;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        struct text found;
        if (!read_stem_row(v, middle, &entry, &found))
            return v->stem_rows;
        if (text_compare(found, stem) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The entries whose word is the stem itself; false if the callback said so. */
static bool own_stems(const struct vocabulary *v, struct text stem,
                      vocabulary_fn *on_entry, void *context)
{
    struct vocabulary_entry entry;
    struct walk walk = {.v = v, .now = &entry};
    bool more = walk_to_word(&walk, stem);
    while (more && text_equal(entry_word(&entry), stem)) {
        const bool is_stem =
            text_equal(text_make(entry.stem, entry.stem_len), stem) ||
            text_equal(text_make(entry.alt_stem, entry.alt_stem_len), stem);
        if (is_stem && !on_entry(context, &entry))
            return false;
        more = walk_next(&walk);
    }
    return true;
}

/* Rows stand for texts that are not their entry's word, so that the entries
 * whose word is the stem itself come between two of them. */
void vocabulary_stem(const struct vocabulary *v, struct text stem,
                     vocabulary_fn *on_entry, void *context)
{
    if (stem.len == 0)
        return;
    bool own_done = false;
    struct vocabulary_entry entry;
    struct text found;
    uint32_t row = first_stem_row(v, stem);
    while (read_stem_row(v, row, &entry, &found) && text_equal(found, stem)) {
        if (!own_done && text_compare(entry_word(&entry), stem) > 0) {
            own_done = true;
            if (!own_stems(v, stem, on_entry, context))
                return;
        }
        if (!on_entry(context, &entry))
            return;
        row++;
    }
    if (!own_done)
        own_stems(v, stem, on_entry, context);
}
