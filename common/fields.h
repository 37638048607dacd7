/* The fields of an article: what a query calls them, the prefix of their terms
 * (Omega's conventions, so that other Xapian tools understand an archive), and
 * the value slots. docs/archive-format.md has the same table for people. */
#ifndef COMMON_FIELDS_H
#define COMMON_FIELDS_H

#include <stdbool.h>

#include "common/text.h"

enum field {
    FIELD_ANY, /* title and body: no prefix */
    FIELD_TITLE,
    FIELD_AUTHOR,
    FIELD_SOURCE,
    FIELD_SECTION,
    FIELD_LANGUAGE,
    FIELD_TAG,
    FIELD_ID,
    FIELD_URL,
    FIELD_COUNT
};

enum field_kind {
    FIELD_WORDS, /* analysed: a prefixed term a word */
    FIELD_EXACT  /* the whole value is one boolean term */
};

struct field_info {
    const char *name;        /* as typed before ':'; NULL for FIELD_ANY */
    const char *prefix;      /* of a word's term, or of the exact term */
    const char *stem_prefix; /* of a stem's term; NULL where not stemmed */
    enum field_kind kind;
    const char *help; /* half a line for the manual and for messages */
};

extern const struct field_info fields[FIELD_COUNT];

/* FIELD_COUNT when no field is called so. */
enum field field_by_name(struct text name);

/* Value slots. Numbers are sortable_serialise()d unless said otherwise. */
enum slot {
    SLOT_PUBLISHED = 0,    /* seconds; absent for undated articles */
    SLOT_WORDS = 1,        /* words of the body */
    SLOT_SOURCE = 2,       /* text */
    SLOT_SECTION = 3,      /* text */
    SLOT_DIGEST = 4,       /* of the content, 8 bytes */
    SLOT_SEQUENCE = 5,     /* struct ingest */
    SLOT_FIRST_SEEN = 6,   /* seconds */
    SLOT_LAST_CHANGED = 7, /* seconds; absent means when first seen */
    SLOT_VERSIONS = 8,     /* absent means 1 */
    SLOT_COUNT
};

#define PREFIX_STEM  "Z"
#define PREFIX_CAPS  "XCAPS"
#define PREFIX_DAY   "D" /* yyyymmdd */
#define PREFIX_MONTH "M" /* yyyymm */
#define PREFIX_YEAR  "Y" /* yyyy */
#define TERM_UNDATED PREFIX_DAY "unknown"

#endif
