#include "common/lexicon.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "common/arena.h"
#include "common/character.h"
#include "common/engine/stem.h"
#include "common/fold.h"
#include "common/mem.h"
#include "common/stage.h"
#include "common/strbuf.h"
#include "common/utf8.h"

enum { FIRST_BUCKETS = 1024, FOLDED_MAX = 1 << 14 };

struct entry {
    struct lexeme lexeme;
    struct entry *next; /* in its bucket */
    uint64_t hash;      /* of its word */
};

/* Bytes of the tables that a form takes, and an entry; they are between a third
 * and two thirds full. */
#define TABLES_PER_FORM  (2 * sizeof(struct form_slot))
#define TABLES_PER_ENTRY (4 * sizeof(struct entry *))

struct lexicon {
    struct form_table forms;
    struct entry **buckets; /* entries by word */
    size_t bucket_count;
    struct entry **numbered;
    uint32_t count, capacity; /* of these */

    struct arena arena; /* entries, forms */
    struct engine_stemmer *stemmer;
    struct strbuf normal, word, stem, alt_stem;
};

/* What is kept of a form that does not fit in a slot. */
static size_t long_size(const struct word_form *form)
{
    if (form->len <= FORM_SHORT)
        return 0;
    return sizeof(struct long_form) + (form->len + 7) / 8 * 8;
}

static struct form_slot make_slot(struct lexicon *l, struct entry *entry,
                                  uint64_t head, const struct word_form *form)
{
    struct form_slot slot = {.head = head, .value = entry};
    if (form->len > FORM_SHORT) {
        size_t size = long_size(form);
        struct long_form *copy = arena_alloc(&l->arena, size);
        copy->value = entry;
        copy->len = form->len;
        memcpy(copy->bytes, form->bytes, size - sizeof *copy);
        slot.value = copy;
    }
    return slot;
}

/* --- from a form to its lexeme's texts ----------------------------------- */

static bool is_word_character(enum character c, bool first)
{
    return character_begins_word(c) ||
           (!first && (c == CHARACTER_MARK || c == CHARACTER_APOSTROPHE ||
                       c == CHARACTER_AMPERSAND || c == CHARACTER_DOT));
}

/* NFKC may write one letter as several, white space among them. */
static void drop_separators(struct strbuf *word)
{
    size_t kept = 0, length;
    for (size_t at = 0; at < word->len; at += length) {
        enum character c = character_at(strbuf_text(word), at, &length);
        if (!is_word_character(c, kept == 0))
            continue;
        memmove(word->ptr + kept, word->ptr + at, length);
        kept += length;
    }
    strbuf_truncate(word, kept);
}

static void cut(struct strbuf *word)
{
    strbuf_truncate(word, utf8_cut(strbuf_text(word), ANALYZER_WORD_MAX).len);
}

static void stem_folded(struct engine_stemmer *stemmer, struct text word,
                        struct strbuf *out)
{
    fold_diacritics(engine_stem(stemmer, word), out);
    cut(out);
}

/* Numbers and what begins with one have no inflected forms. */
static bool has_stem(struct text normal)
{
    size_t length;
    return character_at(normal, 0, &length) != CHARACTER_DIGIT;
}

/* Fills the four buffers. */
static void analyze_form(struct lexicon *l, struct text form)
{
    fold_normalize(form, &l->normal);
    drop_separators(&l->normal);
    cut(&l->normal);
    if (l->normal.len == 0)
        strbuf_append(&l->normal, form); /* a few Arabic ligatures of marks */
    struct text normal = strbuf_text(&l->normal);
    fold_diacritics(normal, &l->word);
    cut(&l->word);
    struct text word = strbuf_text(&l->word);
    assert(word.len > 0);
    strbuf_reset(&l->stem);
    strbuf_reset(&l->alt_stem);
    if (!l->stemmer || !has_stem(normal))
        return;
    stem_folded(l->stemmer, normal, &l->stem);
    if (text_equal(word, normal))
        return;
    stem_folded(l->stemmer, word, &l->alt_stem);
    if (text_equal(strbuf_text(&l->alt_stem), strbuf_text(&l->stem)))
        strbuf_reset(&l->alt_stem);
}

/* --- entries ------------------------------------------------------------ */

/* Within `word` if it begins so; else copied to *room, which moves on. */
static struct text place_stem(struct text word, struct text stem, char **room)
{
    if (text_starts_with(word, stem))
        return text_slice(word, 0, stem.len);
    char *copy = *room;
    memcpy(copy, stem.ptr, stem.len);
    *room += stem.len;
    return text_make(copy, stem.len);
}

static struct entry *make_entry(struct lexicon *l)
{
    struct text word = strbuf_text(&l->word);
    struct text stem = strbuf_text(&l->stem);
    struct text alt_stem = strbuf_text(&l->alt_stem);
    size_t size = sizeof(struct entry) + word.len;
    if (!text_starts_with(word, stem))
        size += stem.len;
    if (!text_starts_with(word, alt_stem))
        size += alt_stem.len;
    struct entry *entry = arena_zeroed(&l->arena, 1, size);
    char *room = (char *)(entry + 1);
    memcpy(room, word.ptr, word.len);
    entry->lexeme.word = text_make(room, word.len);
    room += word.len;
    entry->lexeme.stem = place_stem(entry->lexeme.word, stem, &room);
    entry->lexeme.alt_stem = place_stem(entry->lexeme.word, alt_stem, &room);
    return entry;
}

