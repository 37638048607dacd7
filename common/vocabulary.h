/* The words of a segment: each once, sorted by bytes, with its id in the token
 * stream and its stem; read through mmap. The format is described at the top
 * of vocabulary.c.
 *
 * Entries are numbered from 0 in byte order of their words (then of their
 * stems: a word that was written with and without an accent may stand twice,
 * with two stems). Ids are dense from 0, by first occurrence in the segment. */
#ifndef COMMON_VOCABULARY_H
#define COMMON_VOCABULARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/text.h"
#include "common/text_change.h"

enum { VOCABULARY_TEXT_MAX = TEXT_CHANGE_MAX }; /* bytes of a word, a stem */

struct vocabulary;

/* STATUS_STALE if the file is missing, STATUS_CORRUPT if its header or size is
 * wrong. */
enum status vocabulary_open(struct vocabulary **out, const char *path,
                            struct error *err) NODISCARD;
void vocabulary_free(struct vocabulary *v);
DEFINE_AUTO(vocabulary);

uint32_t vocabulary_count(const struct vocabulary *v);

/* An entry's texts are copied into the struct, because words are stored as
 * what they add to the one before. alt_stem as in struct lexeme. */
struct vocabulary_entry {
    uint32_t id;
    size_t word_len, stem_len, alt_stem_len;
    char word[VOCABULARY_TEXT_MAX], stem[VOCABULARY_TEXT_MAX],
        alt_stem[VOCABULARY_TEXT_MAX];
};

/* False if `entry` is out of range or the file is damaged there. */
bool vocabulary_entry(const struct vocabulary *v, uint32_t entry,
                      struct vocabulary_entry *out) NODISCARD;

/* The entry whose id it is. */
bool vocabulary_by_id(const struct vocabulary *v, uint32_t id,
                      struct vocabulary_entry *out) NODISCARD;

/* Calls back for every entry, in byte order, whose word is `word`, whose stem
 * or alt_stem is `stem`, or whose word begins with `prefix`; stops when the
 * callback returns false. */
typedef bool vocabulary_fn(void *context, const struct vocabulary_entry *entry);
void vocabulary_word(const struct vocabulary *v, struct text word,
                     vocabulary_fn *on_entry, void *context);
void vocabulary_stem(const struct vocabulary *v, struct text stem,
                     vocabulary_fn *on_entry, void *context);
void vocabulary_prefix(const struct vocabulary *v, struct text prefix,
                       vocabulary_fn *on_entry, void *context);

/* --- the format, for indexer/segment/vocabulary_writer.c ---------------- */

#define VOCABULARY_HEADER "morgue vocab 1\n\n"
enum {
    VOCABULARY_HEADER_SIZE = 16,
    VOCABULARY_TRAILER_SIZE = 16,
    VOCABULARY_BLOCK = 16, /* entries */
    VOCABULARY_OFFSET_SIZE = 5
};

/* What an entry says of its stems. */
enum vocabulary_stems {
    VOCABULARY_STEM_SAME, /* the stem is the word; no alt_stem */
    VOCABULARY_STEM_NONE, /* neither */
    VOCABULARY_STEM_ONE,  /* the stem follows; no alt_stem */
    VOCABULARY_STEM_TWO   /* stem and alt_stem follow */
};

#endif
