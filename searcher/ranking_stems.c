#include "searcher/ranking_stems.h"

#include <assert.h>
#include <stdlib.h>

#include "common/arena.h"
#include "common/mem.h"
#include "searcher/id_map.h"
#include "searcher/stopwords.h"

enum { FIRST_SLOTS = 1 << 12 };

struct known {
    struct ranking_stem stem;
    uint64_t hash;
};

struct ranking_stems {
    const struct archive *archive;
    struct stopwords stopwords;
    struct arena arena;
    struct id_map *words; /* a segment's each: number of the stem, plus 1 */
    size_t segment_count;
    struct known *known;
    size_t known_count, known_capacity;
    uint64_t *notes; /* a known stem's each; together they fit the caches */
    size_t note_capacity;
    uint32_t *slots; /* open addressing: numbers plus 1 */
    size_t slot_count;
    uint32_t last_note;
};

/* --- from a text to its number -------------------------------------------- */

static uint64_t hash_of(const struct matcher *m)
{
    uint64_t hash = (uint64_t)m->kind;
    for (size_t i = 0; i < m->text.len; i++)
        hash = (hash ^ (unsigned char)m->text.ptr[i]) * UINT64_C(0x100000001b3);
    return hash ^ hash >> 32;
}

static void widen(struct ranking_stems *s)
{
    free(s->slots);
    s->slot_count *= 2;
    s->slots = mem_zeroed(s->slot_count, sizeof *s->slots);
    for (size_t i = 0; i < s->known_count; i++) {
        size_t at = s->known[i].hash & (s->slot_count - 1);
        while (s->slots[at] != 0)
            at = (at + 1) & (s->slot_count - 1);
        s->slots[at] = (uint32_t)i + 1;
    }
}

static uint32_t number_of(struct ranking_stems *s, struct matcher m,
                          struct text form)
{
    const uint64_t hash = hash_of(&m);
    if (2 * s->known_count >= s->slot_count)
        widen(s);
    size_t at = hash & (s->slot_count - 1);
    for (; s->slots[at] != 0; at = (at + 1) & (s->slot_count - 1)) {
        const struct known *k = &s->known[s->slots[at] - 1];
        if (k->hash == hash && k->stem.matcher.kind == m.kind &&
            text_equal(k->stem.matcher.text, m.text))
            return s->slots[at] - 1;
    }
    m.text = arena_text(&s->arena, m.text);
    MEM_GROW(s->known, s->known_count, s->known_capacity);
    s->known[s->known_count] =
        (struct known){.stem = {m, arena_text(&s->arena, form)}, .hash = hash};
    MEM_GROW(s->notes, s->known_count, s->note_capacity);
    s->notes[s->known_count] = 0;
    s->slots[at] = (uint32_t)++s->known_count;
    return (uint32_t)s->known_count - 1;
}

/* --- life cycle ----------------------------------------------------------- */

struct ranking_stems *ranking_stems_new(const struct archive *archive)
{
    struct ranking_stems *s = mem_zeroed(1, sizeof *s);
    const struct matcher nothing = {MATCHER_WORD, text_make("", 0)};
    s->archive = archive;
    s->stopwords = stopwords_of(archive_manifest(archive)->language);
    arena_init(&s->arena);
    s->segment_count = archive_manifest(archive)->segment_count;
    s->words = mem_zeroed(s->segment_count, sizeof *s->words);
    s->slot_count = FIRST_SLOTS;
    s->slots = mem_zeroed(s->slot_count, sizeof *s->slots);
    const uint32_t first = number_of(s, nothing, nothing.text);
    assert(first == RANKING_NO_STEM);
    (void)first;
    return s;
}

void ranking_stems_free(struct ranking_stems *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->segment_count; i++)
        id_map_done(&s->words[i]);
    free(s->words);
    free(s->known);
    free(s->notes);
    free(s->slots);
    arena_done(&s->arena);
    free(s);
}

/* --- from a word to its stem ---------------------------------------------- */

static uint32_t look_up(struct ranking_stems *s, const struct vocabulary *v,
                        uint32_t id)
{
    struct vocabulary_entry entry;
    if (!vocabulary_by_id(v, id, &entry))
        return RANKING_NO_STEM;
    const struct text word = text_make(entry.word, entry.word_len);
    if (stopwords_contains(s->stopwords, word))
        return RANKING_NO_STEM;
    struct matcher m = {MATCHER_STEM, text_make(entry.stem, entry.stem_len)};
    if (entry.stem_len == 0)
        m = (struct matcher){MATCHER_WORD, word};
    return number_of(s, m, word);
}

uint32_t ranking_stems_find(struct ranking_stems *s, size_t segment,
                            uint32_t id)
{
    struct id_map *words = &s->words[segment];
    const struct vocabulary *v = archive_vocabulary(s->archive, segment);
    if (words->id_count == 0)
        id_map_init(words, vocabulary_count(v));
    if (id >= words->id_count)
        return RANKING_NO_STEM;
    uint32_t number = id_map_get(words, id);
    if (number == 0) {
        number = look_up(s, v, id) + 1;
        id_map_put(words, id, number);
    }
    return number - 1;
}

const struct ranking_stem *ranking_stems_at(const struct ranking_stems *s,
                                            uint32_t number)
{
    assert(number < s->known_count);
    return &s->known[number].stem;
}

uint64_t *ranking_stems_note(struct ranking_stems *s, uint32_t number)
{
    assert(number < s->known_count);
    return &s->notes[number];
}

uint32_t ranking_stems_next_note(struct ranking_stems *s)
{
    return ++s->last_note;
}
