/* Key words in context: every occurrence of what was searched for, with what
 * stands before and behind it, as one line that can be aligned on the match.
 *
 *     struct kwic k = {.text = body, .marks = marks, .mark_count = count,
 *                      .columns_before = 36, .columns_from = 40};
 *     while (kwic_next(&k, &line, &arena))
 *         pad to the match, then line.before, line.match, line.after
 *
 * An occurrence is a mark with those that overlap it and those that go on with
 * it, so that a phrase is one. Lengths are columns of a terminal. */
#ifndef SEARCHER_KWIC_H
#define SEARCHER_KWIC_H

#include <stdbool.h>
#include <stddef.h>

#include "common/arena.h"
#include "common/text.h"
#include "searcher/passage.h"
#include "searcher/snippet.h"

struct kwic {
    struct text text;
    const struct mark *marks; /* by offset */
    size_t mark_count;
    size_t columns_before; /* at most so many before a match */
    size_t columns_from;   /* of it and what is behind it together */
    size_t next;           /* mark; 0 at first */
};

/* Each is clean: fit for a terminal, white space collapsed. The three follow
 * each other without anything between. */
struct kwic_line {
    struct text before, match, after;
    struct range source;   /* the match, in the text */
    size_t columns_before; /* that `before` takes */
};

/* False behind the last. A line is allocated in `arena`, which may be reset
 * before the next. */
bool kwic_next(struct kwic *k, struct kwic_line *out, struct arena *arena);

#endif
