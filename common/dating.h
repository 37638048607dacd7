/* Which times of an article are believed. A later year than one may be read in,
 * or a year before 1600, is a mistake; when a file was changed or a page
 * fetched says nothing of publication, only that the article was there. */
#ifndef COMMON_DATING_H
#define COMMON_DATING_H

#include "common/article.h"
#include "common/compiler.h"

/* "explicit", "metadata", "url", "text", "file", "crawl" */
const char *dating_name(enum dating dating);

/* DATING_COUNT if there is none called so. */
enum dating dating_by_name(struct text name);

/* False for DATING_FILE and DATING_CRAWL. */
bool dating_is_publication(enum dating dating);

/* Of an article without a time of publication, whether `seen` is known. */
bool dating_has_seen(const struct article *a);

enum dating_verdict {
    DATING_TAKEN,
    DATING_NOT_NEEDED, /* a better one is known, or nothing is written */
    DATING_NO_DATE,    /* not understood, or not in the calendar */
    DATING_TOO_LATE    /* after `newest` */
};

/* Dates `a` by what is written, unless it is dated as well as that already.
 * Every reader's dates go through here or dating_see(). */
enum dating_verdict dating_read(struct article *a, struct text written,
                                enum dating dating, timestamp newest);

/* The same for DATING_FILE and DATING_CRAWL; the unknown moment is passed
 * over. */
void dating_see(struct article *a, timestamp moment, enum dating dating,
                timestamp newest);

#endif
