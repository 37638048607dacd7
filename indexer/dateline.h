/* What agencies put around the text of an article: where it was written, and
 * who wrote it ("MOSCOW, Feb 7 (Reuters) - ", "Berlin (dpa) – ", "(ANSA) -
 * ROMA, 7 FEB - "), and their name or code in a line at its end. Only with the
 * name of a known agency: a dash after a word in capitals is in many texts. */
#ifndef INDEXER_DATELINE_H
#define INDEXER_DATELINE_H

#include <stdbool.h>

#include "common/arena.h"
#include "common/article.h"
#include "common/text.h"

struct dateline {
    struct text place;  /* "MOSCOW"; empty if none is said */
    struct text date;   /* "Feb 7"; the same */
    struct text agency; /* as it is called: "Reuters" */
    struct text body;   /* without what was around it */
};

/* All borrowed from `body`, but the agency. False if there is nothing. */
bool dateline_find(struct text body, struct dateline *out);

/* Makes tags of it, "place:MOSCOW" and "agency:Reuters", and dates the article
 * if it says a year. */
void dateline_take(struct article *a, timestamp newest, struct arena *arena);

#endif
