/* The word that somebody who typed another most probably meant: of those in the
 * archive, by how often they occur and by how likely the slip is (the noisy
 * channel of Kernighan, Church and Gale 1990). */
#ifndef SEARCHER_SPELLING_H
#define SEARCHER_SPELLING_H

#include <stdint.h>

#include "common/archive.h"
#include "common/arena.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/fields.h"
#include "common/text.h"

enum {
    SPELLING_LETTERS_MIN = 3,  /* of what was typed */
    SPELLING_TWO_SLIPS_MIN = 5 /* from here on two slips are thought of */
};

struct spelling_request {
    struct archive *archive;
    enum field field;  /* title and body, or a name's */
    struct text word;  /* folded */
    uint32_t articles; /* that have it; 0 for none */
    struct arena *arena;
};

struct spelling {
    struct text word;  /* empty if there is none that is more probable */
    uint64_t articles; /* that have it, without deleted ones */
};

enum status spelling_best(struct spelling *out,
                          const struct spelling_request *request,
                          struct error *err) NODISCARD;

#endif
