/* The stem of each word of an archive's token streams, numbered over all
 * segments, so that articles of different segments can be compared by numbers.
 * Looked up in the vocabularies when first asked for and kept: a resident
 * searcher soon knows most of them.
 * Stop words have none: they say nothing of what an article is about.
 *
 * Life cycle: ranking_stems_new() of an archive that outlives it, questions,
 * ranking_stems_free(). */
#ifndef SEARCHER_RANKING_STEMS_H
#define SEARCHER_RANKING_STEMS_H

#include <stddef.h>
#include <stdint.h>

#include "common/archive.h"
#include "common/cleanup.h"
#include "common/text.h"
#include "searcher/condition.h"

/* A number like the others. */
enum { RANKING_NO_STEM = 0 };

struct ranking_stem {
    struct matcher matcher; /* a stem; or the word, if that has none */
    struct text form;       /* a word of that stem */
};

struct ranking_stems;

struct ranking_stems *ranking_stems_new(const struct archive *archive);
void ranking_stems_free(struct ranking_stems *s);
DEFINE_AUTO(ranking_stems);

/* The number of a word's stem; RANKING_NO_STEM for a stop word, and if the id
 * is damaged. */
uint32_t ranking_stems_find(struct ranking_stems *s, size_t segment,
                            uint32_t id);

/* What has that number; its texts stay until ranking_stems_free(). */
const struct ranking_stem *ranking_stems_at(const struct ranking_stems *s,
                                            uint32_t number);

/* A place for the caller's own note on a stem, which stays from question to
 * question; at first 0. Valid until the next ranking_stems_find(). */
uint64_t *ranking_stems_note(struct ranking_stems *s, uint32_t number);

/* A number that no note has been made under yet. */
uint32_t ranking_stems_next_note(struct ranking_stems *s);

#endif
