/* Text that was UTF-8 once and was then read as Windows-1252 or Latin-1,
 * perhaps twice: "itâ€™s", "cafÃ©". It is mended run by run, a run being the
 * characters beyond ASCII that stand together, and only where all of it goes
 * back: it must be made of that charset's characters, their bytes must be valid
 * UTF-8, and what comes out must be what stands in texts. What people do write,
 * such as "Spaß“" or "IRMû", is not clear by itself and is mended only
 * beside what is. */
#ifndef INDEXER_MOJIBAKE_H
#define INDEXER_MOJIBAKE_H

#include <stdbool.h>

#include "common/arena.h"
#include "common/article.h"
#include "common/text.h"

/* What is clear in a text; a set. */
enum mojibake {
    MOJIBAKE_NONE = 0,
    MOJIBAKE_LATIN = 1, /* typography, letters with diacritics, emoji */
    MOJIBAKE_OTHER = 2  /* letters of other scripts */
};

unsigned mojibake_look(struct text t);

/* Mends `*t`, valid UTF-8, in `arena`, where it is clear or `evidence`, what is
 * clear in the same article, makes it so. False if it was left alone. */
bool mojibake_mend(struct text *t, unsigned evidence, struct arena *arena);

/* The texts of an article; its body then has no C1 characters any more, which
 * cleaning_copy() left for this. */
bool mojibake_mend_article(struct article *a, struct arena *arena);

#endif
