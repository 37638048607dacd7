/* The passages of a text that show best why it was found.
 *
 * A window over the marks is as long as a passage may be. The best one has the
 * heaviest sum of different words (groups), each counted once; among equals the
 * one whose words are more and closer together; among equals the first. Where
 * one window cannot hold a mark of every group, two of half the length may hold
 * more. A passage starts at a sentence if one begins shortly before its marks,
 * else at a word; so it ends.
 *
 * Everything is counted in characters, not bytes, so that a snippet in Cyrillic
 * is as long as one in English. Linear in the text and in the marks. */
#ifndef SEARCHER_SNIPPET_H
#define SEARCHER_SNIPPET_H

#include <stdbool.h>
#include <stddef.h>

#include "common/arena.h"
#include "common/text.h"
#include "searcher/passage.h"

enum { SNIPPET_CHARACTERS = 220, SNIPPET_PASSAGES = 2, SNIPPET_GROUPS = 64 };

/* Words matched together that are next to each other, such as those of a
 * phrase, are marks of their own: all but the first continue. */
enum mark_place { MARK_STARTS, MARK_CONTINUES };

/* A match in the text. */
struct mark {
    size_t offset, length; /* in bytes */
    unsigned group;        /* which word of the query; from SNIPPET_GROUPS - 1
                              on they count as one */
    double weight;         /* of its group: such as its idf; >= 0 */
    enum mark_place place;
};

/* A passage, ready to be shown: one line, white space collapsed. */
struct snippet {
    struct text text;
    const struct range *marks; /* into `text`: ascending, not overlapping */
    size_t mark_count;
    struct range source;        /* what it was made from */
    bool cut_before, cut_after; /* within a sentence */
};

struct snippet_request {
    struct text text;
    const struct mark *marks; /* by offset; none: the beginning is taken */
    size_t mark_count;
    size_t characters; /* of all passages together, at most */
    size_t passages;   /* 1 or 2 */
};

/* Fills `out` in the order of the text and returns how many there are: 0 only
 * for a text without anything but white space. What they hold is allocated in
 * `arena`; the text may go. */
size_t snippet_choose(struct snippet out[SNIPPET_PASSAGES],
                      const struct snippet_request *request,
                      struct arena *arena);

/* The whole of a short text, such as a title, in the same form. */
struct snippet snippet_whole(struct text text, const struct mark *marks,
                             size_t mark_count, struct arena *arena);

#endif