static uint64_t hash_text(struct text t)
{
    uint64_t hash = t.len;
    for (size_t i = 0; i < t.len; i++)
        hash = form_mix(hash ^ (unsigned char)t.ptr[i]);
    return hash ^ hash >> 32;
}

static void push_entry(struct lexicon *l, struct entry *entry)
{
    struct entry **bucket = &l->buckets[entry->hash & (l->bucket_count - 1)];
    entry->next = *bucket;
    *bucket = entry;
}

static void double_buckets(struct lexicon *l)
{
    struct entry **old = l->buckets;
    size_t count = l->bucket_count;
    l->bucket_count *= 2;
    l->buckets = mem_zeroed(l->bucket_count, sizeof *l->buckets);
    for (size_t i = 0; i < count; i++)
        for (struct entry *e = old[i], *next; e; e = next) {
            next = e->next;
            push_entry(l, e);
        }
    free(old);
}

/* That of the word and stem in the buffers. */
static struct entry *find_or_add_entry(struct lexicon *l)
{
    struct text word = strbuf_text(&l->word), stem = strbuf_text(&l->stem);
    uint64_t hash = hash_text(word);
    struct entry *e = l->buckets[hash & (l->bucket_count - 1)];
    for (; e; e = e->next)
        if (e->hash == hash && text_equal(e->lexeme.word, word) &&
            text_equal(e->lexeme.stem, stem))
            return e;
    if (l->count == l->bucket_count)
        double_buckets(l);
    e = make_entry(l);
    e->hash = hash;
    e->lexeme.number = l->count;
    push_entry(l, e);
    MEM_GROW(l->numbered, l->count, l->capacity);
    l->numbered[l->count++] = e;
    return e;
}

/* --- the interface ------------------------------------------------------ */

static void start(struct lexicon *l)
{
    form_table_init(&l->forms);
    l->bucket_count = FIRST_BUCKETS;
    l->buckets = mem_zeroed(l->bucket_count, sizeof *l->buckets);
    l->count = 0;
}

struct lexicon *lexicon_new(struct engine_stemmer *stemmer)
{
    struct lexicon *l = mem_zeroed(1, sizeof *l);
    l->stemmer = stemmer;
    arena_init(&l->arena);
    strbuf_init(&l->normal, FOLDED_MAX);
    strbuf_init(&l->word, FOLDED_MAX);
    strbuf_init(&l->stem, FOLDED_MAX);
    strbuf_init(&l->alt_stem, FOLDED_MAX);
    start(l);
    return l;
}

void lexicon_free(struct lexicon *l)
{
    if (!l)
        return;
    form_table_done(&l->forms);
    free(l->buckets);
    free(l->numbered);
    arena_done(&l->arena);
    strbuf_done(&l->normal);
    strbuf_done(&l->word);
    strbuf_done(&l->stem);
    strbuf_done(&l->alt_stem);
    free(l);
}

static struct entry *add_form(struct lexicon *l, const struct word_form *form,
                              uint64_t head)
{
    const enum stage outer = stage_begin(STAGE_STEM);
    analyze_form(l, text_make(form->bytes, form->len));
    struct entry *entry = find_or_add_entry(l);
    form_table_add(&l->forms, make_slot(l, entry, head, form));
    stage_end(outer);
    return entry;
}

uint64_t lexicon_prefetch(const struct lexicon *l, const struct word_form *form)
{
    const uint64_t head = form_head(form);
    form_table_prefetch(&l->forms, head);
    return head;
}

struct lexeme *lexicon_look_up(struct lexicon *l, const struct word_form *form,
                               uint64_t head)
{
    struct entry *entry =
        form_slot_value(form_table_find(&l->forms, head, form), form);
    if (!entry)
        entry = add_form(l, form, head);
    return &entry->lexeme;
}

struct lexeme *lexicon_intern(struct lexicon *l, const struct word_form *form)
{
    const enum stage outer = stage_begin(STAGE_LOOKUP);
    struct lexeme *lexeme = lexicon_look_up(l, form, form_head(form));
    stage_end(outer);
    return lexeme;
}

uint32_t lexicon_count(const struct lexicon *l)
{
    return l->count;
}

const struct lexeme *lexicon_at(const struct lexicon *l, uint32_t number)
{
    assert(number < l->count);
    return &l->numbered[number]->lexeme;
}

size_t lexicon_memory(const struct lexicon *l)
{
    return l->arena.used + l->forms.count * TABLES_PER_FORM +
           l->count * TABLES_PER_ENTRY;
}

void lexicon_forget(struct lexicon *l)
{
    form_table_done(&l->forms);
    free(l->buckets);
    arena_reset(&l->arena);
    start(l);
}
