/* The words of an archive that a pattern stands for: sanction*, wom?n,
 * organi*ation, or the variants of a word within an edit distance.
 *
 * Never cut in silence: more words than EXPANSION_MAX are an error that names
 * their number. */
#ifndef SEARCHER_EXPANSION_H
#define SEARCHER_EXPANSION_H

#include <stddef.h>
#include <stdint.h>

#include "common/archive.h"
#include "common/arena.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/fields.h"
#include "common/text.h"

enum { EXPANSION_MAX = 1000 };

struct expansion {
    const struct text *words; /* folded, in byte order, each once */
    size_t count;
};

/* Where words are taken from: title and body, or the names of a field. */
struct expansion_source {
    struct archive *archive;
    enum field field;
    struct arena *arena; /* of the words */
};

/* `pattern` is folded; * stands for any letters, also none, ? for one.
 * STATUS_QUERY if there are too many words. */
enum status expansion_wildcard(struct expansion *out,
                               const struct expansion_source *source,
                               struct text pattern, struct error *err)
    NODISCARD;

/* Words that become `word` by at most `distance` insertions, deletions or
 * exchanges of a letter (Levenshtein 1966), counted in characters. */
struct expansion_variants {
    struct text word; /* folded */
    uint32_t distance;
};
enum status expansion_fuzzy(struct expansion *out,
                            const struct expansion_source *source,
                            const struct expansion_variants *variants,
                            struct error *err) NODISCARD;

#endif
