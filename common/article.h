/* The record that everything passes: readers make it, the analyzer and the
 * segment writer consume it, the archive stores it, outputs print it. */
#ifndef COMMON_ARTICLE_H
#define COMMON_ARTICLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/text.h"
#include "common/timestamp.h"

/* Where an article came from: for messages and for finding it again. */
struct origin {
    struct text path; /* as canonical as the reader knows; "-" for stdin */
    uint64_t offset;  /* of its first byte in the uncompressed input; in a file
                         of gzip members, of the member that begins with it */
    uint64_t line;    /* counted from 1; 0 where the format has no lines */
    uint64_t length;  /* of its bytes in the uncompressed input; 0: not known */
    uint32_t digest;  /* of them: original_measure() */
    struct text member; /* of the container that `path` is, and of those in it:
                           "b.zip/c.json"; empty where it is none */
};

/* How the time of an article is known, best first. The last two are no times of
 * publication. */
enum dating {
    DATING_EXPLICIT, /* it is said to be that of publication */
    DATING_METADATA, /* said of the article, but not what of it */
    DATING_URL,      /* in its address */
    DATING_TEXT,     /* in its text */
    DATING_FILE,     /* when its file was last changed */
    DATING_CRAWL,    /* when it was fetched */
    DATING_COUNT
};

/* All text is borrowed, valid UTF-8 without NUL bytes, and empty where it is
 * not known. Readers allocate it in the caller's arena. */
struct article {
    struct text id; /* never empty once it has left its reader's pipeline */
    struct text url, title, source, section, language, body;
    const struct text *authors;
    size_t author_count;
    const struct text *tags;
    size_t tag_count;
    timestamp published; /* TIMESTAMP_UNKNOWN if undated */
    timestamp seen;      /* of an undated one whose dating is of a file or
                            crawl: it was there by then */
    enum dating dating;
    bool zone_unknown; /* `published` is as printed, without a zone */
    struct origin origin;
};

/* What the archive itself knows of an article. */
struct ingest {
    uint64_t sequence; /* input order over the archive's whole life, from 1 */
    timestamp first_seen, last_changed;
    uint32_t versions; /* 1 for an article that was never updated */
};

#endif
