#include "searcher/expansion.h"

#include <stdlib.h>
#include <string.h>

#include "common/engine/index.h"
#include "common/mem.h"
#include "common/strbuf.h"
#include "searcher/letters.h"

/* --- matching ------------------------------------------------------------- */

/* Goes back only to the last *, so the time is at most the product of the
 * lengths. */
static bool matches_pattern(struct text pattern, struct text word)
{
    size_t p = 0, w = 0, star = SIZE_MAX, resume = 0;
    while (w < word.len) {
        if (p < pattern.len && pattern.ptr[p] == '*') {
            star = p++;
            resume = w;
        } else if (p < pattern.len && pattern.ptr[p] == '?') {
            w += letters_length(word, w);
            p++;
        } else if (p < pattern.len && pattern.ptr[p] == word.ptr[w]) {
            w++;
            p++;
        } else if (star != SIZE_MAX) {
            p = star + 1;
            resume += letters_length(word, resume);
            w = resume;
        } else {
            return false;
        }
    }
    while (p < pattern.len && pattern.ptr[p] == '*')
        p++;
    return p == pattern.len;
}

/* --- collecting ----------------------------------------------------------- */

struct collector {
    struct arena *arena;
    struct text pattern;   /* of a wildcard */
    struct letters wanted; /* of a fuzzy word */
    size_t distance;
    bool fuzzy;
    size_t prefix_len; /* of the terms that names are in */
    struct text *words;
    size_t count, capacity;
};

static bool is_taken(const struct collector *c, struct text word)
{
    if (!c->fuzzy)
        return matches_pattern(c->pattern, word);
    struct letters have;
    letters_read(&have, word);
    return letters_distance(&c->wanted, &have, c->distance, LETTERS_SINGLE) <=
           c->distance;
}

static void collect(struct collector *c, struct text word)
{
    if (!is_taken(c, word))
        return;
    MEM_GROW(c->words, c->count, c->capacity);
    c->words[c->count++] = arena_text(c->arena, word);
}

static bool collect_entry(void *context, const struct vocabulary_entry *entry)
{
    collect(context, text_make(entry->word, entry->word_len));
    return true;
}

static bool collect_term(void *context, struct text term, uint32_t frequency)
{
    struct collector *c = context;
    (void)frequency;
    collect(c, text_slice(term, c->prefix_len, term.len));
    return true;
}

static int compare(const void *a, const void *b)
{
    return text_compare(*(const struct text *)a, *(const struct text *)b);
}

/* A word is in many segments, and may be in one with two stems. */
static void unite(struct collector *c)
{
    size_t kept = 0;
    if (c->count == 0)
        return;
    qsort(c->words, c->count, sizeof *c->words, compare);
    for (size_t i = 1; i < c->count; i++)
        if (!text_equal(c->words[kept], c->words[i]))
            c->words[++kept] = c->words[i];
    c->count = kept + 1;
}

/* The names' words are in the index only. */
static enum status collect_names(struct collector *c,
                                 const struct expansion_source *source,
                                 struct text begin, struct error *err)
{
    AUTO_DONE(strbuf) prefix = STRBUF_INIT(ENGINE_TERM_MAX);
    struct engine_index *index = archive_index(source->archive);
    enum status status = STATUS_OK;
    strbuf_append_string(&prefix, fields[source->field].prefix);
    c->prefix_len = prefix.len;
    strbuf_append(&prefix, begin);
    for (size_t i = 0; i < engine_index_segments(index) && !status; i++)
        status =
            engine_terms(index, i, strbuf_text(&prefix), collect_term, c, err);
    return status;
}

static enum status collect_all(struct collector *c,
                               const struct expansion_source *source,
                               struct text begin, struct error *err)
{
    if (source->field != FIELD_ANY && source->field != FIELD_TITLE)
        return collect_names(c, source, begin, err);
    size_t segments = archive_manifest(source->archive)->segment_count;
    for (size_t i = 0; i < segments; i++)
        vocabulary_prefix(archive_vocabulary(source->archive, i), begin,
                          collect_entry, c);
    return STATUS_OK;
}

static enum status expand(struct expansion *out, struct collector *c,
                          const struct expansion_source *source,
                          struct text begin, struct error *err)
{
    c->arena = source->arena;
    enum status status = collect_all(c, source, begin, err);
    unite(c);
    if (status == STATUS_OK && c->count > EXPANSION_MAX)
        status = error_set(err, STATUS_QUERY,
                           "stands for %zu words of this archive; at most %d "
                           "are allowed",
                           c->count, EXPANSION_MAX);
    if (status == STATUS_OK) {
        struct text *words = arena_zeroed(c->arena, c->count, sizeof *words);
        if (c->count > 0)
            memcpy(words, c->words, c->count * sizeof *words);
        *out = (struct expansion){words, c->count};
    }
    free(c->words);
    return status;
}

enum status expansion_wildcard(struct expansion *out,
                               const struct expansion_source *source,
                               struct text pattern, struct error *err)
{
    struct collector c = {.pattern = pattern};
    size_t literal = 0;
    while (literal < pattern.len && pattern.ptr[literal] != '*' &&
           pattern.ptr[literal] != '?')
        literal++;
    return expand(out, &c, source, text_slice(pattern, 0, literal), err);
}

enum status expansion_fuzzy(struct expansion *out,
                            const struct expansion_source *source,
                            const struct expansion_variants *variants,
                            struct error *err)
{
    struct collector c = {.distance = variants->distance, .fuzzy = true};
    letters_read(&c.wanted, variants->word);
    return expand(out, &c, source, text_make("", 0), err);
}
